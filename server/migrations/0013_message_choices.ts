import type { Tx } from '../kernel/db/index.ts'

export async function up(_tx: Tx): Promise<void> {}
