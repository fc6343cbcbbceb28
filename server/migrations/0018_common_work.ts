import type { Tx } from '../kernel/db/index.ts'

/** Several people at one report: presence, comments on cells, kinds of attachments. */
export async function up(_tx: Tx): Promise<void> {}
