/** Archives that no honest program writes. */
import { crc32 } from 'node:zlib'

/** An archive of one part that claims a size of its own. */
export function archiveOf(path: string, packed: Buffer, claimed: number): Buffer<ArrayBuffer> {
  const name = Buffer.from(path)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt16LE(name.length, 26)
  const record = Buffer.alloc(46)
  record.writeUInt32LE(0x02014b50, 0)
  record.writeUInt16LE(8, 10)
  record.writeUInt32LE(crc32(packed), 16)
  record.writeUInt32LE(packed.length, 20)
  record.writeUInt32LE(claimed, 24)
  record.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + name.length, 12)
  end.writeUInt32LE(30 + name.length + packed.length, 16)
  return Buffer.concat([local, name, packed, record, name, end])
}
