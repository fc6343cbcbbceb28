/** The form of a measure as it is typed: days as ДД.ММ.ГГГГ, organisations by name or ИНН, lists a line each. */
import { z } from 'zod'
import {
  type Measure,
  MeasureChange,
  NewMeasure,
  ResponsibleChange,
  type ResponsibleChange as ResponsibleChangeBody,
  termsInOrder,
  wrongTerms,
} from '../../../../contracts/measures.ts'
import { formatDate, parseDate } from '../../../../web/kit/dates.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { organisationsOf, organisationWords } from './organisations.ts'

const Text = z.string().default('')
const Lines = Text.transform((typed) =>
  typed
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean),
)
/** A box that stands several times comes as a list, one alone as a text. */
const Ticked = z.preprocess((value) => (value === undefined || value === '' ? [] : [value].flat()), z.array(z.uuid()))

const whose = {
  organisation: Text.pipe(z.string().trim().max(500, 'Название организации — не длиннее 500 знаков')),
  responsiblePerson: Text.pipe(NewMeasure.shape.responsiblePerson.unwrap()),
  coExecutors: Lines.pipe(
    z
      .array(z.string().max(500, 'Название соисполнителя — не длиннее 500 знаков'))
      .max(30, 'Не больше 30 соисполнителей'),
  ),
}

const fields = {
  sectionId: NewMeasure.shape.sectionId,
  title: NewMeasure.shape.title,
  expectedResult: Text.pipe(NewMeasure.shape.expectedResult.unwrap()),
  startsOn: Text.refine((typed) => typed.trim() === '' || parseDate(typed) !== undefined, {
    message: 'Начало: ДД.ММ.ГГГГ, или оставьте пустым',
  })
    .transform((typed) => parseDate(typed) ?? null)
    .pipe(NewMeasure.shape.startsOn.unwrap()),
  dueOn: z
    .string('Укажите срок: ДД.ММ.ГГГГ')
    .transform((typed) => parseDate(typed) ?? '')
    .refine((day) => day !== '', { message: 'Укажите срок: ДД.ММ.ГГГГ', abort: true })
    .pipe(NewMeasure.shape.dueOn),
  ...whose,
  indicatorId: Text.transform((id) => id || null).pipe(NewMeasure.shape.indicatorId.unwrap()),
  evidenceKinds: Lines.pipe(NewMeasure.shape.evidenceKinds.unwrap()),
  after: Ticked.pipe(NewMeasure.shape.after.unwrap()),
}
const version = MeasureChange.shape.version

/** Without a number the next one of the section is taken. */
export const NewMeasureFields = z
  .object({ region: NewMeasure.shape.region, number: Text.pipe(z.string().trim().max(20)), ...fields })
  .refine(termsInOrder, wrongTerms)
export const MeasureFields = z
  .object({ number: NewMeasure.shape.number, ...fields, reason: MeasureChange.shape.reason, version })
  .refine(termsInOrder, wrongTerms)
export const ResponsibleFields = z.object({ ...whose, version: ResponsibleChange.shape.version })

type Typed = { organisation: string; coExecutors: string[] }

/** What was typed, with organisations of the registry where it is one of them. */
export async function withOrganisations<T extends Typed>(
  db: Db,
  typed: T,
): Promise<Omit<T, keyof Typed> & Pick<ResponsibleChangeBody, 'organisation' | 'coExecutors'>> {
  const [organisation, ...coExecutors] = await organisationsOf(db, [typed.organisation, ...typed.coExecutors])
  return { ...typed, organisation: organisation ?? { organisationId: null, name: '' }, coExecutors }
}

/** What the fields of a stored measure hold. */
export async function valuesOf(db: Db, measure: Measure): Promise<Record<string, string>> {
  const [organisation = '', ...coExecutors] = await organisationWords(db, [
    { organisationId: measure.organisation.id, name: measure.organisation.name },
    ...measure.coExecutors,
  ])
  return {
    sectionId: measure.sectionId,
    number: measure.number,
    title: measure.title,
    expectedResult: measure.expectedResult,
    startsOn: measure.startsOn ? formatDate(measure.startsOn) : '',
    dueOn: formatDate(measure.dueOn),
    organisation,
    responsiblePerson: measure.responsiblePerson,
    coExecutors: coExecutors.join('\n'),
    indicatorId: measure.indicatorId ?? '',
    evidenceKinds: measure.evidenceKinds.join('\n'),
    after: measure.after.map(({ id }) => id).join('\n'),
    version: String(measure.version),
  }
}
