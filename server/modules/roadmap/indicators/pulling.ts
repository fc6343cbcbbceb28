/**
 * Figures pulled from reporting. This room does not know reporting: the composition hands it a way to ask for the total
 * of a cell, and none when that service is switched off.
 */
import type { IndicatorPull, Periodicity } from '../../../../contracts/indicators.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { monthsIn } from './periods.ts'

export type CellAsked = {
  pull: IndicatorPull
  /** Of all regions when absent. */
  region: string | undefined
  year: number
  /** How many such periods a year has: 4 for quarters. */
  periodKind: number
  /** From 1. */
  periodNumber: number
}
/** `value` is null when no accepted report has anything in the cell. `href` leads to the total. */
export type CellTotal = { value: string | null; reports: number; href: string }
export type FigureSources = {
  /** Undefined when nobody was asked for that form and period. */
  totalOf: (db: Db, asked: CellAsked) => Promise<CellTotal | undefined>
  /** What is wrong with the address of a cell, a sentence; undefined when its form has such a cell. */
  problemOf: (db: Db, pull: IndicatorPull) => Promise<string | undefined>
}

let sources: FigureSources | undefined

export function configureFigures(given: FigureSources | undefined): void {
  sources = given
}

export const figureSources = (): FigureSources | undefined => sources

/** The same period as reporting counts it. */
export function periodAsked(periodicity: Periodicity, first: string): Omit<CellAsked, 'pull' | 'region'> {
  const [year = 0, month = 1] = first.split('-').map(Number)
  const length = monthsIn[periodicity]
  return { year, periodKind: 12 / length, periodNumber: (month - 1) / length + 1 }
}

export const pulledFrom = ({ form, section, row, column }: IndicatorPull): string =>
  `форма ${form}, раздел ${section}, строка ${row}, графа ${column}`
