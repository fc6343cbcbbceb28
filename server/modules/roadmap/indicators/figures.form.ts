/** The table of figures as a posted form: `figures.0.fact`; what it shows again is exactly what was typed. */
import { z } from 'zod'
import {
  type Figure,
  type FigureConflict,
  FiguresChange,
  type FigureTable,
  periodicities,
} from '../../../../contracts/indicators.ts'
import { capital, formatNumber } from '../../../../web/kit/index.ts'
import type { FormFailure } from '../../../kernel/http/index.ts'

const fieldName = /^figures\.(\d{1,3})\.(\w+)$/

export const FiguresForm = z
  .record(z.string(), z.unknown())
  .transform((fields) => {
    const figures: Record<string, unknown>[] = []
    for (const [name, value] of Object.entries(fields)) {
      const [, index, key] = fieldName.exec(name) ?? []
      if (index !== undefined && key !== undefined) figures[Number(index)] = { ...figures[Number(index)], [key]: value }
    }
    // One reason is written for all that are corrected at once.
    return {
      ...fields,
      figures: figures.filter(Boolean).map((line): Record<string, unknown> => ({ reason: fields.reason, ...line })),
    }
  })
  .pipe(FiguresChange.extend({ periodicity: z.enum(periodicities).optional() }))

/** What the fields of a line hold, and what is said beside them. */
export type ShownLine = {
  version: number
  plan: string
  fact: string
  explanation: string
  errors: Readonly<Record<string, string>>
  conflicts: readonly FigureConflict[]
}

/** As it is kept. */
export const lineOf = ({ version, plan, fact, explanation }: Figure): ShownLine => ({
  version,
  plan: plan === null ? '' : formatNumber(plan),
  fact: fact === null ? '' : formatNumber(fact),
  explanation: explanation ?? '',
  errors: {},
  conflicts: [],
})

/**
 * As it was typed. A line that somebody else has changed comes with their version and their cells where this person has
 * typed nothing, so that saving it once more is a decision.
 */
export function lineAgain(figure: Figure, failure: FormFailure): ShownLine {
  const kept = lineOf(figure)
  const line = Object.entries(failure.values).find(
    ([name, value]) => value === figure.indicator.id && name.endsWith('.indicatorId'),
  )
  const [, index] = fieldName.exec(line?.[0] ?? '') ?? []
  if (index === undefined) return kept
  const typed = (field: string) => failure.values[`figures.${index}.${field}`]
  const all = conflictsOf(failure).filter(({ indicatorId }) => indicatorId === figure.indicator.id)
  const [first] = all
  const shown = (field: 'plan' | 'fact' | 'explanation') =>
    first && !all.some((conflict) => conflict.field === field)
      ? formatNumber(first.merged[field] ?? '')
      : (typed(field) ?? kept[field])
  return {
    version: first?.version ?? Number(typed('version') ?? kept.version),
    plan: shown('plan'),
    fact: shown('fact'),
    explanation: shown('explanation'),
    errors: Object.fromEntries(
      failure.problems
        .filter(({ field }) => field.startsWith(`figures.${index}.`))
        .map(({ field, text }) => [field.slice(`figures.${index}.`.length), besideField(text)]),
    ),
    conflicts: all,
  }
}

/** «Вовлечено», факт: нужно число → Нужно число: beside its field an error need not say of which it is. */
const besideField = (text: string): string => capital(text.replace(/^«.*», (план|факт): /, ''))

export function conflictsOf({ error }: FormFailure): FigureConflict[] {
  return error.code === 'figures.changed' ? (error.params.conflicts as FigureConflict[]) : [] // as: FiguresChanged's params
}

/** What the address of a table is made of. */
export const tableAddress = ({ roadmapId, region, period, periodicity }: FigureTable): string =>
  `/roadmaps/${roadmapId}/indicators?${new URLSearchParams({ region: region.code, period, periodicity })}`
