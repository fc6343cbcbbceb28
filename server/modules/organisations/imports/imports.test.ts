import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { OrganisationImport } from '../../../../contracts/imports.ts'
import { importFile, importHeadings, importRow, innAt } from '../../../../test/support/import-files.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { verifyJournal } from '../../../kernel/journal/index.ts'
import { readRows } from '../../../kernel/spreadsheets/index.ts'
import { workOnImports } from './work.ts'

let world: World
let higher: string
let romashka: { id: string; inn: string }

beforeAll(async () => {
  world = await openWorld()
  const find = (part: string) =>
    world.db
      .selectFrom('organisations')
      .select(['id', 'inn'])
      .where('short_name', 'like', `%${part}%`)
      .executeTakeFirstOrThrow()
  higher = (await find('Верхнеозёрского муниципального')).inn
  romashka = await find('Ромашка')
})

async function upload(file: File, person = 'tihomirov') {
  const body = new FormData()
  body.set('file', file)
  const reply = await world.as(person).fetch('/api/v1/organisations/imports', {
    method: 'POST',
    body,
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  return { status: reply.status, body: await reply.json() }
}
const worked = async (id: string): Promise<OrganisationImport> => {
  await workOnImports(world.db)
  return (await world.as('tihomirov').get(`/organisations/imports/${id}`)).body
}
async function checked(name: string, rows: string[][]) {
  const { status, body } = await upload(await importFile(name, rows))
  expect(status).toBe(201)
  return worked(body.id)
}
const linesOf = async (id: string, query = '') =>
  (await world.as('tihomirov').get(`/organisations/imports/${id}/lines${query}`)).body.rows
const put = async (id: string, deed: string) => {
  const reply = await world.as('tihomirov').put(`/organisations/imports/${id}/${deed}`)
  expect(reply.status).toBe(200)
  return worked(id)
}
const openOf = async (inn: string) =>
  world.db.selectFrom('organisations').selectAll().where('inn', '=', inn).where('closed_at', 'is', null).execute()

describe('an import', () => {
  it('is a dry run first, with every line told; then it is done, and undone as a whole', async () => {
    const found = await checked('Школы.xlsx', [
      importRow(0, higher),
      importRow(1, innAt(0)),
      importRow(2, higher, { ОГРН: '1020000000000', 'Тип организации': 'лицей' }),
      importRow(1, higher),
      importRow(3, '0077999999'),
      [romashka.inn, '', '', '', '', '', '', '', '', '639114, Светлореченская область, с. Новое, д. 1'],
      [romashka.inn, '', '', '', '', '', '', '', '', ''],
    ])
    expect(found).toMatchObject({ state: 'ready', lines: 7, counts: { add: 2, change: 1, same: 0, wrong: 4 } })
    expect(await openOf(innAt(0))).toEqual([])
    const wrong = await linesOf(found.id, '?outcome=wrong')
    expect(wrong.map(({ number }: { number: number }) => number)).toEqual([4, 5, 6, 8])
    expect(wrong[0].problems.join()).toMatch(/Тип организации: «лицей» нет в справочнике/)
    expect(wrong[1].problems.join()).toMatch(/уже стоит в строке 3/)
    expect(wrong[2].problems.join()).toMatch(/нет ни в реестре, ни в файле/)
    const [change] = await linesOf(found.id, '?outcome=change')
    expect(change).toMatchObject({ number: 7, organisationId: romashka.id, name: expect.stringContaining('Ромашка') })
    expect(change.changes).toEqual([
      { field: 'Адрес', was: expect.stringContaining('Старомельничное'), becomes: expect.stringContaining('с. Новое') },
    ])

    const done = await put(found.id, 'confirmation')
    expect(done).toMatchObject({ state: 'applied', counts: { applied: 3, failed: 0 } })
    const [first] = await openOf(innAt(0))
    const [second] = await openOf(innAt(1))
    expect(second).toMatchObject({ parent_id: first?.id, lineage: [...(first?.lineage ?? []), second?.id] })
    const history = await world.db
      .selectFrom('organisation_changes')
      .select('reason')
      .where('organisation_id', '=', first?.id ?? '')
      .execute()
    expect(history[0]?.reason).toMatch(/Импорт из файла «Школы.xlsx»/)

    const undone = await put(found.id, 'undoing')
    expect(undone).toMatchObject({ state: 'undone', counts: { undone: 3, notUndone: 0 } })
    expect([await openOf(innAt(0)), await openOf(innAt(1))]).toEqual([[], []])
    expect((await openOf(romashka.inn))[0]?.address).toContain('Старомельничное')
    const actions = await world.db
      .selectFrom('journal')
      .select('action')
      .where('subject_kind', '=', 'import')
      .where('subject_id', '=', found.id)
      .orderBy('id')
      .execute()
    expect(actions.map(({ action }) => action.replace('organisations.', ''))).toEqual([
      'import-uploaded',
      'import-confirmed',
      'imported',
      'import-undo-ordered',
      'import-undone',
    ])
  })

  it('adds higher ones before those that stand under them, whatever the order of the file, and no rings', async () => {
    const found = await checked('Порядок.csv', [
      importRow(12, innAt(11)),
      importRow(11, innAt(10)),
      importRow(10, higher),
      importRow(13, innAt(14)),
      importRow(14, innAt(13)),
      importRow(15, innAt(16)),
      importRow(16, higher, { ОГРН: '1' }),
    ])
    expect(found.counts).toMatchObject({ add: 3, wrong: 4 })
    const wrong = await linesOf(found.id, '?outcome=wrong')
    expect(wrong.map(({ problems }: { problems: string[] }) => problems.join())).toEqual([
      expect.stringContaining('по кругу'),
      expect.stringContaining('по кругу'),
      expect.stringContaining('из строки 8 не будет добавлена'),
      expect.stringContaining('ОГРН'),
    ])
    expect((await put(found.id, 'confirmation')).counts).toMatchObject({ applied: 3, failed: 0 })
    expect((await openOf(innAt(12)))[0]?.lineage).toHaveLength(5)
  })

  it('does not overwrite what others did meanwhile, neither doing nor undoing, and says so', async () => {
    const found = await checked('Перемены.xlsx', [
      importRow(20, higher),
      importRow(21, higher),
      [romashka.inn, '', '', '', '', '', '', '', '', 'г. Верхнеозёрск, ул. Иная, д. 2'],
    ])
    const operator = world.as('tihomirov')
    const { version } = (await operator.get(`/organisations/${romashka.id}`)).body
    const change = { version, reason: 'Новый сайт', site: 'https://ivushka.example' }
    expect((await operator.patch(`/organisations/${romashka.id}`, change)).status).toBe(200)
    expect((await put(found.id, 'confirmation')).counts).toMatchObject({ applied: 2, failed: 1 })
    expect((await linesOf(found.id, '?outcome=failed'))[0].failed).toMatch(/организацию изменили/)

    const [added] = await openOf(innAt(20))
    const account = await world.db.selectFrom('accounts').select('id').limit(1).executeTakeFirstOrThrow()
    await world.db
      .insertInto('memberships')
      .values({
        id: crypto.randomUUID(),
        account_id: account.id,
        organisation_id: added?.id ?? '',
        role: 'member',
        starts_on: '2026-01-01',
        ends_on: null,
        attached_by: null,
        ended_by: null,
      })
      .execute()
    expect((await put(found.id, 'undoing')).counts).toMatchObject({ undone: 1, notUndone: 1 })
    const [left] = await linesOf(found.id, '?outcome=not-undone')
    expect(left).toMatchObject({ inn: innAt(20), undoProblem: expect.stringContaining('люди') })
    expect(await openOf(innAt(20))).toHaveLength(1)
  })

  it('goes only where its person keeps the registry, and is seen by that person', async () => {
    const found = await checked('Чужие.csv', [importRow(30, '', { 'Код региона': '01' })])
    expect((await linesOf(found.id))[0].problems.join()).toMatch(/Регион не из тех/)
    expect((await world.as('voznesensky').get('/organisations/imports')).status).toBe(403)
    expect((await world.as('orlova').get(`/organisations/imports/${found.id}`)).status).toBe(200)
    const reply = await world.as('tihomirov').put(`/organisations/imports/${found.id}/confirmation`)
    expect(reply.status).toBe(409)
    expect((await put(found.id, 'cancellation')).state).toBe('cancelled')
  })

  it('refuses what is no table, at once and in words', async () => {
    const refused = async (...parts: BlobPart[]) => {
      const { status, body } = await upload(new File(parts, 'организации.xlsx'))
      expect(status).toBe(422)
      return body.title as string
    }
    expect(await refused('что;то\n1;2')).toMatch(/нужны заголовки, среди них «ИНН»/)
    expect(await refused('ИНН;Адрес\n')).toMatch(/нет строк/)
    expect(await refused(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0]))).toMatch(/не таблица/)
    expect(await refused(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]))).toMatch(/повреждена/)
  })

  it('passes over a line that the database refuses: the others are done, with their history, and told in the journal once', async () => {
    const refusal = sql.raw("check (short_name <> 'Школа, которой нельзя')")
    await sql`alter table organisations add constraint refused ${refusal}`.execute(world.db)
    const rows = Array.from({ length: 20 }, (_, index) =>
      importRow(index + 5000, higher, index === 13 ? { 'Сокращённое наименование': 'Школа, которой нельзя' } : {}),
    )
    const found = await checked('Одна плохая.csv', rows)
    const done = await put(found.id, 'confirmation')
    await sql`alter table organisations drop constraint refused`.execute(world.db)
    expect(done).toMatchObject({ state: 'applied', counts: { applied: 19, failed: 1 } })
    const [failed] = await linesOf(found.id, '?outcome=failed')
    expect(failed).toMatchObject({ inn: innAt(5013), failed: expect.stringContaining('ошибки программы') })
    const ids = (await linesOf(found.id)).flatMap(
      (line: { organisationId: string | null }) => line.organisationId ?? [],
    )
    expect(ids).toHaveLength(19)
    const { rows: noted } = await sql<{ history: number; journal: number }>`
      select (select count(*) from organisation_changes where organisation_id = any(${ids}::uuid[])) as history,
        (select count(*) from journal where action = 'organisation.created' and subject_id = any(${ids}::text[])) as journal`.execute(
      world.db,
    )
    expect(noted[0]).toEqual({ history: 19, journal: 19 })
    expect(await verifyJournal(world.db)).toMatchObject({ intact: true })
  })

  it('changes many at once with the history of each field, and takes it back', async () => {
    const added = Array.from({ length: 30 }, (_, index) => importRow(index + 6000, higher))
    await put((await checked('Тридцать.csv', added)).id, 'confirmation')
    const changed = added.map((row, index) => row.with(9, `639110, г. Верхнеозёрск, ул. Новая, д. ${index}`))
    const found = await checked('Адреса.csv', changed.toReversed())
    expect(found.counts).toMatchObject({ change: 30 })
    expect((await put(found.id, 'confirmation')).counts).toMatchObject({ applied: 30, failed: 0 })
    const [one] = await openOf(innAt(6007))
    expect(one).toMatchObject({ address: expect.stringContaining('ул. Новая, д. 7'), version: 2 })
    const history = () =>
      world.db
        .selectFrom('organisation_changes')
        .select(['field', 'old', 'new', 'reason'])
        .where('organisation_id', '=', one?.id ?? '')
        .orderBy('id')
        .execute()
    expect((await history()).at(-1)).toEqual({
      field: 'address',
      old: expect.stringContaining('ул. Школьная'),
      new: expect.stringContaining('ул. Новая, д. 7'),
      reason: expect.stringContaining('Адреса.csv'),
    })
    expect((await put(found.id, 'undoing')).counts).toMatchObject({ undone: 30, notUndone: 0 })
    expect((await openOf(innAt(6007)))[0]?.address).toContain('ул. Школьная')
    expect(await history()).toHaveLength(3)
  })

  it('moves one under another that the same file adds, then changes the rest', async () => {
    await put((await checked('Корень.csv', [importRow(6100, higher), importRow(6101, higher)])).id, 'confirmation')
    const found = await checked('Переезд.csv', [importRow(6101, innAt(6100)), importRow(6102, innAt(6101))])
    expect((await put(found.id, 'confirmation')).counts).toMatchObject({ applied: 2, failed: 0 })
    const [root] = await openOf(innAt(6100))
    const [moved] = await openOf(innAt(6101))
    const [below] = await openOf(innAt(6102))
    expect(moved?.lineage).toEqual([...(root?.lineage ?? []), moved?.id])
    expect(below?.lineage).toEqual([...(moved?.lineage ?? []), below?.id])
    expect((await put(found.id, 'undoing')).counts).toMatchObject({ undone: 2, notUndone: 0 })
    expect((await openOf(innAt(6101)))[0]?.lineage).toEqual(moved?.lineage.filter((id) => id !== root?.id))
  })

  it('tells whoever has begun it that it has ended, with the way to its report', async () => {
    const found = await checked('Сообщение.csv', [importRow(6200, higher)])
    await put(found.id, 'confirmation')
    await world.settle()
    const { body } = await world.as('tihomirov').get('/messages')
    expect(body.rows[0]).toMatchObject({
      title: 'Импорт организаций выполнен',
      body: expect.stringContaining('«Сообщение.csv». Выполнено строк: 1'),
      href: `/organisations/imports/${found.id}`,
    })
  })

  it('takes a file of thousands, and stops and goes on without doing a line twice', async () => {
    const rows = Array.from({ length: 1100 }, (_, index) => importRow(index + 1000, higher))
    const found = await checked('Много.csv', rows)
    expect(found.counts).toMatchObject({ add: 1100 })
    const working = put(found.id, 'confirmation')
    await new Promise((resolve) => setTimeout(resolve, 300))
    const stopped = await world.as('tihomirov').put(`/organisations/imports/${found.id}/cancellation`)
    await working
    expect([200, 409]).toContain(stopped.status)
    const { counts } = await worked(found.id)
    const registry = await world.db
      .selectFrom('organisations')
      .select('id')
      .where('short_name', 'like', 'МБОУ «Школа № 2%')
      .execute()
    expect(registry.length).toBeGreaterThan(0)
    expect(counts.applied).toBe(
      (
        await world.db
          .selectFrom('organisation_import_lines')
          .select('number')
          .where('import_id', '=', found.id)
          .where('applied_at', 'is not', null)
          .execute()
      ).length,
    )
  })
})

