import type {
  Better,
  Breaks,
  IndicatorLevel,
  IndicatorPull,
  IndicatorSource,
  Merging,
  Periodicity,
} from '../../../../contracts/indicators.ts'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'

const indicatorColumns = [
  'id',
  'roadmap_id as roadmapId',
  'section_id as sectionId',
  'position',
  'code',
  'title',
  'definition',
  'unit',
  'decimals',
  'better',
  'level',
  'source',
  'formula',
  'pull',
  'periodicity',
  'merging',
  'weight_id as weightId',
  'breaks',
  'public',
  'counts_people as countsPeople',
  'least',
  'most',
  'jump_percent as jumpPercent',
  'version',
  'archived_at as archivedAt',
] as const

export type IndicatorRow = {
  id: string
  roadmapId: string
  sectionId: string | null
  position: number
  /** Its name in formulas. */
  code: string
  title: string
  definition: string
  unit: string
  /** Signs after the point. */
  decimals: number
  better: Better
  level: IndicatorLevel
  source: IndicatorSource
  formula: string | null
  pull: IndicatorPull | null
  periodicity: Periodicity
  merging: Merging
  weightId: string | null
  breaks: Breaks
  public: boolean
  countsPeople: boolean
  least: string | null
  most: string | null
  /** A change against the last period by more than so many per cent asks for an explanation. */
  jumpPercent: string | null
  version: number
  archivedAt: Date | null
}

/** In their order, archived ones too. */
export const listIndicators = (db: Db, roadmapId: string): Promise<IndicatorRow[]> =>
  db
    .selectFrom('indicators')
    .select(indicatorColumns)
    .where('roadmap_id', '=', roadmapId)
    .orderBy('position')
    .orderBy('id')
    .execute()

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
