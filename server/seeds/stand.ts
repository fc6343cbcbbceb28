/** Plants the stand's fictional region once, into an empty database. */
import { type Db, transaction } from '../kernel/db/index.ts'
import { plantAccounts } from './stand.accounts.ts'
import { plantMemberships, plantOrganisations } from './stand.organisations.ts'
import { hasAccounts } from './stand.queries.ts'
import { plantReporting } from './stand.reporting.ts'

/** One transaction: a stand that was interrupted is planted anew at the next start. */
export async function plantStand(db: Db): Promise<void> {
  if (await hasAccounts(db)) return
  await transaction({ db }, async (tx) => {
    const organisations = await plantOrganisations(tx)
    const accounts = await plantAccounts(tx)
    await plantMemberships(tx, accounts, organisations)
    await plantReporting(tx, accounts, organisations)
  })
}
