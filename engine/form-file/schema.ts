/**
 * A form as people keep it in a file: what `Template` holds, shorter. Every value is text, as the file's own grammar
 * reads it, so that a code «01» stays one. `layout.ts` turns it into a template and back.
 */
import { z } from 'zod'
import { levelDeciders } from '../template-extensions.ts'

const Text = z.string('Здесь нужен текст')
const Code = Text.trim().min(1, 'Код не указан')
const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: () => `Здесь может стоять: ${values.join(', ')}` })

const Yes = oneOf(['true', 'false'])

/** What of an XML template this program does not know, kept for export. */
const Mended = z.strictObject({ written: Text, read: Text })
const CarriedHere = {
  attributes: z.record(z.string(), Text).optional(),
  mended: z.record(z.string(), Mended).optional(),
  before: z.array(Text).optional(),
  inside: z.array(Text).optional(),
}
/** Containers hold nothing deeper. */
const Carried = z.strictObject({
  ...CarriedHere,
  parts: z.record(z.string(), z.strictObject(CarriedHere)).optional(),
})
const kept = { xml: Carried.optional() }

export const inputs = ['closed', 'required', 'open'] as const
export const checks = ['dictionary', 'range', 'list', 'both', 'linked'] as const

/** «open N(15,2)», «closed», «required C(250)»: what most cells need; a map says the rest. */
const ShortCell = Text.regex(
  /^(closed|required|open)(\s+\S.*)?$/,
  'Ячейка: closed, required или open, затем формат, например «open N(15,2)»',
)
const LongCell = z.strictObject({
  column: Text.optional(),
  input: oneOf(inputs).default('open'),
  format: Text.optional(),
  dictionary: Text.optional(),
  check: oneOf(checks).optional(),
  values: Text.optional(),
  default: Text.optional(),
  ...kept,
})
export type LongCell = z.input<typeof LongCell>
const shapeOf = (map: 'ячейки' | 'ячеек') => `Здесь нужно описание ${map}`
const Cell = z.union([ShortCell, LongCell], { error: shapeOf('ячейки') })
export type FileCell = z.input<typeof Cell>

const Column = z.strictObject({
  code: Code,
  name: Text.default(''),
  type: oneOf(['B', 'V', 'S', 'Z']).default('Z'),
  heading: z.array(Text).optional(),
  unit: Text.optional(),
  note: Text.optional(),
  specific: oneOf(['s1', 's2', 's3']).optional(),
  cell: Cell.optional(),
  ...kept,
})

const Row = z.strictObject({
  caption: Text.optional(),
  code: Text.optional(),
  name: Text.optional(),
  repeats: Yes.optional(),
  level: oneOf(['0', '1', '2']).optional(),
  unit: Text.optional(),
  note: Text.optional(),
  cells: z.union([z.record(z.string(), Cell), z.array(LongCell)], { error: shapeOf('ячеек') }).optional(),
  ...kept,
})

const Control = z.strictObject({
  id: Code,
  name: Text.default(''),
  rule: Text,
  condition: Text.optional(),
  level: oneOf(['error', 'warning']).default('error'),
  tolerance: Text.optional(),
  precision: Text.regex(/^\d{1,2}$/, 'Сколько знаков после запятой: число от 0 до 15')
    .refine((digits) => Number(digits) <= 15, 'Сколько знаков после запятой: число от 0 до 15')
    .optional(),
  periods: Text.optional(),
  ...kept,
})

const Section = z.strictObject({
  code: Code,
  name: Text.default(''),
  number: Text.optional(),
  unit: Text.optional(),
  note: Text.optional(),
  columns: z.array(Column, 'Здесь нужен список граф'),
  rows: z.array(Row, 'Здесь нужен список строк'),
  controls: z.array(Control, 'Здесь нужен список контролей').optional(),
  ...kept,
})

const Term = z.strictObject({
  id: Text,
  name: Text.optional(),
  named: oneOf(['text']).optional(),
  attributes: z.record(z.string(), Text).optional(),
  ...kept,
})

const periods = ['same', 'previous', 'year-ago'] as const
const totals = ['sum', 'average', 'maximum', 'minimum', 'list', 'count', 'none'] as const
const period = oneOf(periods).default('same')

const Source = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('form'), form: Code, cell: Code, period }),
    z.strictObject({
      kind: z.literal('subordinates'),
      form: Code,
      cell: Code,
      period,
      total: oneOf(totals).default('sum'),
    }),
    z.strictObject({ kind: z.literal('organisation'), field: Code }),
  ],
  { error: 'Откуда берётся значение: kind — form, subordinates или organisation' },
)

const Validity = Text.regex(/^\d{4}-\d{2}-\d{2}$/, 'День пишется так: 2026-01-31')

/** The extensions, as a template from any file must have them too. */
export const Extensions = z.object({
  pulls: z.array(z.strictObject({ cell: Code, source: Source }), 'Здесь нужен список').optional(),
  totals: z
    .array(
      z.strictObject({
        section: Code,
        row: Text.optional(),
        column: Text.optional(),
        total: oneOf(totals),
        weight: Text.optional(),
      }),
      'Здесь нужен список',
    )
    .optional(),
  levels: z
    .array(z.strictObject({ code: Code, name: Code, decides: oneOf(levelDeciders).optional() }), 'Здесь нужен список')
    .optional(),
  attachments: z
    .array(
      z.strictObject({
        code: Code,
        name: Code,
        required: z.union([z.boolean(), Yes.transform((yes) => yes === 'true')], {
          error: 'Здесь может стоять: true, false',
        }),
        note: Text.optional(),
      }),
      'Здесь нужен список',
    )
    .optional(),
  signature: oneOf(['qualified']).optional(),
  changeReasons: oneOf(['required']).optional(),
  renamed: z.record(z.string(), Text).optional(),
  validFrom: Validity.optional(),
  validTo: Validity.optional(),
})

export const FormFile = z.strictObject(
  {
    code: Code,
    okud: Text.optional(),
    cipher: Text.optional(),
    name: Text.default(''),
    periodicity: Text.default('year'),
    id: Text.optional(),
    key: Text.default('okpo'),
    format: Text.optional(),
    version: Text.optional(),
    settings: z
      .strictObject({ sign: Text.optional(), validation: Text.optional(), notEmpty: Text.optional() })
      .optional(),
    title: z
      .array(
        z.strictObject({ field: Text, name: Text.default(''), dictionary: Text.optional(), ...kept }),
        'Здесь нужен список',
      )
      .default([]),
    sections: z.array(Section, 'В форме нет разделов: нужен список sections').min(1, 'В форме нет ни одного раздела'),
    dictionaries: z
      .array(
        z.strictObject({ id: Code, name: Text.optional(), terms: z.array(Term).default([]), ...kept }),
        'Здесь нужен список',
      )
      .default([]),
    controls: z.array(Control, 'Здесь нужен список контролей').optional(),
    ...Extensions.shape,
    ...kept,
  },
  'Здесь нужна форма: code, name, sections',
)
export type FormFile = z.output<typeof FormFile>
export type FormFileWritten = z.input<typeof FormFile>
export type FileControl = z.output<typeof Control>
