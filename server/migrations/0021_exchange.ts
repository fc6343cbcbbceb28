import type { Tx } from '../kernel/db/index.ts'

/** Exchange of reports by files. */
export async function up(_tx: Tx): Promise<void> {}
