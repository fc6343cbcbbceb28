/**
 * A call repeated under the same key gives the first answer again: a double click, a dropped link, a retried program.
 * Keys live for a day.
 */
import { createHmac } from 'node:crypto'
import { type Db, NoConnectionInTime } from '../db/index.ts'
import { AlreadyRunning, KeyReused } from '../errors/index.ts'
import { sessionCookie } from './cookies.ts'
import { claimKey, findKey, type KeptReply, keepReply, releaseKey } from './http.queries.ts'

type Call = { owner: string; key: string; method: string; path: string; body: string; secretKey: string }

/** @throws KeyReused 422 when the key came with another body before; AlreadyRunning 409 when its first use goes on */
export async function once(db: Db, call: Call, run: () => Promise<Response>): Promise<Response> {
  // A keyed hash: a body may hold a password, which a plain one would let be guessed from a stolen copy of the table.
  const fingerprint = createHmac('sha256', call.secretKey)
    .update(`${call.method} ${call.path}\n${call.body}`)
    .digest('hex')
  for (let look = 0; look < 50; look += 1) {
    if (await claimKey(db, call.owner, call.key, fingerprint)) return firstTime(db, call, run)
    const row = await findKey(db, call.owner, call.key)
    if (row && row.fingerprint !== fingerprint) throw new KeyReused()
    if (row?.status) return replay({ status: row.status, headers: row.headers ?? {}, body: row.body ?? '' })
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new AlreadyRunning()
}

async function firstTime(db: Db, call: Call, run: () => Promise<Response>): Promise<Response> {
  let response: Response
  try {
    response = await run()
  } catch (error) {
    // Nothing was done: the same key may try again.
    await unlessNoConnection(releaseKey(db, call.owner, call.key))
    throw error
  }
  if (isWorthKeeping(response)) await unlessNoConnection(keepReply(db, call.owner, call.key, await kept(response)))
  else await unlessNoConnection(releaseKey(db, call.owner, call.key))
  return response
}

/** What was done or refused is answered as it was. Its key stays claimed, and is free again within a minute. */
async function unlessNoConnection(noting: Promise<unknown>): Promise<void> {
  try {
    await noting
  } catch (error) {
    if (!(error instanceof NoConnectionInTime)) throw error
  }
}

/** A longer answer is that of a call that changes nothing when it is made again: values in bulk. */
const longestKept = 1_048_576

/** What was refused has done nothing, and what gives a session can be done again: its cookie is no one's to keep. */
const isWorthKeeping = (response: Response): boolean =>
  response.status < 400 &&
  Number(response.headers.get('content-length') ?? 0) <= longestKept &&
  !response.headers.getSetCookie().some((cookie) => cookie.includes(sessionCookie))

async function kept(response: Response): Promise<KeptReply> {
  // What is shown once is not kept: who sends the call again is led to where the rest of it stands.
  const elsewhere = response.headers.get('content-location')
  if (elsewhere) return { status: 303, headers: { location: elsewhere }, body: '' }
  const names = ['content-type', 'location']
  const headers = Object.fromEntries(
    names.flatMap((name) => (response.headers.has(name) ? [[name, response.headers.get(name) ?? '']] : [])),
  )
  return { status: response.status, headers, body: await response.clone().text() }
}

const replay = ({ status, headers, body }: KeptReply): Response =>
  new Response(status === 204 ? null : body, { status, headers: { ...headers, 'Idempotent-Replayed': 'true' } })
