import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { archiveOf } from '../../../test/support/archives.ts'
import { readRows, UnreadableTable, writeCsv, writeWorkbook } from './index.ts'

async function* given(rows: readonly string[][]) {
  yield* rows
}
async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}
async function cellsOf(bytes: Uint8Array): Promise<string[][]> {
  const rows: string[][] = []
  for await (const { cells } of readRows(bytes).rows) rows.push(cells)
  return rows
}
const refused = (bytes: Uint8Array) => expect((async () => cellsOf(bytes))()).rejects.toThrow(UnreadableTable)

const sample = [
  ['ИНН', 'Название'],
  ['0014000040', 'МБДОУ «Ромашка»; "сад"\nкорпус 2'],
  ['0014000058', '=1+1'],
]

const Cell = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replaceAll(/[\p{C}\r\n]/gu, ''))
const Table = fc.array(
  fc.array(Cell, { minLength: 3, maxLength: 3 }).filter((row) => row.join('').trim() !== ''),
  {
    minLength: 1,
    maxLength: 40,
  },
)

describe('a table in a file', () => {
  it('is read as a workbook as it was written, zeros and formulas as text', async () => {
    const bytes = await bytesOf(writeWorkbook('Организации', [14, 60], given(sample)))
    expect(readRows(bytes).format).toBe('xlsx')
    expect(await cellsOf(bytes)).toEqual(sample)
    await fc.assert(
      fc.asyncProperty(Table, async (rows) => {
        expect(await cellsOf(await bytesOf(writeWorkbook('Лист', [], given(rows))))).toEqual(rows)
      }),
      { numRuns: 40 },
    )
  })

  it('is read as CSV in UTF-8 and in windows-1251, by three separators, with the numbers of its lines', async () => {
    const csv = await bytesOf(writeCsv(given(sample)))
    expect((await cellsOf(csv))[2]).toEqual(['0014000058', "'=1+1"])
    const cyrillic = Buffer.from([0xc8, 0xcd, 0xcd, 0x3b, 0xc0, 0x0a, 0x31, 0x3b, 0xe0])
    expect(await cellsOf(cyrillic)).toEqual([
      ['ИНН', 'А'],
      ['1', 'а'],
    ])
    expect(await cellsOf(Buffer.from('а\tб,в\n1\t2\n'))).toEqual([
      ['а', 'б,в'],
      ['1', '2'],
    ])
    expect(await cellsOf(Buffer.from('а,"б;;"\n1,"2"""'))).toEqual([
      ['а', 'б;;'],
      ['1', '2"'],
    ])
    const numbers: number[] = []
    for await (const { number } of readRows(Buffer.from('а;б\n\n"в\nг";д\nе;ж')).rows) numbers.push(number)
    expect(numbers).toEqual([1, 3, 5])
  })

  it('is refused when it is none: pictures, old workbooks, other archives, a quote without an end', async () => {
    expect(() => readRows(new Uint8Array())).toThrow(UnreadableTable)
    expect(() => readRows(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]))).toThrow(UnreadableTable)
    expect(() => readRows(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))).toThrow(/старая книга/)
    await refused(Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.alloc(200)]))
    await refused(Buffer.from(`а;б\n"${'в'.repeat(20_000)}`))
  })

  it('is refused when it unpacks to more than it says, or says too much', async () => {
    const packed = deflateRawSync(Buffer.alloc(50_000_000))
    await refused(archiveOf('xl/workbook.xml', packed, 500_000_000))
    await refused(archiveOf('xl/workbook.xml', packed, 1000))
  })
})
