import type { Tx } from '../kernel/db/index.ts'

/** Forms being designed, before they are published. */
export async function up(_tx: Tx): Promise<void> {}
