/** What a change changes, field by field, in the words of the history. */
import type { MeasureChange, NamedOrganisation, ResponsibleChange } from '../../../../contracts/measures.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { listSections } from '../roadmaps/roadmaps.queries.ts'
import { type FieldChange, listIndicators, listLinks, listPlanned } from './changing.queries.ts'
import { listCoExecutors } from './details.queries.ts'
import type { MeasureRow } from './measures.queries.ts'
import { findOrganisationsById } from './organisations.queries.ts'

/** Names of what a change refers to by ids. */
export type Names = {
  sections: ReadonlyMap<string, string>
  indicators: ReadonlyMap<string, string>
  organisations: ReadonlyMap<string, string>
  numbers: ReadonlyMap<string, string>
  coExecutors: readonly string[]
  after: readonly string[]
}

type Change = Pick<MeasureChange, 'organisation' | 'coExecutors'>

export async function readNames(db: Db, { id, roadmapId, region }: MeasureRow, change: Change): Promise<Names> {
  const ids = [change.organisation, ...change.coExecutors].flatMap(({ organisationId }) => organisationId ?? [])
  const [sections, indicators, planned, links, coExecutors, organisations] = await Promise.all([
    listSections(db, roadmapId),
    listIndicators(db, roadmapId),
    listPlanned(db, roadmapId, region),
    listLinks(db, roadmapId, region),
    listCoExecutors(db, id),
    ids.length > 0 ? findOrganisationsById(db, ids) : [],
  ])
  return {
    sections: new Map(sections.map((section) => [section.id, `${section.number}. ${section.title}`])),
    indicators: new Map(indicators.map((indicator) => [indicator.id, indicator.title])),
    organisations: new Map(organisations.map((found) => [found.id, found.shortName])),
    numbers: new Map(planned.map((measure) => [measure.id, measure.number])),
    coExecutors: coExecutors.map(({ name }) => name),
    after: links.flatMap(({ measureId, afterId }) => (measureId === id ? [afterId] : [])),
  }
}

/** Of a measure of the template, whose responsible ones are the regions' affair, and of a region's own addition. */
export function differences(measure: MeasureRow, change: MeasureChange, names: Names): FieldChange[] {
  const { sections, indicators, numbers } = names
  const indicatorOf = (id: string | null) => (id === null ? null : (indicators.get(id) ?? 'показатель из архива'))
  const numbersOf = (ids: readonly string[]) =>
    ids
      .map((id) => numbers.get(id) ?? '')
      .toSorted(byNumber)
      .join(', ')
  return [
    ...changed('section', sections.get(measure.sectionId), sections.get(change.sectionId)),
    ...changed('number', measure.number, change.number),
    ...changed('title', measure.title, change.title),
    ...changed('expectedResult', measure.expectedResult, change.expectedResult),
    ...changed('startsOn', measure.startsOn, change.startsOn),
    ...changed('dueOn', measure.dueOn, change.dueOn),
    ...changed('indicator', indicatorOf(measure.indicatorId), indicatorOf(change.indicatorId)),
    ...changed('evidenceKinds', measure.evidenceKinds.join('; '), change.evidenceKinds.join('; ')),
    ...changed('after', numbersOf(names.after), numbersOf(change.after)),
    ...(measure.region === null ? [] : responsibleDifferences(measure, change, names)),
  ]
}

export function responsibleDifferences(
  measure: MeasureRow,
  change: Omit<ResponsibleChange, 'version'>,
  { organisations, coExecutors }: Names,
): FieldChange[] {
  const nameOf = ({ organisationId, name }: NamedOrganisation) =>
    organisationId ? (organisations.get(organisationId) ?? '') : name
  return [
    ...changed('organisation', measure.organisationName, nameOf(change.organisation)),
    ...changed('responsiblePerson', measure.responsiblePerson, change.responsiblePerson),
    ...changed('coExecutors', coExecutors.join('; '), change.coExecutors.map(nameOf).join('; ')),
  ]
}

function changed(field: string, before: string | null | undefined, after: string | null | undefined): FieldChange[] {
  const [oldValue, newValue] = [before || null, after || null]
  return oldValue === newValue ? [] : [{ field, oldValue, newValue }]
}

const byNumber = (one: string, other: string): number => one.localeCompare(other, 'ru', { numeric: true })
