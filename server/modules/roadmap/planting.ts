/** A roadmap with a past, for the stand: as its people would have left it. */
import type { Tx } from '../../kernel/db/index.ts'
import { insertIndicator, type NewIndicatorRow } from './indicators/indicators.queries.ts'
import { publishWorkedOut } from './indicators/worked-out.ts'
import { insertMeasures, type NewMeasureRow } from './plans/measures.queries.ts'
import { type PlantedFact, type PlantedFigure, writeFacts, writeFigures } from './planting.queries.ts'
import {
  insertRoadmap,
  insertRoadmapRegions,
  insertSection,
  markPublished,
  type NewRoadmapRow,
} from './roadmaps/roadmaps.queries.ts'

export type PlantedMeasure = Pick<
  NewMeasureRow,
  'number' | 'title' | 'expectedResult' | 'startsOn' | 'dueOn' | 'evidenceKinds'
>
/** What a region has done of a measure of the template by its number. */
export type MeasureFact = Omit<PlantedFact, 'id'>
export type FigureFact = Omit<PlantedFigure, 'indicatorId' | 'region'>

export type PlantedRoadmap = NewRoadmapRow & {
  publishedAt: Date
  regions: readonly string[]
  sections: readonly { number: string; title: string; measures: readonly PlantedMeasure[] }[]
  indicators: readonly (Omit<NewIndicatorRow, 'roadmapId' | 'position' | 'weightId'> & { weight: string | null })[]
  responsible: (
    region: string,
    number: string,
  ) => Pick<NewMeasureRow, 'organisationId' | 'organisationName' | 'responsiblePerson'>
  factOf: (region: string, measure: PlantedMeasure) => MeasureFact | undefined
  figuresOf: (region: string, indicatorCode: string) => readonly FigureFact[]
  by: { operator: string; coordinator: string }
}

/** The template is spread to every region, and what the regions have done by now is written. */
export async function plantRoadmap(tx: Tx, planted: PlantedRoadmap): Promise<string> {
  const roadmapId = await insertRoadmap(tx, planted, planted.by.coordinator)
  await markPublished(tx, roadmapId, planted.by.coordinator, planted.publishedAt)
  await insertRoadmapRegions(tx, roadmapId, planted.regions)
  await plantMeasures(tx, roadmapId, planted)
  await plantIndicators(tx, roadmapId, planted)
  return roadmapId
}

async function plantMeasures(tx: Tx, roadmapId: string, planted: PlantedRoadmap): Promise<void> {
  const template: NewMeasureRow[] = []
  for (const [index, { number, title, measures }] of planted.sections.entries()) {
    const sectionId = await insertSection(tx, roadmapId, { position: index + 1, number, title })
    for (const measure of measures) template.push(templateRow(roadmapId, sectionId, template.length + 1, measure))
  }
  const templateIds = await insertMeasures(tx, template, planted.by.coordinator)
  const copies = planted.regions.flatMap((region) =>
    template.map((measure, index) => ({
      ...measure,
      region,
      templateId: templateIds[index] ?? null,
      ...planted.responsible(region, measure.number),
    })),
  )
  const ids = await insertMeasures(tx, copies, planted.by.coordinator)
  const facts = copies.flatMap((copy, index): PlantedFact[] => {
    const fact = planted.factOf(copy.region, copy)
    const id = ids[index]
    return fact && id ? [{ ...fact, id }] : []
  })
  await writeFacts(tx, facts, planted.by.operator)
}

const templateRow = (
  roadmapId: string,
  sectionId: string,
  position: number,
  measure: PlantedMeasure,
): NewMeasureRow => ({
  ...measure,
  roadmapId,
  sectionId,
  position,
  region: null,
  templateId: null,
  organisationId: null,
  organisationName: '',
  responsiblePerson: '',
  indicatorId: null,
})

async function plantIndicators(tx: Tx, roadmapId: string, planted: PlantedRoadmap): Promise<void> {
  const ids = new Map<string, string>()
  for (const [index, { weight, ...indicator }] of planted.indicators.entries()) {
    const weightId = weight === null ? null : (ids.get(weight) ?? null)
    ids.set(indicator.code, await insertIndicator(tx, { ...indicator, roadmapId, position: index + 1, weightId }))
  }
  const figures = [...ids].flatMap(([code, indicatorId]) =>
    planted.regions.flatMap((region) =>
      planted.figuresOf(region, code).map((figure) => ({ ...figure, indicatorId, region })),
    ),
  )
  await writeFigures(tx, figures, planted.by)
  const published = figures.filter(({ state }) => state === 'published').map(({ period }) => period)
  await publishWorkedOut(tx, roadmapId, [...new Set(published)])
}
