import { pages } from '../../kernel/http/index.ts'
import type { OrganisationBlock } from '../../kernel/room.ts'

export const organisationsPages = (_blocks: OrganisationBlock[]) => pages('/organisations')
