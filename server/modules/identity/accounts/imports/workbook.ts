/**
 * A table that somebody has sent, opened only after it is known how large it is inside: an archive of a few kilobytes
 * unpacks into gigabytes when it is made for that, and one cell at the far corner asks for a sheet of billions.
 */
import { inflateRawSync } from 'node:zlib'
import { readSheet } from 'read-excel-file/universal'
import { ImportTooLarge, ImportUnreadable } from '../accounts.errors.ts'

export const largestFile = 5_242_880
const largestUnpacked = 20_971_520
const mostEntries = 100
export const mostLines = 5000
const mostColumns = 50

/**
 * @returns cells as texts, row by row
 * @throws ImportUnreadable 422, ImportTooLarge 413
 */
export async function readWorkbook(bytes: Uint8Array<ArrayBuffer>): Promise<string[][]> {
  if (bytes.byteLength > largestFile) throw new ImportTooLarge()
  const parts = unpack(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  for (const [name, part] of parts) if (name.endsWith('.xml') || name.endsWith('.rels')) checkPart(name, part)
  try {
    const rows = await readSheet(bytes.slice().buffer)
    return rows.map((row) => row.map(textOf))
  } catch (cause) {
    throw new ImportUnreadable({}, { cause })
  }
}

const textOf = (cell: unknown): string => {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return String(cell).trim()
}

/** No entities, of which a few lines make gigabytes, and no cell beyond what a table of people needs. */
function checkPart(name: string, part: Buffer): void {
  const text = part.toString('utf8')
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new ImportUnreadable()
  if (!/worksheets\//.test(name)) return
  for (const [, column = '', row = ''] of text.matchAll(/\b(?:r|ref)="(?:[A-Z]+\d+:)?([A-Z]{1,4})(\d{1,9})"/g))
    if (columnNumber(column) > mostColumns || Number(row) > mostLines + 1) throw new ImportTooLarge()
  for (const [, row = ''] of text.matchAll(/<row\b[^>]*\br="(\d{1,12})"/g))
    if (Number(row) > mostLines + 1) throw new ImportTooLarge()
}

/** «A» is 1, «Z» 26, «AA» 27. */
const columnNumber = (letters: string): number =>
  [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0)

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const localSignature = 0x04034b50

/**
 * Every part of the archive by name, by its central directory. What is unpacked must be as long as the directory says,
 * for the reader of sheets believes the directory.
 */
function unpack(archive: Buffer): Map<string, Buffer> {
  const parts = new Map<string, Buffer>()
  let left = largestUnpacked
  for (const entry of entriesOf(archive)) {
    if (entry.unpackedSize > left) throw new ImportTooLarge()
    const part = unpackEntry(archive, entry, left)
    if (part.byteLength !== entry.unpackedSize || parts.has(entry.name)) throw new ImportUnreadable()
    left -= part.byteLength
    parts.set(entry.name, part)
  }
  return parts
}

type Entry = { name: string; method: number; packedSize: number; unpackedSize: number; offset: number }

function entriesOf(archive: Buffer): Entry[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (archive.readUInt32LE(0) !== localSignature || end < 0 || end + 22 > archive.byteLength)
    throw new ImportUnreadable()
  const count = archive.readUInt16LE(end + 10)
  if (archive.readUInt32LE(end) !== endSignature || count > mostEntries) throw new ImportTooLarge()
  const entries: Entry[] = []
  let place = archive.readUInt32LE(end + 16)
  for (let index = 0; index < count; index += 1) {
    if (place + 46 > end || archive.readUInt32LE(place) !== entrySignature) throw new ImportUnreadable()
    const nameLength = archive.readUInt16LE(place + 28)
    entries.push({
      name: archive.toString('utf8', place + 46, place + 46 + nameLength),
      method: archive.readUInt16LE(place + 10),
      packedSize: archive.readUInt32LE(place + 20),
      unpackedSize: archive.readUInt32LE(place + 24),
      offset: archive.readUInt32LE(place + 42),
    })
    place += 46 + nameLength + archive.readUInt16LE(place + 30) + archive.readUInt16LE(place + 32)
  }
  return entries
}

function unpackEntry(archive: Buffer, { method, packedSize, offset }: Entry, most: number): Buffer {
  if (offset + 30 > archive.byteLength || archive.readUInt32LE(offset) !== localSignature) throw new ImportUnreadable()
  const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28)
  if (start + packedSize > archive.byteLength) throw new ImportUnreadable()
  const packed = archive.subarray(start, start + packedSize)
  if (method === 0) return packed
  if (method !== 8) throw new ImportUnreadable()
  try {
    return inflateRawSync(packed, { maxOutputLength: most + 1 })
  } catch (cause) {
    throw isTooLong(cause) ? new ImportTooLarge({}, { cause }) : new ImportUnreadable({}, { cause })
  }
}

const isTooLong = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
