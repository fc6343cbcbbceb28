import type { Tx } from '../kernel/db/index.ts'

/** Versions of forms with from and to. */
export async function up(_tx: Tx): Promise<void> {}
