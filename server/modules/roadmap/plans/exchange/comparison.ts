/** What a table would do to a plan as it stands now: line by line, with the old and the new. */
import { NewMeasure } from '../../../../../contracts/measures.ts'
import type { PlanImportLine } from '../../../../../contracts/plan-exchange.ts'
import { formatDate } from '../../../../../web/kit/index.ts'
import type { SectionRow } from '../../roadmaps/roadmaps.queries.ts'
import type { PlannedMeasure } from './exchange.queries.ts'
import type { GivenMeasure, GivenPlan, GivenSection } from './given.ts'

export type Indicator = { id: string; code: string; title: string }
export type PlanAsItIs = {
  /** Null: the template, into which sections may be added too. */
  region: string | null
  sections: readonly SectionRow[]
  measures: readonly PlannedMeasure[]
  indicators: readonly Indicator[]
  /** Ids of the registry by short names. */
  organisations: ReadonlyMap<string, string>
}

/** All of a measure as it would be; a section that is not there yet is named by its place in the table. */
export type Wanted = Omit<NewMeasure, 'region' | 'sectionId'> & { sectionId: string | null }
export type ComparedLine = PlanImportLine & { wanted: Wanted; of: PlannedMeasure | undefined; given: GivenSection }

const words = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[^a-zа-я0-9]+/gu, ' ')
    .trim()
const sameNumber = (one: string, other: string): boolean => one !== '' && words(one) === words(other)

export function compare(given: GivenPlan, plan: PlanAsItIs): ComparedLine[] {
  const seen = new Set<string>()
  return given.sections.flatMap((section) => {
    const place = findSection(section, plan)
    return section.measures.map((measure) => compareLine(measure, section, place, plan, seen))
  })
}

/** By its title, else by its number. */
export const findSection = ({ number, title }: GivenSection, { sections }: PlanAsItIs): SectionRow | undefined =>
  sections.find((section) => words(section.title) === words(title)) ??
  sections.find((section) => sameNumber(section.number, number))

function findPlanned({ number, title }: GivenMeasure, { measures }: PlanAsItIs): PlannedMeasure | undefined {
  const numbered = measures.filter((measure) => sameNumber(measure.number, number))
  return (
    numbered.find((measure) => words(measure.title) === words(title)) ??
    numbered[0] ??
    measures.find((measure) => words(measure.title) === words(title))
  )
}

function compareLine(
  measure: GivenMeasure,
  section: GivenSection,
  place: SectionRow | undefined,
  plan: PlanAsItIs,
  seen: Set<string>,
): ComparedLine {
  const of = findPlanned(measure, plan)
  const unsure = measure.doubts.filter(({ certainty }) => certainty === 'unsure').map(({ text }) => text)
  const wrong = measure.doubts.filter(({ certainty }) => certainty === 'wrong').map(({ text }) => text)
  const wanted = wantedOf(measure, place, of, plan, unsure)
  const key = of?.id ?? `${words(measure.number)} ${words(measure.title)}`
  if (seen.has(key)) wrong.push('такое мероприятие в таблице уже есть выше')
  seen.add(key)
  if (of?.cancelled) wrong.push('мероприятие отменено')
  if (!place && plan.region !== null) wrong.push(`раздела «${section.title}» в дорожной карте нет`)
  if (of?.dueOn && measure.dueOn === undefined) wanted.dueOn = of.dueOn
  if (!of && measure.dueOn === undefined) wrong.push('в таблице нет столбца со сроком')
  const all = differences(of ?? nothing, wanted, plan).filter(({ field }) => of || !toldOfNew.has(field))
  const changes = of?.copy ? all.filter(({ own }) => own) : all
  if (of?.copy && changes.length < all.length) unsure.push('остальное меняется только в шаблоне плана')
  if (wrong.length === 0) wrong.push(...problemsOf(wanted))
  const outcome = wrong.length > 0 ? 'wrong' : !of ? 'added' : changes.length > 0 ? 'changed' : 'same'
  return {
    line: measure.line,
    number: wanted.number,
    title: wanted.title,
    section: place ? `${place.number}. ${place.title}` : section.title,
    outcome,
    measureId: of?.id ?? null,
    unsure: unsure.length > 0 && (outcome === 'added' || outcome === 'changed'),
    doubts: [...wrong, ...unsure],
    changes: changes.map(({ field, was, becomes }) => ({ field, was, becomes })),
    wanted,
    of,
    given: section,
  }
}

/** What the table does not say stays as it is in the plan. */
function wantedOf(
  given: GivenMeasure,
  place: SectionRow | undefined,
  of: PlannedMeasure | undefined,
  plan: PlanAsItIs,
  unsure: string[],
): Wanted {
  const organisation = organisationsOf(given, of, unsure)
  const known = new Map(
    plan.measures.flatMap((each) => [
      [each.organisation, each.organisationId] as const,
      ...each.coExecutors.map(({ name, organisationId }) => [name, organisationId] as const),
    ]),
  )
  const named = (name: string) => ({ organisationId: known.get(name) ?? plan.organisations.get(name) ?? null, name })
  return {
    sectionId: place?.id ?? null,
    number: given.number || of?.number || '',
    title: given.title,
    startsOn: given.startsOn === undefined ? (of?.startsOn ?? null) : given.startsOn,
    dueOn: given.dueOn ?? of?.dueOn ?? '',
    expectedResult: given.expectedResult ?? of?.expectedResult ?? '',
    organisation: named(organisation.first),
    responsiblePerson: given.responsiblePerson ?? of?.responsiblePerson ?? '',
    coExecutors: organisation.others.map(named),
    evidenceKinds: given.evidenceKinds ?? of?.evidenceKinds ?? [],
    indicatorId: indicatorOf(given, of, plan, unsure),
    after: of?.after ?? [],
  }
}

