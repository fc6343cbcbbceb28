/** What other rooms keep about an organisation: said before it is closed. */
import type { Db } from '../../kernel/db/index.ts'

type Ties = (db: Db, organisationId: string) => Promise<string[]>

const registered: Ties[] = []

/** Said once by the composition. */
export function registerTies(ties: readonly Ties[]): void {
  registered.splice(0, registered.length, ...ties)
}

/** Each a sentence. */
export const tiesOf = async (db: Db, organisationId: string): Promise<string[]> =>
  (await Promise.all(registered.map((find) => find(db, organisationId)))).flat()
