import { pages } from '../../kernel/http/index.ts'

export const applicationsPages = pages('/applications')
