/** Plants the stand's fictional region once, into an empty database. */
import type { Db } from '../kernel/db/index.ts'

export async function plantStand(_db: Db): Promise<void> {}
