/** Definitions of a roadmap's indicators on the wire: what is measured, how it is worked out, checked and shown. */
import { z } from 'zod'
import {
  betters,
  breakKinds,
  IndicatorPull,
  indicatorLevels,
  indicatorSources,
  mergings,
  periodicities,
} from './indicators.ts'

const Id = z.uuid()
const Bound = z
  .string()
  .trim()
  .max(30, 'Слишком длинное число')
  .nullable()
  .default(null)
  .meta({ description: 'Точное десятичное число; null: не проверять' })

export const IndicatorFields = z.object({
  code: z
    .string()
    .trim()
    .toLowerCase()
    .min(1, { error: 'Придумайте код', abort: true })
    .max(40, 'Код — не длиннее 40 знаков')
    .regex(/^[a-zа-яё][a-zа-яё0-9_]*$/, 'Код: буквы, цифры и подчёркивание, первая — буква')
    .refine((code) => code !== 'prev', 'Слово prev занято формулами: придумайте другой код')
    .meta({ description: 'Имя в формулах' }),
  title: z.string().trim().min(3, 'Назовите показатель').max(200, 'Не длиннее 200 знаков'),
  definition: z.string().trim().max(4000, 'Не длиннее 4000 знаков').default(''),
  unit: z.string().trim().min(1, 'Укажите единицу измерения').max(40, 'Не длиннее 40 знаков'),
  position: z.coerce.number().int().min(1).max(1000).optional().meta({ description: 'Место в списке; нет: последнее' }),
  decimals: z.coerce.number().int().min(0).max(6).default(0),
  better: z.enum(betters).default('more'),
  level: z.enum(indicatorLevels).default('region'),
  source: z.enum(indicatorSources).default('entered'),
  formula: z.string().trim().max(500, 'Формула — до 500 знаков').nullable().default(null),
  pull: IndicatorPull.nullable().default(null),
  periodicity: z.enum(periodicities).default('quarter'),
  merging: z.enum(mergings).default('sum'),
  weightId: Id.nullable().default(null),
  breaks: z.enum(breakKinds).default('quantile'),
  public: z.boolean().default(true),
  countsPeople: z.boolean().default(false),
  least: Bound,
  most: Bound,
  jumpPercent: Bound,
})
export type IndicatorFields = z.output<typeof IndicatorFields>

export const IndicatorChange = IndicatorFields.extend({
  version: z.coerce.number().int().min(1).meta({ description: 'Версия, которую меняют' }),
})
export type IndicatorChange = z.output<typeof IndicatorChange>

export const IndicatorDefinition = z.object({
  ...IndicatorFields.shape,
  id: Id,
  position: z.int(),
  version: z.int(),
  archived: z.boolean(),
  publishedPeriods: z.int().meta({ description: 'За сколько периодов опубликованы числа' }),
})
export type IndicatorDefinition = z.output<typeof IndicatorDefinition>
export const IndicatorDefinitions = z.object({ indicators: z.array(IndicatorDefinition) })
