import { crc32, createDeflateRaw } from 'node:zlib'

export type PartContent = string | AsyncIterable<string>
type Written = { path: string; offset: number; checksum: number; packed: number; size: number }

export const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

/** An archive of named parts, packed as their texts come: what is not asked for yet is not made. */
export async function* writeArchive(
  parts: Iterable<readonly [path: string, content: PartContent]>,
): AsyncGenerator<Uint8Array> {
  const directory: Written[] = []
  let offset = 0
  for (const [path, content] of parts) {
    const part: Written = { path, offset, checksum: 0, packed: 0, size: 0 }
    for await (const bytes of packedPart(part, content)) {
      offset += bytes.byteLength
      yield bytes
    }
    directory.push(part)
  }
  yield endOf(directory, offset)
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Signs that XML cannot hold are left out. */
export const escaped = (text: string): string =>
  text.replaceAll(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '').replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? '')
/** Sizes stand behind the part: they are not known before it is written. */
async function* packedPart(part: Written, content: PartContent): AsyncGenerator<Uint8Array> {
  yield localHeader(part.path)
  const deflate = createDeflateRaw({ level: 6 })
  const feeding = feed(deflate, content, part)
  // as: without an encoding a stream gives its bytes
  for await (const chunk of deflate) {
    part.packed += (chunk as Buffer).length
    yield chunk as Buffer
  }
  await feeding
  const descriptor = Buffer.alloc(16)
  descriptor.writeUInt32LE(0x08074b50, 0)
  writeSizes(descriptor, 4, part)
  yield descriptor
}

async function feed(deflate: ReturnType<typeof createDeflateRaw>, content: PartContent, part: Written): Promise<void> {
  try {
    for await (const text of typeof content === 'string' ? [content] : content) {
      const bytes = Buffer.from(text)
      part.checksum = crc32(bytes, part.checksum)
      part.size += bytes.length
      if (!deflate.write(bytes)) await new Promise<void>((resolve) => deflate.once('drain', resolve))
    }
    deflate.end()
  } catch (error) {
    deflate.destroy(error instanceof Error ? error : new Error(String(error)))
  }
}

function writeSizes(record: Buffer, at: number, { checksum, packed, size }: Written): void {
  record.writeUInt32LE(checksum, at)
  record.writeUInt32LE(packed, at + 4)
  record.writeUInt32LE(size, at + 8)
}

/** Bit 3: sizes follow; bit 11: names are UTF-8. */
const flags = 0x0808

function localHeader(path: string): Buffer {
  const name = Buffer.from(path)
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(flags, 6)
  header.writeUInt16LE(8, 8)
  header.writeUInt16LE(0x21, 12) // 1 January 1980: the date of a part says nothing to anybody
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, name])
}

function endOf(directory: readonly Written[], offset: number): Buffer {
  const records = Buffer.concat(directory.map(directoryRecord))
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(records.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([records, end])
}

function directoryRecord(part: Written): Buffer {
  const name = Buffer.from(part.path)
  const record = Buffer.alloc(46)
  record.writeUInt32LE(0x02014b50, 0)
  record.writeUInt16LE(20, 4)
  record.writeUInt16LE(20, 6)
  record.writeUInt16LE(flags, 8)
  record.writeUInt16LE(8, 10)
  record.writeUInt16LE(0x21, 14)
  writeSizes(record, 16, part)
  record.writeUInt16LE(name.length, 28)
  record.writeUInt32LE(part.offset, 42)
  return Buffer.concat([record, name])
}
