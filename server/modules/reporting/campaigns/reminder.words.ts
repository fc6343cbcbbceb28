import { counted } from '../../../../web/kit/text.ts'

const days = ['день', 'дня', 'дней'] as const

/** «за 14 дней, 3 дня и 1 день до срока, через 1 день и 7 дней после». */
export function remindersInWords(plan: readonly number[]): string {
  const told = (part: readonly number[]) => part.map((day) => counted(Math.abs(day), days)).join(', ')
  const before = plan.filter((day) => day > 0).toSorted((one, other) => other - one)
  const after = plan.filter((day) => day < 0).toSorted((one, other) => other - one)
  const parts = [
    before.length > 0 ? `до срока остаётся: ${told(before)}` : '',
    plan.includes(0) ? 'в день срока' : '',
    after.length > 0 ? `после срока прошло: ${told(after)}` : '',
  ].filter(Boolean)
  return parts.length === 0 ? 'не приходят' : parts.join('; ')
}

/** «14, 3, 1, −1»: with any minus, commas, spaces or semicolons. Undefined when it is something else. */
export function readReminderDays(typed: string): number[] | undefined {
  const parts = typed
    .replaceAll(/[−–—]/g, '-')
    .split(/[\s,;]+/)
    .filter(Boolean)
  if (parts.some((part) => !/^-?\d{1,3}$/.test(part))) return undefined
  return [...new Set(parts.map(Number))].toSorted((one, other) => other - one)
}
