/** What follows from the results of a check: apart from their schemas, so that a browser need not carry those. */
import type { PulledCell, ReportProblem } from './checks.ts'

/**
 * Which problem an explanation is of: its control and place, by which it is found again after the next check. Pairs of
 * one control may share their first cell, so the last one and the sign tell them apart.
 */
export const problemKey = ({ code, control, cells, section, row, column, operator }: ReportProblem): string =>
  [code, control, cells[0] ?? `${section}/${row}/${column}`, operator, cells.at(-1) ?? ''].join('|')

/** The numbers that an explanation was written about: for others it holds no more. */
export const problemNumbers = ({ left, operator, right }: ReportProblem): string => `${left} ${operator} ${right}`

/** A warning passes with a written explanation; one without it keeps the report from being sent. */
export const isUnexplained = ({ level, explanation }: Pick<ReportProblem, 'level' | 'explanation'>): boolean =>
  level === 'warning' && explanation?.holds !== true

/** The source has changed since somebody who fills the report in has looked at the cell. */
export const isStale = (cell: PulledCell): boolean => cell.was !== undefined
