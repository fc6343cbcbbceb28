import type { BehindQuery, ConsolidationQuery } from '../../../../contracts/consolidation.ts'

type Asked = Partial<ConsolidationQuery> & Partial<Pick<BehindQuery, 'cell' | 'page'>>

function addressOf(path: string, query: Asked): string {
  const parts = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value && !(name === 'page' && value === 1)) parts.set(name, String(value))
  return parts.size > 0 ? `${path}?${parts}` : path
}

export const consolidationHref = (query: Asked): string => addressOf('/consolidation', query)
export const behindHref = (query: Asked): string => addressOf('/consolidation/cell', query)
export const tableHref = (query: Asked & { format: 'xlsx' | 'csv' }): string => addressOf('/consolidation/table', query)
