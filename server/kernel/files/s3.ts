/** Files in a bucket of a store that speaks S3: `files/<SHA-256>`. */
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { FilesUnavailable } from '../errors/index.ts'
import type { S3Settings } from '../settings.storage.ts'
import { filesPhrases } from './files.phrases.ts'
import { mediaTypeOf } from './media-types.ts'
import { type Patience, refusalOf, type S3Call, type S3Reply, s3Caller, usualPatience } from './s3.calls.ts'
import { BytesMissing, type FileStore, type Held, refuseOtherNames } from './store.ts'

type Options = {
  warn?: (line: string) => void
  patience?: Patience
  /** How many names a list asks for at once. */
  page?: number
}

export function s3Store(
  settings: S3Settings,
  { warn = () => undefined, patience = usualPatience, page = 1000 }: Options = {},
): FileStore {
  const send = s3Caller(settings, patience)
  const keyOf = (sha256: string) => {
    refuseOtherNames(sha256)
    return `files/${sha256}`
  }
  /** @throws FilesUnavailable for all but success and, where it is foreseen, 404 */
  const call = async (what: S3Call): Promise<S3Reply | undefined> => {
    const reply = await send(what).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error)
      warn(`${what.method} ${settings.endpoint}: ${reason}`)
      throw new FilesUnavailable({}, { cause: error })
    })
    if (reply.status >= 200 && reply.status < 300) return reply
    const refusal = await refusalOf(reply)
    if (reply.status === 404 && what.key && what.method !== 'PUT' && !refusal.includes('NoSuchBucket')) return undefined
    warn(`${what.method} ${settings.endpoint}: ${refusal}`)
    throw new FilesUnavailable({}, { cause: new Error(refusal) })
  }
  const finished = async (what: S3Call): Promise<S3Reply | undefined> => {
    const reply = await call(what)
    reply?.body.resume()
    return reply
  }
  const putFrom: FileStore['putFrom'] = async (sha256, size, open) => {
    await finished({ method: 'PUT', key: keyOf(sha256), body: { sha256, size, open } })
  }
  return {
    title: filesPhrases.bucket(settings),
    put: async (bytes) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      await putFrom(sha256, bytes.byteLength, () => Readable.from([bytes]))
      return { sha256, size: bytes.byteLength, mediaType: mediaTypeOf(bytes) }
    },
    putFrom,
    read: async (sha256) => {
      const reply = await call({ method: 'GET', key: keyOf(sha256) })
      if (!reply) throw new BytesMissing(sha256)
      return reply.body
    },
    find: async (sha256) => {
      const reply = await finished({ method: 'HEAD', key: keyOf(sha256) })
      if (!reply) return undefined
      const { 'content-length': size, 'last-modified': changedAt } = reply.headers
      return { size: Number(size), changedAt: new Date(changedAt ?? Number.NaN) }
    },
    list: () => listed(call, page),
    remove: async (sha256) => {
      await finished({ method: 'DELETE', key: keyOf(sha256) })
    },
  }
}

/** In the order of the hashes. */
async function* listed(
  call: (what: S3Call) => Promise<S3Reply | undefined>,
  size: number,
): AsyncGenerator<Held & { sha256: string }> {
  const query: Record<string, string> = { 'list-type': '2', 'max-keys': String(size), prefix: 'files/' }
  for (;;) {
    const reply = await call({ method: 'GET', query })
    const page = reply ? await text(reply.body) : ''
    let last: string | undefined
    for (const [, content = ''] of page.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
      last = field(content, 'Key')
      const sha256 = /^files\/([0-9a-f]{64})$/.exec(last)?.[1]
      const changedAt = new Date(field(content, 'LastModified'))
      if (sha256) yield { sha256, size: Number(field(content, 'Size')), changedAt }
    }
    if (last === undefined || field(page, 'IsTruncated') !== 'true') return
    query['start-after'] = last
  }
}

const field = (xml: string, name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? ''

/** Settings under which the store does not let the program in: no use in starting with them. */
export class WrongStore extends Error {
  override readonly name = 'WrongStore'
  readonly exitCode = 1
}

/**
 * Writes an empty object: proves address, region, key and the right to write at once.
 * @returns what to tell the administrator when the store is out of reach just now, which a start survives
 * @throws WrongStore when the store refuses
 */
export async function checkS3(settings: S3Settings, patience: Patience = usualPatience): Promise<string | undefined> {
  const emptySum = createHash('sha256').digest('hex')
  const body = { sha256: emptySum, size: 0, open: () => Readable.from([]) }
  let reply: S3Reply
  try {
    reply = await s3Caller(settings, patience)({ method: 'PUT', key: 'start-check', body })
  } catch (error) {
    return filesPhrases.outOfReach(settings, error instanceof Error ? error.message : String(error))
  }
  const { status } = reply
  if (status >= 200 && status < 300) {
    reply.body.resume()
    return undefined
  }
  const refusal = await refusalOf(reply)
  if (status >= 500) return filesPhrases.outOfReach(settings, refusal)
  throw new WrongStore(filesPhrases.refused(settings, refusal))
}
