import type { PageContext } from '../../kernel/http/index.ts'

export const ownApplications = async (_ctx: PageContext) => null