/** The first of several responsible ones answers, the others take part. */
function organisationsOf(given: GivenMeasure, of: PlannedMeasure | undefined, unsure: string[]) {
  const executors = of?.coExecutors.map(({ name }) => name) ?? []
  const others = given.coExecutors ?? executors
  if (given.organisation === undefined || given.organisation === of?.organisation)
    return { first: of?.organisation ?? '', others }
  const [first = '', ...more] = namesOf(given.organisation)
  if (more.length > 0) unsure.push(`ответственных несколько: первым взят «${first}», остальные — соисполнители`)
  return { first, others: [...new Set([...more, ...others])] }
}

/** Lines part names always; a comma only where each part begins as a name does. */
function namesOf(text: string): string[] {
  const lines = text.split('\n').filter(Boolean)
  const [only = ''] = lines
  if (lines.length > 1) return lines
  const parts = only.split(/,\s+/u)
  return parts.length > 1 && parts.every((part) => /^[«"]?[А-ЯЁA-Z]/u.test(part)) ? parts : lines
}

function indicatorOf(
  { indicator }: GivenMeasure,
  of: PlannedMeasure | undefined,
  { indicators }: PlanAsItIs,
  unsure: string[],
): string | null {
  if (indicator === undefined) return of?.indicatorId ?? null
  if (indicator === '') return null
  const found = indicators.find(({ code, title }) => words(title) === words(indicator) || code === indicator)
  if (!found) unsure.push(`показателя «${indicator}» в дорожной карте нет`)
  return found?.id ?? of?.indicatorId ?? null
}

const nothing: PlannedMeasure = {
  ...{ id: '', sectionId: '', number: '', title: '', startsOn: null, dueOn: '', organisationId: null },
  ...{ organisation: '', responsiblePerson: '', coExecutors: [], expectedResult: '', evidenceKinds: [] },
  ...{ indicatorId: null, after: [], copy: false, cancelled: false, version: 0 },
}
/** Of a new measure these stand in its line already. */
const toldOfNew = new Set(['Раздел', 'Номер', 'Название'])

type Difference = { field: string; was: string; becomes: string; own: boolean }

/** `own`: what a region changes in a copy of the template too. */
function differences(of: PlannedMeasure, wanted: Wanted, plan: PlanAsItIs): Difference[] {
  const shownDay = (day: string | null) => (day ? formatDate(day) : '')
  const sectionOf = (id: string | null) => plan.sections.find((section) => section.id === id)?.title ?? ''
  const indicatorTitle = (id: string | null) => plan.indicators.find((indicator) => indicator.id === id)?.title ?? ''
  const template: (readonly [string, string, string])[] = [
    ['Раздел', sectionOf(of.sectionId), wanted.sectionId === null ? 'новый' : sectionOf(wanted.sectionId)],
    ['Номер', of.number, wanted.number],
    ['Название', of.title, wanted.title],
    ['Начало', shownDay(of.startsOn), shownDay(wanted.startsOn)],
    ['Срок', shownDay(of.dueOn), shownDay(wanted.dueOn)],
    ['Ожидаемый результат', of.expectedResult, wanted.expectedResult],
    ['Подтверждающие документы', of.evidenceKinds.join('; '), wanted.evidenceKinds.join('; ')],
    ['Показатель', indicatorTitle(of.indicatorId), indicatorTitle(wanted.indicatorId)],
  ]
  // The template belongs to nobody who would answer for it.
  const own: (readonly [string, string, string])[] =
    plan.region === null
      ? []
      : [
          ['Ответственная организация', of.organisation, wanted.organisation.name],
          ['Ответственное лицо', of.responsiblePerson, wanted.responsiblePerson],
          ['Соисполнители', of.coExecutors.map(nameOf).join('; '), wanted.coExecutors.map(nameOf).join('; ')],
        ]
  const asked = [...template.map((each) => [...each, false] as const), ...own.map((each) => [...each, true] as const)]
  return asked.flatMap(([field, was, becomes, isOwn]) =>
    oneSpaced(was) === oneSpaced(becomes) ? [] : [{ field, was, becomes, own: isOwn }],
  )
}

const nameOf = ({ name }: { name: string }): string => name
const oneSpaced = (text: string): string => text.replaceAll(/[\s\u00a0]+/gu, ' ').trim()

/** The same rules as for what is typed. */
function problemsOf(wanted: Wanted): string[] {
  const whole = { ...wanted, region: 'any', sectionId: wanted.sectionId ?? '00000000-0000-4000-8000-000000000000' }
  const checked = NewMeasure.safeParse(whole)
  return checked.success ? [] : [...new Set(checked.error.issues.map(({ message }) => message))]
}
