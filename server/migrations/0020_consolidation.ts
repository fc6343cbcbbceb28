import type { Tx } from '../kernel/db/index.ts'

/** Consolidated figures. */
export async function up(_tx: Tx): Promise<void> {}
