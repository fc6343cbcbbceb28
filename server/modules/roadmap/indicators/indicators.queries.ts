import type { Better, Breaks, IndicatorSource, Merging, Periodicity } from '../../../../contracts/indicators.ts'
import { randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'

export type NewIndicatorRow = {
  roadmapId: string
  position: number
  code: string
  title: string
  definition: string
  unit: string
  decimals: number
  better: Better
  source: IndicatorSource
  formula: string | null
  periodicity: Periodicity
  merging: Merging
  weightId: string | null
  breaks: Breaks
  countsPeople: boolean
}

export async function insertIndicator(tx: Tx, row: NewIndicatorRow): Promise<string> {
  const id = randomUUIDv7()
  await tx
    .insertInto('indicators')
    .values({
      id,
      roadmap_id: row.roadmapId,
      position: row.position,
      code: row.code,
      title: row.title,
      definition: row.definition,
      unit: row.unit,
      decimals: row.decimals,
      better: row.better,
      source: row.source,
      formula: row.formula,
      periodicity: row.periodicity,
      merging: row.merging,
      weight_id: row.weightId,
      breaks: row.breaks,
      counts_people: row.countsPeople,
    })
    .execute()
  return id
}
