/** The number that a new measure of a section is offered: after the highest one there. */
import type { PlannedMeasure } from './changing.queries.ts'

/** «1.8» after «1.7»; numbers of another make are left out of account. */
export function nextNumber(section: { id: string; number: string }, planned: readonly PlannedMeasure[]): string {
  const last = planned
    .filter(({ sectionId }) => sectionId === section.id)
    .map(({ number }) => lastPart(section.number, number))
  return `${section.number}.${Math.max(0, ...last) + 1}`
}

function lastPart(section: string, number: string): number {
  const rest = number.startsWith(`${section}.`) ? number.slice(section.length + 1) : ''
  return /^\d{1,6}$/.test(rest) ? Number(rest) : 0
}
