import type { ReportProblem } from '../../contracts/checks.ts'
import { parseAddress } from '../../engine/index.ts'
import { problemId, sectionOf } from './cell-id.ts'

/** One line of the results: a problem, or several that say the same, without figures, of different cells of a section. */
export type CheckLine = { id: string; first: ReportProblem; problems: ReportProblem[] }

/** In the order in which the problems come. */
export function checkLines(problems: readonly ReportProblem[]): CheckLine[] {
  const lines = new Map<string, CheckLine>()
  problems.forEach((problem, index) => {
    const id = problemId(index)
    const key = mayShareLine(problem) ? sharedKey(problem) : id
    const line = lines.get(key)
    if (line) line.problems.push(problem)
    else lines.set(key, { id, first: problem, problems: [problem] })
  })
  return [...lines.values()]
}

/** For every problem the id of the line that tells it. */
export function lineIds(problems: readonly ReportProblem[]): string[] {
  const ids = new Map(
    checkLines(problems).flatMap(({ id, problems: told }) => told.map((problem) => [problem, id] as const)),
  )
  return problems.map((problem) => ids.get(problem) ?? '')
}

const mayShareLine = ({ cells: [cell = '', ...others], sums }: ReportProblem): boolean =>
  others.length === 0 && sums === '' && parseAddress(cell) !== undefined

const sharedKey = ({ level, code, control, name, cells: [cell = ''] }: ReportProblem): string =>
  [level, code, control, name, sectionOf(cell)].join('\n')
