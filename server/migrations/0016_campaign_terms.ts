import type { Tx } from '../kernel/db/index.ts'

/** Campaigns by audience, their terms, extensions and reminders. */
export async function up(_tx: Tx): Promise<void> {}
