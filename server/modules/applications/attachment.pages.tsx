import { pages } from '../../kernel/http/index.ts'

export const attachmentPages = pages('/applications/new')
