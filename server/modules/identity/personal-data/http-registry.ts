/** The registry behind an address: POST of a person as JSON, answered by `{ accepted, reasons }`. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { RegistryCheck } from './registry-check.ts'

export type HttpRegistry = {
  url: string
  /** Holds the bearer token; read for every call, so that it can be changed without a restart. */
  tokenFile: string | undefined
}

const longestWait = 5000
const longestAnswer = 65_536

const Answer = z.object({
  accepted: z.boolean(),
  reasons: z.array(z.string().trim().min(1).max(500)).max(20).default([]),
})

export const httpRegistry = ({ url, tokenFile }: HttpRegistry): RegistryCheck => ({
  check: async (person) => {
    const token = tokenFile ? (await readFile(tokenFile, 'utf8')).trim() : undefined
    const reply = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify(person),
      // A registry that sends us elsewhere is not the one that was named; passports go nowhere else.
      redirect: 'error',
      signal: AbortSignal.timeout(longestWait),
    })
    // What it says besides may repeat the passport: only its status is told further.
    if (!reply.ok) throw new Error(`The registry answered ${reply.status}`)
    const { accepted, reasons } = Answer.parse(JSON.parse(await textOf(reply)))
    return accepted ? { accepted } : { accepted, reasons: reasons.length > 0 ? reasons : [unexplained] }
  },
})

const unexplained = 'Реестр не назвал причину'

async function textOf(reply: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of reply.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > longestAnswer) throw new Error('The registry answered too much')
  }
  return text
}
