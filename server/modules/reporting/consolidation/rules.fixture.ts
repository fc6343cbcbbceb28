/**
 * A made-up form with every rule of adding up, in two versions of which the second calls a row otherwise, and a campaign
 * of each over one half of the stand's institutions, for the same year.
 */
import { sql } from 'kysely'
import type { TotalRule } from '../../../../engine/index.ts'
import { type Db, randomUUIDv7 } from '../../../kernel/db/index.ts'
import { type CampaignOfPeriod, listCampaignsOf } from './totals.queries.ts'

export const rules = ['sum', 'average', 'weighted', 'maximum', 'minimum', 'count', 'list'] as const
export type Rule = (typeof rules)[number]

/** Columns of section 1 by the rule of each; the sum weighs the weighted average. */
export const columnOf: Record<Rule, string> = {
  sum: '3',
  average: '4',
  weighted: '5',
  maximum: '6',
  minimum: '7',
  count: '8',
  list: '9',
}

export const forms = ['собственность', 'аренда', 'безвозмездно'] as const
export const kinds = ['1', '2', '3'] as const

export type PlantedReport = { id: string; organisation: string; version: 1 | 2 }
export type PlantedForm = { formId: string; code: string; campaigns: CampaignOfPeriod[]; reports: PlantedReport[] }

export async function plantForm(db: Db): Promise<PlantedForm> {
  const formId = randomUUIDv7()
  const code = 'rules'
  await sql`
    insert into forms (id, code, okud, cipher, name, periodicity)
    values (${formId}, ${code}, '9999997', 'Правила', 'Форма со всеми правилами', '1')`.execute(db)
  const { rows: model } = await sql<{ template: object }>`select template from form_versions limit 1`.execute(db)
  const { rows: organisations } = await sql<{ id: string }>`
    select id from organisations where level = 'institution' and parent_id is not null order by id limit 24`.execute(db)
  const reports: PlantedReport[] = []
  for (const version of [1, 2] as const) {
    const [versionId, campaignId] = [randomUUIDv7(), randomUUIDv7()]
    const template = { ...model[0]?.template, ...templateOf(version) }
    await sql`
      insert into form_versions (id, form_id, number, template, source_xml)
      values (${versionId}, ${formId}, ${version}, ${JSON.stringify(template)}::jsonb, '')`.execute(db)
    await sql`
      insert into campaigns (id, form_version_id, year, title, deadline, audience)
      values (${campaignId}, ${versionId}, 2026, '2026 год', now(), '{}')`.execute(db)
    for (const { id: organisation } of organisations.filter((_, index) => index % 2 === version - 1)) {
      const id = randomUUIDv7()
      await sql`
        insert into reports (id, campaign_id, organisation_id, state)
        values (${id}, ${campaignId}, ${organisation}, 'draft')`.execute(db)
      reports.push({ id, organisation, version })
    }
  }
  return { formId, code, campaigns: await listCampaignsOf(db, formId), reports }
}

/** The row of section 1, as each version calls it. */
export const rowOf = (version: 1 | 2): string => (version === 1 ? '101' : '111')

export async function send(db: Db, report: string, cells: Record<string, string>): Promise<void> {
  await sql`
    insert into submissions (id, report_id, number, cells, content_hash)
    select gen_random_uuid(), ${report}::uuid, coalesce(max(number), 0) + 1, ${JSON.stringify(cells)}::jsonb,
      repeat('0', 64)
    from submissions where report_id = ${report}`.execute(db)
  await sql`update reports set state = 'sent', sent_at = clock_timestamp() where id = ${report}`.execute(db)
}

function templateOf(version: 1 | 2): object {
  const rule = (section: string, column: string, total: TotalRule['total']): TotalRule => ({ section, column, total })
  const number = (code: string) => ({
    code,
    name: `Графа ${code}`,
    type: 'Z',
    heading: [],
    cell: { column: code, inputType: 2, format: 'N(12,2)' },
  })
  const label = { code: '1', name: 'Показатель', type: 'B', heading: [] }
  const text = {
    ...number(columnOf.list),
    cell: { column: columnOf.list, inputType: 2, format: 'C(50)' },
  }
  const kind = {
    code: '2',
    name: 'Вид',
    type: 'S',
    heading: [],
    specific: 's1',
    cell: { column: '2', inputType: 1, dictionary: 'kinds' },
  }
  return {
    code: 'rules',
    cipher: 'Правила',
    controls: [],
    title: [],
    pulls: [],
    ...(version === 2 ? { renamed: { '1/101': '1/111' } } : {}),
    dictionaries: [{ id: 'kinds', terms: kinds.map((id) => ({ id, name: `Вид ${id}`, attributes: {} })) }],
    totals: [
      rule('1', columnOf.average, 'average'),
      { ...rule('1', columnOf.weighted, 'average'), weight: columnOf.sum },
      rule('1', columnOf.maximum, 'maximum'),
      rule('1', columnOf.minimum, 'minimum'),
      rule('1', columnOf.count, 'count'),
      rule('1', columnOf.list, 'list'),
      rule('2', '4', 'maximum'),
    ],
    sections: [
      {
        code: '1',
        name: 'По правилам',
        number: '1',
        columns: [label, ...['3', '4', '5', '6', '7', '8'].map(number), text],
        rows: [{ code: rowOf(version), name: 'Строка', type: 'F', level: 0, cells: [] }],
      },
      {
        code: '2',
        name: 'По видам',
        number: '2',
        columns: [label, kind, number('3'), number('4')],
        rows: [{ code: '201', name: 'Вид', type: 'M', level: 0, cells: [] }],
      },
      {
        code: '3',
        name: 'Без специфик',
        number: '3',
        columns: [label, number('3')],
        rows: [{ code: '301', name: 'Запись', type: 'M', level: 0, cells: [] }],
      },
    ],
  }
}
