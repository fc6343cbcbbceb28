import type { Context as HonoContext } from 'hono'
import { BodyTooLarge, UnreadableBody } from '../errors/index.ts'

/**
 * Reads a body no longer than `largest` bytes, whatever its headers promise.
 * @throws BodyTooLarge 413 before the rest is read
 */
export async function readBody(c: HonoContext, largest: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new BodyTooLarge({ megabytes: Math.round(largest / 104_857.6) / 10 })
  if (Number(c.req.header('content-length') ?? 0) > largest) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.byteLength
    if (size > largest) throw tooLarge()
    chunks.push(chunk)
  }
  const bytes = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}

/** The one sign that PostgreSQL keeps in no text; nobody can type it. @throws UnreadableBody 400 */
export function refuseZeros(values: Record<string, string>): Record<string, string> {
  if (Object.values(values).some((value) => value.includes('\0'))) throw new UnreadableBody()
  return values
}

/** @throws UnreadableBody 400 when it is not JSON in UTF-8, or holds a zero sign */
export function parseJson(bytes: Uint8Array): unknown {
  if (bytes.byteLength === 0) return undefined
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (!text.includes('\\u0000')) return JSON.parse(text)
  } catch (cause) {
    throw new UnreadableBody({}, { cause })
  }
  throw new UnreadableBody()
}

export type FormInput = { values: Record<string, string>; all: Record<string, unknown> }

/**
 * Fields of a posted form. A field that stands several times becomes a list in `all`; `values` keeps the texts, to be
 * shown again when something is wrong.
 */
export async function parseForm(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<FormInput> {
  try {
    const data = await new Response(bytes, { headers: { 'content-type': contentType } }).formData()
    const values: Record<string, string> = {}
    const all: Record<string, unknown> = {}
    for (const name of new Set(data.keys())) {
      const given = data.getAll(name)
      all[name] = given.length > 1 ? given : given[0]
      const texts = given.filter((value) => typeof value === 'string')
      if (texts.length > 0) values[name] = texts.join('\n')
    }
    return { values: refuseZeros(values), all }
  } catch (cause) {
    throw new UnreadableBody({}, { cause })
  }
}

const formsRead = new WeakMap<Request, Promise<FormInput>>()

/** The posted form of a call; a body is read once, however often the form is asked for. */
export function readForm(c: HonoContext, largest: number): Promise<FormInput> {
  const known = formsRead.get(c.req.raw)
  if (known) return known
  const type = c.req.header('content-type') ?? 'application/x-www-form-urlencoded'
  const reading = readBody(c, largest).then((bytes) => parseForm(bytes, type))
  formsRead.set(c.req.raw, reading)
  return reading
}
