/** What the tests of reporting begin with: reports of the stand by whose they are, and values that pass every check. */
import { readFileSync } from 'node:fs'
import { compileForm, openSheet, reportValues } from '../../engine/index.ts'
import { readReport, readTemplate } from '../../engine/xml.ts'
import type { ApiClient } from './clients.ts'
import type { PersonKey, World } from './world.ts'

const reference = new URL('../../reference/forms/', import.meta.url)

export const xmlOf = (name: string): string => readFileSync(new URL(name, reference), 'utf8')

/** Entered cells of 85-К for 2026 without errors, with one warning. */
export function cleanValues(): Record<string, string> {
  const template = readTemplate(xmlOf('85-k.xml'))
  const sample = readReport(xmlOf('samples/85-k-2026.xml'))
  if (!template.ok || !sample.ok) throw new Error('The samples cannot be read')
  const form = compileForm(template.template)
  return openSheet(form, reportValues(form, sample.report)).values()
}

export const kindergartens85 = '0609506'

/** Id of the report of an organisation of the stand, of 85-К unless said; `name` is a part of the organisation's. */
export async function reportOf(world: World, name: string, year = 2026, cipher = '85-К'): Promise<string> {
  const row = await world.db
    .selectFrom('reports as r')
    .innerJoin('campaigns as c', 'c.id', 'r.campaign_id')
    .innerJoin('form_versions as v', 'v.id', 'c.form_version_id')
    .innerJoin('forms as f', 'f.id', 'v.form_id')
    .innerJoin('organisations as o', 'o.id', 'r.organisation_id')
    .select('r.id')
    .where('o.short_name', 'like', `%${name}%`)
    .where('c.year', '=', year)
    .where('f.cipher', '=', cipher)
    .executeTakeFirstOrThrow()
  return row.id
}

/**
 * A report of an organisation of the stand by a version of a form that no campaign has yet; everything else is as in the
 * campaign of 85-К. `name` is a part of the organisation's.
 */
export async function newReport(
  world: World,
  { versionId, name, year, title = `${year} год` }: { versionId: string; name: string; year: number; title?: string },
): Promise<string> {
  const { id: organisation } = await world.db
    .selectFrom('organisations')
    .select('id')
    .where('short_name', 'like', `%${name}%`)
    .executeTakeFirstOrThrow()
  const pattern = await world.db.selectFrom('campaigns').selectAll().limit(1).executeTakeFirstOrThrow()
  const campaign = {
    ...pattern,
    audience: JSON.stringify(pattern.audience),
    scopes: JSON.stringify(pattern.scopes),
    id: crypto.randomUUID(),
    predecessor_id: null,
    year,
    title,
    form_version_id: versionId,
  }
  const id = crypto.randomUUID()
  await world.db.insertInto('campaigns').values(campaign).execute()
  await world.db
    .insertInto('reports')
    .values({ id, campaign_id: campaign.id, organisation_id: organisation, errors: null, warnings: null, reason: null })
    .execute()
  return id
}

/** Each person signs in once for the whole file. */
export function peopleOf(world: World): (person: PersonKey) => ApiClient {
  const clients = new Map<PersonKey, ApiClient>()
  return (person) => {
    const client = clients.get(person) ?? world.as(person)
    clients.set(person, client)
    return client
  }
}
