import type { Tx } from '../kernel/db/index.ts'

/** Leftovers of the service of applications, letters and imports. */
export async function up(_tx: Tx): Promise<void> {}
