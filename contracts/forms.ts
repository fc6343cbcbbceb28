/**
 * Forms on the wire: publishing one from a file, its versions, what two of them have otherwise. A form as a YAML file
 * is held against `engine/form-file/schema.ts`.
 */
import { z } from 'zod'

const Id = z.uuid()
const Moment = z.iso.datetime().meta({ description: 'Момент по Гринвичу' })
const Day = z.iso.date().nullable()
const File = (kind: string) =>
  z.string(`Нужен файл ${kind}`).min(1, 'Файл пуст').max(10_000_000, 'Файл слишком большой')

/** The template as XML of format 1.3, or the form as YAML: one of the two. */
export const NewForm = z
  .object({ xml: File('шаблона').optional(), yaml: File('формы').optional() })
  .refine(({ xml, yaml }) => (xml === undefined) !== (yaml === undefined), {
    error: 'Нужен файл шаблона: xml или yaml, один из двух',
    path: ['xml'],
  })
export type NewForm = z.output<typeof NewForm>

/** What is wrong with a template, with its place in words. */
export const FormProblem = z.object({
  code: z.string(),
  level: z.enum(['error', 'warning']),
  control: z.string(),
  section: z.string(),
  row: z.string(),
  column: z.string(),
  line: z.int().optional().meta({ description: 'Строка файла, с единицы' }),
  position: z.int().optional().meta({ description: 'Знак в этой строке, с единицы' }),
  where: z.string(),
  text: z.string(),
})
export type FormProblem = z.output<typeof FormProblem>

export const StatisticalForm = z.object({
  id: Id,
  code: z.string(),
  okud: z.string(),
  cipher: z.string(),
  name: z.string(),
  version: z.int().meta({ description: 'Номер последней версии' }),
  versionId: Id,
  publishedAt: Moment,
})
export type StatisticalForm = z.output<typeof StatisticalForm>
export const StatisticalForms = z.object({ forms: z.array(StatisticalForm) })
export const PublishedForm = z.object({ form: StatisticalForm, warnings: z.array(FormProblem) })

export const FormVersion = z.object({
  id: Id,
  number: z.int(),
  validFrom: Day.meta({ description: 'С какого дня действует; null: с самого начала' }),
  validTo: Day.meta({ description: 'По какой день включительно; null: без срока' }),
  format: z.enum(['xml', 'yaml']).meta({ description: 'В каком виде опубликована' }),
  publishedAt: Moment,
  campaigns: z.int().meta({ description: 'Сколько сборов идёт или прошло по ней' }),
})
export type FormVersion = z.output<typeof FormVersion>
export const FormVersions = z.object({ form: StatisticalForm, versions: z.array(FormVersion) })
export type FormVersions = z.output<typeof FormVersions>

export const FormDifference = z.object({
  kind: z.enum(['head', 'section', 'row', 'column', 'cell', 'control', 'dictionary', 'extension']),
  place: z.string(),
  before: z.string().nullable().meta({ description: 'null: этого не было' }),
  after: z.string().nullable().meta({ description: 'null: этого больше нет' }),
})
export type FormDifference = z.output<typeof FormDifference>
export const FormComparison = z.object({ before: z.int(), after: z.int(), differences: z.array(FormDifference) })
export type FormComparison = z.output<typeof FormComparison>

export const ComparedVersions = z.object({
  before: z.coerce.number().int().min(1).optional().catch(undefined),
  after: z.coerce.number().int().min(1).optional().catch(undefined),
})
