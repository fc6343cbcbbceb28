/**
 * Forms being designed, on the wire. A draft is the whole form as `Template`; its parts are read and written one by one,
 * so that several people may work on one draft.
 */
import { z } from 'zod'
import { FormDifference, FormProblem } from './forms.ts'

const Id = z.uuid()
const Moment = z.iso.datetime()
const Text = z.string().max(4000)
const Code = z.string().trim().min(1, 'Код не указан').max(60)
const Carried = z.record(z.string(), z.unknown()).optional()
const Day = z.iso.date().optional()

const CellRule = z.object({
  column: Code,
  inputType: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  format: Text.optional(),
  dictionary: Text.optional(),
  validationType: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]).optional(),
  validation: Text.optional(),
  default: Text.optional(),
  carried: Carried,
})
const Column = z.object({
  code: Code,
  name: Text,
  type: z.enum(['B', 'V', 'S', 'Z']),
  heading: z.array(Text).max(12).default([]),
  unit: Text.optional(),
  note: Text.optional(),
  specific: z.enum(['s1', 's2', 's3']).optional(),
  cell: CellRule.optional(),
  carried: Carried,
})
const Row = z.object({
  code: z.string().trim().max(60),
  name: Text,
  type: z.enum(['C', 'F', 'M']),
  level: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(0),
  cells: z.array(CellRule).max(400).default([]),
  unit: Text.optional(),
  note: Text.optional(),
  carried: Carried,
})
const Section = z.object({
  code: Code,
  name: Text,
  number: Text.optional(),
  unit: Text.optional(),
  note: Text.optional(),
  columns: z.array(Column).max(400),
  rows: z.array(Row).max(5000),
  carried: Carried,
})
const Term = z.object({
  id: Code,
  name: Text,
  attributes: z.record(z.string(), Text).default({}),
  carried: Carried,
})
const Dictionary = z.object({ id: Code, name: Text.optional(), terms: z.array(Term).max(20_000), carried: Carried })
const Control = z.object({
  id: Code,
  name: Text,
  condition: Text.default(''),
  rule: Text.min(1, 'Правило не написано'),
  level: z.enum(['error', 'warning']).default('error'),
  fault: Text.optional(),
  precision: z.int().min(0).max(15).default(2),
  periodClause: Text.default(''),
  line: z.int().optional(),
  carried: Carried,
})
const Period = z.enum(['same', 'previous', 'year-ago'])
const Total = z.enum(['sum', 'average', 'maximum', 'minimum', 'list', 'count', 'none'])
const Pull = z.object({
  cell: Code,
  source: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('form'), form: Code, cell: Code, period: Period }),
    z.object({ kind: z.literal('subordinates'), form: Code, cell: Code, period: Period, total: Total }),
    z.object({ kind: z.literal('organisation'), field: Code }),
  ]),
})
const TotalRule = z.object({
  section: Code,
  row: Text.optional(),
  column: Text.optional(),
  total: Total,
  weight: Text.optional(),
})

/** What of a form is changed at once. `section:7` is a section with its columns, rows and cells. */
export const DraftPart = z
  .string()
  .max(80)
  .regex(/^(head|title|sections|dictionaries|controls|pulls|totals|acceptance|section:.+)$/, 'Такой части у формы нет')
  .meta({
    description: 'head, title, sections, section:КОД, dictionaries, controls, pulls, totals или acceptance',
  })

/** The value of a part, as it stands in a form's template. */
export const partContracts = {
  head: z.object({
    code: Code,
    okud: z.string().trim().max(20),
    cipher: Code,
    name: z.string().trim().min(1, 'Назовите форму').max(1000),
    periodicity: z.string().regex(/^(1|2|4|12)$/, 'Выберите периодичность'),
    keyField: z.string().trim().max(60),
    validFrom: Day,
    validTo: Day,
    renamed: z.record(z.string(), z.string()).optional(),
  }),
  title: z.array(z.object({ field: Code, name: Text, dictionary: Text.optional(), carried: Carried })).max(200),
  sections: z.array(Section).max(300),
  section: Section,
  dictionaries: z.array(Dictionary).max(500),
  controls: z.array(Control).max(20_000),
  pulls: z.array(Pull).max(20_000),
  totals: z.array(TotalRule).max(20_000),
  acceptance: z.object({
    levels: z.array(z.object({ code: Code, name: z.string().trim().min(1, 'Назовите ступень').max(200) })).max(10),
    attachments: z
      .array(
        z.object({ code: Code, name: z.string().trim().min(1).max(300), required: z.boolean(), note: Text.optional() }),
      )
      .max(50),
    signature: z.literal('qualified').optional(),
  }),
} as const

