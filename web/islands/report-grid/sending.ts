import type { CellChangesSent, CellsSaved } from '../../../contracts/reporting.ts'
import type { Batch } from './queue.ts'

/** What came of a call: an answer of the server, or none at all. */
export type Reply = { saved: CellsSaved } | { status: number; code: string; title: string; retryAfter: string | null }

export const isSaved = (reply: Reply): reply is { saved: CellsSaved } => 'saved' in reply

const noAnswer: Reply = { status: 0, code: '', title: '', retryAfter: null }
const longestWaitMs = 30_000

/** Sends a batch under its key: however often it arrives, it is saved once. */
export async function sendBatch(address: string, batch: Batch, person: string, keepalive = false): Promise<Reply> {
  const { changes, base, source, reason } = batch
  const body: CellChangesSent = { changes, base, source, reason, person }
  const response = await call('PATCH', address, body, { 'Idempotency-Key': batch.key }, keepalive)
  if (!response) return noAnswer
  // as: the address answers by this contract
  return response.ok ? { saved: (await response.json()) as CellsSaved } : problemOf(response)
}

/** A call of the API, or undefined where no answer came. */
export async function call(
  method: string,
  address: string,
  body?: unknown,
  headers: Record<string, string> = {},
  keepalive = false,
): Promise<Response | undefined> {
  const waiting = new AbortController()
  const limit = setTimeout(() => waiting.abort(), longestWaitMs)
  try {
    return await fetch(address, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
      keepalive,
      signal: waiting.signal,
    })
  } catch {
    return undefined
  } finally {
    clearTimeout(limit)
  }
}

export async function problemOf(response: Response): Promise<Exclude<Reply, { saved: CellsSaved }>> {
  const { code, title }: { code?: string; title?: string } = await response.json().catch(() => ({}))
  const retryAfter = response.headers.get('retry-after')
  return { status: response.status, code: code ?? '', title: title ?? '', retryAfter }
}

export type Answer =
  | { kind: 'again'; afterMs?: number }
  | { kind: 'new-key' }
  | { kind: 'signed-out' }
  | { kind: 'stopped'; text: string }

/** What an unsaved batch is to wait for: the link, the person, or nothing that sending again would change. */
export function answerOf({ status, code, title, retryAfter }: Exclude<Reply, { saved: CellsSaved }>): Answer {
  if (status === 401) return { kind: 'signed-out' }
  if (code === 'key-reused') return { kind: 'new-key' }
  if (status === 409 && !code.startsWith('report.')) return { kind: 'again' }
  if (status === 0 || status >= 500 || status === 408 || status === 425 || status === 429) {
    const seconds = Number(retryAfter)
    return { kind: 'again', afterMs: seconds > 0 ? seconds * 1000 : undefined }
  }
  return { kind: 'stopped', text: title || 'Сервер не принял введённое.' }
}
