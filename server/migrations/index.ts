import type { Migration } from '../kernel/db/index.ts'
import { up as kernel } from './0001_kernel.ts'

/** In the order in which they are applied; a migration that has landed is never changed. */
export const migrations: readonly Migration[] = [{ name: '0001_kernel', up: kernel }]
