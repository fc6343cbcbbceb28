import { createInflateRaw } from 'node:zlib'
import { UnreadableTable } from './unreadable.ts'

/** What a table may unpack to; a workbook of 100,000 rows with 30 columns takes some 150 MB. */
const mostUnpacked = 400 * 1024 * 1024
const mostParts = 2000
const endRecord = 0x06054b50
const directoryRecord = 0x02014b50
const localRecord = 0x04034b50

type Part = { method: number; packed: number; unpacked: number; offset: number }
export type Archive = {
  names: readonly string[]
  has: (name: string) => boolean
  read: (name: string) => AsyncGenerator<Buffer>
}

const damaged = () => new UnreadableTable('Книга Excel повреждена и не открывается. Сохраните её заново.')

/**
 * Opens an archive by its directory: what it claims to unpack to is refused before anything is unpacked, and what turns
 * out larger than it claimed is refused while it is.
 */
export function openArchive(bytes: Uint8Array, most = mostUnpacked): Archive {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts = directoryOf(buffer)
  const claimed = [...parts.values()].reduce((sum, { unpacked }) => sum + unpacked, 0)
  if (claimed > most)
    throw new UnreadableTable('Книга Excel распаковывается в слишком большой файл. Разделите её на несколько.')
  return { names: [...parts.keys()], has: (name) => parts.has(name), read: (name) => unpack(buffer, parts.get(name)) }
}

function directoryOf(buffer: Buffer): Map<string, Part> {
  const end = endOf(buffer)
  const count = buffer.readUInt16LE(end + 10)
  if (count > mostParts) throw damaged()
  const parts = new Map<string, Part>()
  let at = buffer.readUInt32LE(end + 16)
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > buffer.length || buffer.readUInt32LE(at) !== directoryRecord) throw damaged()
    const encrypted = (buffer.readUInt16LE(at + 8) & 1) === 1
    if (encrypted) throw new UnreadableTable('Книга Excel закрыта паролем. Снимите пароль и загрузите её снова.')
    const nameLength = buffer.readUInt16LE(at + 28)
    parts.set(buffer.toString('utf8', at + 46, at + 46 + nameLength), {
      method: buffer.readUInt16LE(at + 10),
      packed: buffer.readUInt32LE(at + 20),
      unpacked: buffer.readUInt32LE(at + 24),
      offset: buffer.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32)
  }
  return parts
}

/** The end of the directory stands before a comment of up to 65,535 bytes. */
function endOf(buffer: Buffer): number {
  for (let at = buffer.length - 22; at >= 0 && at >= buffer.length - 22 - 65_535; at -= 1)
    if (buffer.readUInt32LE(at) === endRecord) return at
  throw damaged()
}

async function* unpack(buffer: Buffer, part: Part | undefined): AsyncGenerator<Buffer> {
  if (!part || part.offset + 30 > buffer.length || buffer.readUInt32LE(part.offset) !== localRecord) throw damaged()
  const start = part.offset + 30 + buffer.readUInt16LE(part.offset + 26) + buffer.readUInt16LE(part.offset + 28)
  const packed = buffer.subarray(start, start + part.packed)
  if (part.method === 0) {
    yield packed
    return
  }
  if (part.method !== 8) throw damaged()
  let size = 0
  try {
    for await (const chunk of inflated(packed)) {
      size += chunk.length
      if (size > part.unpacked) throw damaged()
      yield chunk
    }
  } catch (cause) {
    if (cause instanceof UnreadableTable) throw cause
    throw new UnreadableTable(damaged().message, { cause })
  }
}

async function* inflated(packed: Buffer): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: 65_536 })
  inflate.end(packed)
  // as: without an encoding a stream gives its bytes
  for await (const chunk of inflate) yield chunk as Buffer
}
