/** SMS by a gateway that takes an HTTP call. How the call looks is told by settings, for every provider has its own. */
import { type Transport, Undeliverable } from '../mail/index.ts'

export type HttpGateway = {
  method: 'GET' | 'POST' | 'PUT'
  /** Like the body, with `{number}` (+7XXXXXXXXXX), `{digits}` (7XXXXXXXXXX), `{text}`, `{id}`, `{from}`. */
  url: string
  headers: Record<string, string>
  body: string
  /** Must stand in the answer; empty: its status is enough. */
  success: string
  from: string
}

const longestWait = 15_000
const longestAnswer = 65_536

export function httpGateway(gateway: HttpGateway): Transport {
  const mediaType = Object.entries(gateway.headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  return {
    channels: ['sms'],
    keepsBodies: false,
    close: () => {},
    deliver: async ({ id, recipient, text }) => {
      const values = { id, text, number: recipient, digits: recipient.replace(/\D/g, ''), from: gateway.from }
      const answer = await fetch(filled(gateway.url, values, encodeURIComponent), {
        method: gateway.method,
        headers: gateway.headers,
        ...(gateway.method === 'GET' ? {} : { body: filled(gateway.body, values, escapeOf(mediaType)) }),
        // A gateway that sends us elsewhere is not the one that was named.
        redirect: 'error',
        signal: AbortSignal.timeout(longestWait),
      })
      await check(answer, gateway.success)
    },
  }
}

/** What a gateway answers may repeat the code: only its status is told further. */
async function check(answer: Response, success: string): Promise<void> {
  const text = await beginningOf(answer)
  if (answer.status === 400 || answer.status === 422)
    throw new Undeliverable(`The SMS gateway answered ${answer.status}`)
  if (!answer.ok) throw new Error(`The SMS gateway answered ${answer.status}`)
  if (success !== '' && !text.includes(success))
    throw new Error(`The SMS gateway answered ${answer.status}, but not as SMS_SUCCESS says`)
}

async function beginningOf(answer: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > longestAnswer) break
  }
  return text
}

type Values = Record<'id' | 'text' | 'number' | 'digits' | 'from', string>

/** Braces of JSON around anything else stay as they are. */
const filled = (template: string, values: Values, escaped: (value: string) => string): string =>
  template.replace(/\{(id|text|number|digits|from)\}/g, (_, name: keyof Values) => escaped(values[name]))

/** A text must not be able to leave its place in the body. */
function escapeOf(mediaType: string): (value: string) => string {
  if (mediaType.includes('json')) return (value) => JSON.stringify(value).slice(1, -1)
  if (mediaType.includes('xml')) return (value) => value.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`)
  if (mediaType.includes('x-www-form-urlencoded')) return encodeURIComponent
  return (value) => value
}
