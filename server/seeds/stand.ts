/** Plants the stand's fictional region once, into an empty database. */
import { type Db, transaction } from '../kernel/db/index.ts'
import { referenceDirectory } from '../kernel/reference.ts'
import { hasAddresses, loadAddresses } from '../modules/organisations/index.ts'
import { plantAccounts } from './stand.accounts.ts'
import { plantMemberships, plantOrganisations, standRegion } from './stand.organisations.ts'
import { hasAccounts } from './stand.queries.ts'
import { plantReporting } from './stand.reporting.ts'
import { plantStandRoadmap } from './stand.roadmap.ts'

/** People and organisations in one transaction: a stand that was interrupted is planted anew at the next start. */
export async function plantStand(db: Db): Promise<void> {
  if (!(await hasAccounts(db))) await plantPeople(db)
  if (!(await hasAddresses(db))) await loadAddresses(db, referenceDirectory('addresses/00'), standRegion.code)
}

const plantPeople = (db: Db): Promise<void> =>
  transaction({ db }, async (tx) => {
    const organisations = await plantOrganisations(tx)
    const accounts = await plantAccounts(tx)
    await plantMemberships(tx, accounts, organisations)
    await plantReporting(tx, accounts, organisations)
    await plantStandRoadmap(tx, accounts, organisations)
  })
