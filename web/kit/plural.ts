import type { PluralForms } from './types.ts'

/** The form of a noun after a number: `plural(21, ['отчёт', 'отчёта', 'отчётов'])` is «отчёт». */
export function plural(count: number, [one, few, many]: PluralForms): string {
  const whole = Math.abs(count)
  if (!Number.isInteger(whole)) return few
  const lastTwo = whole % 100
  const last = whole % 10
  if (lastTwo >= 11 && lastTwo <= 14) return many
  if (last === 1) return one
  if (last >= 2 && last <= 4) return few
  return many
}
