import { deflateRawSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkReport, compileForm } from '../../../../engine/index.ts'
import { readReport, readTemplate } from '../../../../engine/xml.ts'
import { archiveOf } from '../../../../test/support/archives.ts'
import { peopleOf, reportOf, xmlOf } from '../../../../test/support/reports.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { openBook, writeBook } from '../../../kernel/spreadsheets/index.ts'

let world: World
let report: string
let as: ReturnType<typeof peopleOf>

beforeAll(async () => {
  world = await openWorld()
  as = peopleOf(world)
  report = await reportOf(world, 'Ромашка')
})

const limits = { unpacked: 50_000_000, rows: 100_000, columns: 400, sheets: 100 }
const download = async (format: string, id = report) => {
  const reply = await as('dobronravova').fetch(`/api/v1/reports/${id}/file?format=${format}`)
  expect(reply.status).toBe(200)
  return Buffer.from(await reply.arrayBuffer())
}
const upload = async (bytes: Uint8Array<ArrayBuffer>, name: string, person = 'dobronravova', id = report) => {
  const body = new FormData()
  body.set('file', new File([bytes], name))
  const reply = await as(person).fetch(`/api/v1/reports/${id}/imports`, {
    method: 'POST',
    body,
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  return { status: reply.status, body: await reply.json() }
}
const enter = (id: string) => as('dobronravova').put(`/reports/${report}/imports/${id}/confirmation`, {})
const save = (changes: Record<string, string>) => as('krylatskaya').patch(`/reports/${report}/cells`, { changes })
const valuesNow = async () => (await as('dobronravova').get(`/reports/${report}/cells`)).body.values

async function spotOf(bytes: Uint8Array, address: string): Promise<[sheet: string, spot: string]> {
  const book = await openBook(bytes, limits)
  for await (const { cells } of book.rows('kabinet')) {
    if (cells[2]?.text === address) return [cells[0]?.text ?? '', cells[1]?.text ?? '']
  }
  throw new Error(`${address} has no place`)
}

type Typed = { column: number; text: string; formula?: string; number?: string }

/** The book as a person leaves it who has typed into one of its cells. */
async function typed(bytes: Buffer, address: string, value: string): Promise<Buffer<ArrayBuffer>> {
  const [sheet, spot] = await spotOf(bytes, address)
  const book = await openBook(bytes, limits)
  const sheets = await Promise.all(
    book.sheets.map(async ({ name, hidden }) => {
      const rows: Typed[][] = []
      for await (const { number, cells } of book.rows(name))
        rows[number - 1] = cells.map(({ column, text, formula }) => ({
          column,
          text,
          ...(formula ? { formula: '0', number: text } : {}),
        }))
      if (name === sheet) {
        const [, letter = '', row = ''] = /^([A-Z]+)(\d+)$/.exec(spot) ?? []
        const column = letter.charCodeAt(0) - 64
        const own = rows[Number(row) - 1] ?? []
        rows[Number(row) - 1] = [...own.filter((cell) => cell.column !== column), { column, text: value }].toSorted(
          (one, other) => one.column - other.column,
        )
      }
      const filled = Array.from(rows, (cells) => ({
        cells: (cells ?? []).map((cell) => ({ ...cell, style: { look: 'plain' as const } })),
      }))
      return { name, hidden, rows: filled }
    }),
  )
  return bytesOf(writeBook(sheets))
}

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer<ArrayBuffer>> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}

describe('a report as a workbook', () => {
  it('has a sheet for each section, formulas of its sums and a map, and says nothing new when it comes back', async () => {
    await save({ '7/701/5': '12', '7/701/6': '41' })
    const bytes = await download('xlsx')
    const book = await openBook(bytes, limits)
    expect(book.sheets.map(({ name }) => name)).toEqual(['Титул', 'Раздел 4', 'Раздел 7', 'kabinet-terms', 'kabinet'])
    const [sheet, spot] = await spotOf(bytes, '7/701/3')
    const formulas: Record<string, boolean> = {}
    for await (const { number, cells } of book.rows(sheet))
      for (const { column, formula } of cells) formulas[`${String.fromCharCode(64 + column)}${number}`] = formula
    expect(formulas[spot]).toBe(true)
    const { status, body } = await upload(bytes, 'report.xlsx')
    expect(status).toBe(201)
    expect(body).toMatchObject({ changes: [], conflicts: [], refused: [] })
    expect((await enter(body.id)).status).toBe(409)
  })

  it('brings back what was typed into it, as one import in the history, and nothing of what others changed', async () => {
    await save({ '7/702/5': '3', '7/702/6': '4' })
    const bytes = await typed(await download('xlsx'), '7/702/5', '5')
    await save({ '7/702/6': '9' })
    const { body } = await upload(bytes, 'report.xlsx')
    expect(body.changes).toEqual([{ cell: '7/702/5', old: '3', new: '5' }])
    expect(body.conflicts).toEqual([])
    expect((await valuesNow())['7/702/5']).toBe('3')
    expect((await enter(body.id)).body).toMatchObject({ saved: 1, conflicts: [] })
    expect(await valuesNow()).toMatchObject({ '7/702/5': '5', '7/702/6': '9' })
    const history = await as('dobronravova').get(`/reports/${report}/history?cell=7/702/5`)
    expect(history.body.changes[0]).toMatchObject({ from: '3', to: '5', source: 'import' })
    expect((await enter(body.id)).status).toBe(409)
  })

  it('leaves a cell that another has changed since the file was made, and says who', async () => {
    await save({ '7/702/7': '1' })
    const bytes = await typed(await download('xlsx'), '7/702/7', '2')
    await save({ '7/702/7': '3' })
    const { body } = await upload(bytes, 'report.xlsx')
    expect(body).toMatchObject({ changes: [], conflicts: [{ cell: '7/702/7', yours: '2', theirs: '3' }] })
    expect(body.conflicts[0].by).toMatch(/^Крылатская/)
  })

  it('refuses text for a number, another report and another’s hands', async () => {
    const bytes = await download('xlsx')
    const wrong = await upload(await typed(bytes, '7/702/8', 'много'), 'report.xlsx')
    expect(wrong.body).toMatchObject({ changes: [], refused: [{ cell: '7/702/8', given: 'много' }] })
    const other = await reportOf(world, 'Ромашка', 2025)
    const elsewhere = await upload(bytes, 'report.xlsx', 'dobronravova', other)
    expect(elsewhere.status).not.toBe(201)
    expect((await upload(bytes, 'report.xlsx', 'zlatovratskaya')).status).toBe(404)
    expect((await upload(bytes, 'report.xlsx', 'voznesensky')).status).toBe(403)
  })

  it('takes an own book by the codes in its head, and no other', async () => {
    const cell = (column: number, text: string) => ({ column, text, style: { look: 'plain' as const } })
    const line = (...texts: string[]) => ({ cells: texts.map((text, index) => cell(index + 1, text)) })
    const columns = ['3', '4', '5', '6', '7', '8', '9', '10', '11']
    const body = Array.from({ length: 10 }, (_, index) => line('показатель', String(701 + index), '', '', '6'))
    const own = await bytesOf(writeBook([{ name: 'Возраст 7', rows: [line('А', 'Б', ...columns), ...body] }]))
    const taken = await upload(own, 'own.xlsx')
    expect(taken.status).toBe(201)
    expect(taken.body.changes.map((change: { cell: string }) => change.cell)).toContain('7/703/5')
    const foreign = await bytesOf(writeBook([{ name: 'Смета', rows: [line('Итого', '100'), line('НДС', '20')] }]))
    expect(await upload(foreign, 'other.xlsx')).toMatchObject({ status: 422, body: { code: 'exchange.unreadable' } })
  })
})

describe('hostile files', () => {
  it('are refused in words, quickly', async () => {
    const zeros = deflateRawSync(Buffer.alloc(60_000_000))
    const files = [
      archiveOf('xl/workbook.xml', zeros, 600_000_000),
      archiveOf('xl/workbook.xml', zeros, 1000),
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]),
      Buffer.from('%PDF-1.7'),
      Buffer.from('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><report>&b;</report>'),
      Buffer.from('просто текст'),
      await bytesOf(writeBook([{ name: 'Лист', rows: manyRows() }])),
    ]
    for (const bytes of files) {
      const started = performance.now()
      const { status, body } = await upload(Buffer.from(bytes), 'x.xlsx')
      expect(status).toBe(422)
      expect(body.detail ?? body.title).toMatch(/[а-яё]/i)
      expect(performance.now() - started).toBeLessThan(15_000)
    }
  }, 60_000)
})

