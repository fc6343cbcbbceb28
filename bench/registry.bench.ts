/**
 * The registry of a country's share: sixty thousand organisations of a dozen regions, half a million attachments. The
 * operator's list of a region, filtered and sorted, against a bare query that reads the same fifty rows by an index.
 */
import { sql } from 'kysely'
import type { OrganisationsQuery } from '../contracts/organisations.ts'
import type { Scopes } from '../server/kernel/access/index.ts'
import type { Db } from '../server/kernel/db/index.ts'
import { listOrganisations } from '../server/modules/organisations/list.queries.ts'
import type { Measurement } from './measure.ts'
import type { BenchStand } from './stand.ts'

const regions = 12
const municipalities = 25
const institutions = 5000
const memberships = 500_000
const rounds = 400

type Case = { name: string; scopes: Scopes; query: Partial<OrganisationsQuery>; bare: (db: Db) => Promise<unknown> }

export async function benchRegistry(stand: BenchStand): Promise<Measurement[]> {
  await plantRegistry(stand.db)
  const results: Measurement[] = []
  for (const each of await casesOf(stand.db)) results.push(await measured(stand.db, each))
  return results
}

const nowhere: Scopes = { everywhere: false, regions: [], subtrees: [], organisations: [] }
const asItOpens: OrganisationsQuery = { q: '', sort: 'relevance', page: 1 }

async function casesOf(db: Db): Promise<Case[]> {
  const { rows } = await sql<{ id: string }>`
    select id from organisations where region_code = 'R3' and level = 'municipality' order by id limit 1`.execute(db)
  const municipality = rows[0]?.id ?? ''
  const ofRegion = { ...nowhere, regions: ['R3'] }
  const columns = sql`select id, short_name, inn, kind, level, state, parent_id from organisations`
  return [
    {
      name: 'region: kind, by name',
      scopes: ofRegion,
      query: { kind: 'school' },
      bare: (of) =>
        sql`${columns} where region_code = ${'R3'} and kind = ${'school'} and state = 'active'
        order by sort_name, id limit 50`.execute(of),
    },
    {
      name: 'region: kind, page 20, from the end',
      scopes: ofRegion,
      query: { kind: 'school', sort: '-name', page: 20 },
      bare: (of) =>
        sql`${columns} where region_code = ${'R3'} and kind = ${'school'} and state = 'active'
        order by sort_name desc, id desc limit 50 offset 950`.execute(of),
    },
    {
      name: 'region: two words',
      scopes: ofRegion,
      query: { q: 'школа 117' },
      bare: (of) =>
        sql`${columns} where region_code = ${'R3'} and search_text like ${'%школа%'}
        and search_text like ${'%117%'} order by sort_name, id limit 50`.execute(of),
    },
    {
      name: 'municipality: all, by name',
      scopes: { ...nowhere, subtrees: [municipality] },
      query: {},
      bare: (of) =>
        sql`${columns} where lineage @> array[${municipality}]::uuid[] and state = 'active'
        order by sort_name, id limit 50`.execute(of),
    },
    {
      name: 'everywhere, by name',
      scopes: { ...nowhere, everywhere: true },
      query: {},
      bare: (of) => sql`${columns} where state = 'active' order by sort_name, id limit 50`.execute(of),
    },
  ]
}

/** The 95th of a hundred, of runs that take turns. */
async function measured(db: Db, { name, scopes, query, bare }: Case): Promise<Measurement> {
  const times = { ours: [] as number[], bare: [] as number[] }
  for (let round = -50; round < rounds; round += 1) {
    const ours = await timed(() => listOrganisations(db, scopes, { ...asItOpens, ...query }))
    const other = await timed(() => bare(db))
    if (round < 0) continue
    times.ours.push(ours)
    times.bare.push(other)
  }
  const [ours, baseline] = [p95(times.ours), p95(times.bare)]
  return { name: `registry, ${name}`, unit: 'ms, p95', ours, baseline, ratio: baseline / ours, aim: '≥ 0.4' }
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await run()
  return performance.now() - started
}

const p95 = (times: number[]): number =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.95)] ?? Number.NaN

async function plantRegistry(db: Db): Promise<void> {
  await plantOrganisations(db)
  await plantMemberships(db)
  await sql`vacuum analyze`.execute(db)
}

/** Straight into the tables: numbers need no check digits here, and nobody's names stand in them. */
export async function plantOrganisations(db: Db): Promise<void> {
  await sql`insert into regions select 'R' || n, 'Область ' || n from generate_series(1, ${regions}::int) n`.execute(db)
  await plantLevel(
    db,
    'region',
    sql`select null::uuid as parent_id, '{}'::uuid[] as above, code as region_code, 1 as n
    from regions where code like 'R%'`,
  )
  await plantLevel(
    db,
    'municipality',
    sql`select o.id as parent_id, o.lineage as above, o.region_code, n
    from organisations o, generate_series(1, ${municipalities}::int) n where o.level = 'region' and o.region_code like 'R%'`,
  )
  await plantLevel(
    db,
    'institution',
    sql`select o.id as parent_id, o.lineage as above, o.region_code, n
    from organisations o, generate_series(1, ${institutions / municipalities}::int) n
    where o.level = 'municipality' and o.region_code like 'R%'`,
  )
}

/** Each person is attached to ten organisations, far apart. Numbered tables, because a plan for subqueries would take an hour. */
async function plantMemberships(db: Db): Promise<void> {
  await sql`
    insert into accounts (id, audience, email, surname, name)
    select uuidv7(), 'staff', 'bench' || n || '@registry.example', 'Проверочный', 'Пётр'
    from generate_series(1, ${memberships / 10}::int) n`.execute(db)
  await sql`
    create table bench_people as
    select id, row_number() over () as n from accounts where email like '%@registry.example'`.execute(db)
  await sql`
    create table bench_places as
    select id, row_number() over () - 1 as n from organisations where region_code like 'R%'`.execute(db)
  await sql`analyze bench_people, bench_places`.execute(db)
  await sql`
    insert into memberships (id, account_id, organisation_id, role, starts_on)
    select uuidv7(), person.id, place.id, 'member', current_date
    from bench_people person cross join generate_series(0, 9) k
    join bench_places place on place.n = (person.n * 10 + k * 5987) % (select count(*) from bench_places)
    on conflict do nothing`.execute(db)
  await sql`drop table bench_people, bench_places`.execute(db)
}

const plantLevel = (db: Db, level: string, places: ReturnType<typeof sql>) =>
  sql`
    with places as (${places}), given as (
      select uuidv7() as id, places.*, row_number() over () as serial,
        (array['preschool', 'school', 'school', 'additional'])[1 + (n % 4)] as kind from places)
    insert into organisations (id, parent_id, lineage, level, short_name, full_name, inn, ogrn, region_code, kind,
      legal_form, address)
    select id, parent_id, above || id, ${level},
      'МБУ «' || (case kind when 'school' then 'Средняя школа' else 'Детский сад' end) || ' № ' || (serial * 7919 % 9973)
        || ' „' || (array['Ромашка', 'Берёзка', 'Родничок', 'Заря', 'Журавушка'])[1 + serial % 5] || '“»',
      'Муниципальное бюджетное учреждение № ' || serial || ' муниципального района № ' || n,
      (case ${level} when 'region' then '81' when 'municipality' then '82' else '83' end) || lpad(serial::text, 8, '0'),
      lpad(serial::text, 13, '0'), region_code, case ${level} when 'institution' then kind else 'authority' end,
      'municipal', 'Адрес ' || serial
    from given`.execute(db)
