/** Reports that a campaign gives to organisations: each begins with what the cabinet knows already, its title page. */
import { titleKey } from '../../../../contracts/reporting.ts'
import { type Form, openSheet } from '../../../../engine/index.ts'
import { randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
import { fillOf, fillTotal } from '../reports/sheets.ts'
import type { AskedOrganisation } from './audience.queries.ts'
import { insertFirstCells, insertReports } from './giving.queries.ts'

export async function giveReports(
  tx: Tx,
  campaignId: string,
  form: Form,
  organisations: readonly AskedOrganisation[],
): Promise<void> {
  const blank = openSheet(form)
  const reports = organisations.map((organisation) => {
    const title = titleOf(form, organisation)
    return { id: randomUUIDv7(), organisationId: organisation.id, title, ...fillTotal(fillOf(form, blank, title)) }
  })
  const given = await insertReports(tx, campaignId, reports)
  await insertFirstCells(
    tx,
    reports
      .filter(({ id }) => given.has(id))
      .flatMap(({ id, title }) => Object.entries(title).map(([cell, value]) => ({ reportId: id, cell, value }))),
  )
}

function titleOf(form: Form, organisation: AskedOrganisation): Record<string, string> {
  const known: Record<string, string | null> = {
    okpo: organisation.okpo,
    name: organisation.fullName,
    inn: organisation.inn,
    ogrn: organisation.ogrn,
    address: organisation.address,
    leader_fio: organisation.headName,
    leader_post: organisation.headPosition,
    phone: organisation.phone,
    email: organisation.email,
  }
  return Object.fromEntries(
    form.template.title.flatMap(({ field }) => {
      const value = known[field.toLowerCase()]
      return value ? [[titleKey(field), value]] : []
    }),
  )
}