export const NewFormDraft = z
  .object({
    form: Code.optional().meta({ description: 'Код опубликованной формы: черновик от её последней версии' }),
    xml: z.string().max(10_000_000).optional(),
    yaml: z.string().max(10_000_000).optional(),
    blank: z
      .object({
        cipher: Code,
        name: z.string().trim().min(1, 'Назовите форму').max(1000),
        okud: z.string().trim().max(20).default(''),
        periodicity: z
          .string()
          .regex(/^(1|2|4|12)$/, 'Выберите периодичность')
          .default('1'),
      })
      .optional()
      .meta({ description: 'Пустая форма' }),
  })
  .refine((given) => Object.values(given).filter((value) => value !== undefined).length === 1, {
    error: 'Нужно одно из четырёх: form, xml, yaml или blank',
    path: ['form'],
  })
export type NewFormDraft = z.output<typeof NewFormDraft>

export const FormDraft = z.object({
  id: Id,
  code: z.string(),
  cipher: z.string(),
  name: z.string(),
  origin: z.enum(['blank', 'version', 'xml', 'yaml', 'xlsx']),
  version: z.int().meta({ description: 'Растёт с каждой правкой; посылается обратно с правкой' }),
  base: z.int().nullable().meta({ description: 'Номер версии, от которой начат' }),
  changedAt: Moment,
  changedBy: z.string().nullable(),
  state: z.enum(['open', 'published', 'discarded']),
})
export type FormDraft = z.output<typeof FormDraft>
export const FormDrafts = z.object({ drafts: z.array(FormDraft) })

export const DraftProblem = FormProblem.extend({
  part: z.string().meta({ description: 'В какой части это чинить' }),
})
export type DraftProblem = z.output<typeof DraftProblem>
export const WholeDraft = FormDraft.extend({
  yaml: z.string().meta({ description: 'Форма целиком, как файл' }),
  problems: z.array(DraftProblem),
})

export const PartChange = z.object({
  version: z.int().min(1).meta({ description: 'Какую версию черновика вы видели' }),
  value: z.unknown().meta({ description: 'Часть целиком' }),
})
export const PartSaved = z.object({ version: z.int(), changed: z.boolean() })
export type PartSaved = z.output<typeof PartSaved>

export const DraftChange = z.object({
  number: z.int(),
  at: Moment,
  by: z.string().nullable(),
  part: z.string(),
  told: z.string(),
})
export type DraftChange = z.output<typeof DraftChange>
export const DraftHistory = z.object({ changes: z.array(DraftChange) })

export const RuleText = z.object({
  rule: z.string().max(4000),
  condition: z.string().max(4000).default(''),
  periodClause: z.string().max(400).default(''),
})
export type RuleText = z.output<typeof RuleText>
export const RuleReading = z.object({
  words: z.string().nullable().meta({ description: 'Правило словами; null: прочитать его нельзя' }),
  faults: z.array(z.object({ part: z.enum(['rule', 'condition', 'periodClause']), text: z.string(), offset: z.int() })),
})
export type RuleReading = z.output<typeof RuleReading>

export const DraftComparison = z.object({ before: z.int().nullable(), differences: z.array(FormDifference) })
export type DraftComparison = z.output<typeof DraftComparison>

/** ДД.ММ.ГГГГ is what pages send; the API sends a plain day. */
export const DraftPublication = z.object({ version: z.int().min(1), validFrom: Day, validTo: Day })
export type DraftPublication = z.output<typeof DraftPublication>