function* manyRows() {
  for (let index = 0; index < 1_000_000; index += 1) yield { cells: [] }
}

describe('a report as CSV and as Росстат’s XML', () => {
  it('comes back as it went, and takes changes, in windows-1251 too', async () => {
    const csv = await download('csv')
    expect(csv.toString('utf8')).toMatch(/^\ufeffРаздел;Строка;Графа;Специфика;Значение\r\n/)
    expect((await upload(csv, 'r.csv')).body).toMatchObject({ changes: [], refused: [], conflicts: [] })
    // «Раздел;Строка;…» in windows-1251, then two cells, one of which is computed.
    const head = Buffer.from([0xd0, 0xe0, 0xe7, 0xe4, 0xe5, 0xeb, 0x3b, 0x3b, 0x3b, 0x3b, 0x0a])
    const { body } = await upload(Buffer.concat([head, Buffer.from('07;0704;05;;1 234\n7;701;3;;9999\n')]), 'r.csv')
    expect(body.changes).toEqual([{ cell: '7/704/5', old: '4', new: '1234' }])
    expect(body.refused).toMatchObject([{ cell: '7/701/3', given: '9999' }])
  })

  it('is valid by our own reader, and the same problems are found in it', async () => {
    const xml = await download('xml')
    const reading = readReport(xml)
    const template = readTemplate(xmlOf('85-k.xml'))
    if (!reading.ok || !template.ok) throw new Error('unreadable')
    const inFile = checkReport(compileForm(template.template), reading.report)
    const onPage = (await as('dobronravova').get(`/reports/${report}/check`)).body.problems
    const told = (problems: { stage: string; code: string; text: string }[]) =>
      problems.filter(({ stage }) => stage !== 'title' && stage !== 'attributes').map(({ text }) => text)
    expect(told(inFile)).toEqual(told(onPage))
    expect((await upload(xml, 'r.xml')).body).toMatchObject({ changes: [], refused: [], conflicts: [] })
    const changed = xml.toString('utf8').replace(/(<row code="702">[\s\S]*?<col code="5">)\d+/, '$177')
    expect((await upload(Buffer.from(changed), 'r.xml')).body.changes).toMatchObject([{ cell: '7/702/5', new: '77' }])
    const older = xml.toString('utf8').replace(/year="\d+"/, 'year="2019"')
    expect((await upload(Buffer.from(older), 'r.xml')).status).toBe(422)
  })
})

describe('the blank to be printed', () => {
  it('is a PDF with a page for each section at least', async () => {
    const pdf = await download('pdf')
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(2)
    const accepted = await world.db
      .selectFrom('reports')
      .select('id')
      .where('state', '=', 'accepted')
      .executeTakeFirstOrThrow()
    const reply = await as('voznesensky').fetch(`/reports/${accepted.id}/file.pdf`)
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    const printed = Buffer.from(await reply.arrayBuffer())
    expect(printed.subarray(-6).toString()).toContain('%%EOF')
  })
})

it('a formula with signs of markup in it is read as it was written', async () => {
  const cell = { column: 2, style: { look: 'input', digits: 2 } as const, number: '1.5', formula: "SUM('а & б'!A1:B2)" }
  const book = await openBook(await bytesOf(writeBook([{ name: 'Лист <1>', rows: [{ cells: [cell] }] }])), limits)
  expect(book.sheets).toEqual([{ name: 'Лист <1>', hidden: false }])
  for await (const row of book.rows('Лист <1>'))
    expect(row).toEqual({ number: 1, cells: [{ column: 2, text: '1.5', formula: true }] })
})
