import type { Tx } from '../kernel/db/index.ts'

/** Acceptance by levels. */
export async function up(_tx: Tx): Promise<void> {}