describe('files that go out', () => {
  const read = async (path: string) => {
    const response = await world.as('tihomirov').fetch(`/api/v1${path}`)
    const rows: string[][] = []
    for await (const { cells } of readRows(new Uint8Array(await response.arrayBuffer())).rows) rows.push(cells)
    return rows
  }

  it('hold what the list shows, with numbers whole and nothing that is a formula; they come in again unchanged', async () => {
    const rows = await read('/organisations/export?format=xlsx&q=Ромашка')
    expect(rows).toHaveLength(2)
    expect(rows[0]?.slice(0, 3)).toEqual(['ИНН', 'Структурный уровень', 'Сокращённое наименование'])
    expect(rows[1]?.[0]).toBe(romashka.inn)
    expect(rows[1]).toContain(higher)
    const csv = await read('/organisations/export?format=csv&q=Ромашка')
    expect(csv[1]?.find((cell) => cell.includes('+7'))).toMatch(/^'\+7/)
    const again = (await world.as('tihomirov').fetch('/api/v1/organisations/export?format=csv')).arrayBuffer()
    const { body } = await upload(new File([await again], 'Организации.csv'))
    const found = await worked(body.id)
    expect(found.counts).toMatchObject({ add: 0, change: 0, wrong: 0, same: found.lines })
    const noted = await world.db
      .selectFrom('journal')
      .select('action')
      .where('action', '=', 'organisations.exported')
      .execute()
    expect(noted.length).toBe(3)
  })

  it('are the template, which is understood whole, and the report of each line', async () => {
    const template = await read('/organisations/imports/template?format=xlsx')
    expect(template[0]).toEqual(expect.arrayContaining(importHeadings))
    const [latest] = (await world.as('tihomirov').get('/organisations/imports')).body
    const report = await read(`/organisations/imports/${latest.id}/report?format=csv`)
    expect(report[0]?.slice(0, 3)).toEqual(['Строка', 'Что сделать', 'Сделано'])
    expect(report).toHaveLength(latest.lines + 1)
  })
})
