/** Bodies too large for memory: put into a file first, so that a slow sender holds nothing but it. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Context as HonoContext } from 'hono'
import { BodyTooLarge } from '../errors/index.ts'

/** The body of a call that takes its lines one by one. */
export type BodyStream = { contentType: string; bytes: AsyncIterable<Uint8Array> }
export type Spooled = { body: BodyStream; digest: string; remove: () => Promise<void> }

/** @throws BodyTooLarge 413 before the rest is read */
export async function spoolBody(c: HonoContext, largest: number): Promise<Spooled> {
  const folder = await mkdtemp(join(tmpdir(), 'kabinet-body-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const path = join(folder, 'body')
    const digest = await write(path, c, largest)
    const contentType = c.req.header('content-type') ?? ''
    return { body: { contentType, bytes: createReadStream(path, { highWaterMark: 262_144 }) }, digest, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

async function write(path: string, c: HonoContext, largest: number): Promise<string> {
  const tooLarge = () => new BodyTooLarge({ megabytes: Math.round(largest / 104_857.6) / 10 })
  if (Number(c.req.header('content-length') ?? 0) > largest) throw tooLarge()
  const file = createWriteStream(path)
  const hash = createHash('sha256')
  let size = 0
  try {
    for await (const chunk of c.req.raw.body ?? []) {
      size += chunk.byteLength
      if (size > largest) throw tooLarge()
      hash.update(chunk)
      if (!file.write(chunk)) await new Promise<void>((resolve) => file.once('drain', resolve))
    }
  } finally {
    await new Promise<void>((resolve, reject) =>
      file.end((error?: Error | null) => (error ? reject(error) : resolve())),
    )
  }
  return hash.digest('hex')
}
