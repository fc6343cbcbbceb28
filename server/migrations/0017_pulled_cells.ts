import type { Tx } from '../kernel/db/index.ts'

/** Pulled cells: where they came from, and whether that has changed since; explanations of warnings. */
export async function up(_tx: Tx): Promise<void> {}
