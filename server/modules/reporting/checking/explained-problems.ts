import { problemKey, problemNumbers } from '../../../../contracts/check-rules.ts'
import type { ReportProblem } from '../../../../contracts/checks.ts'
import { shortName } from '../../../../web/kit/text.ts'
import type { ExplanationRow } from './checking.queries.ts'

export type ExplanationsByProblem = ReadonlyMap<string, ExplanationRow>

/** The problem with its explanation, when there is one, even if for other numbers. */
export function withExplanation(problem: ReportProblem, explanations: ExplanationsByProblem): ReportProblem {
  const row = problem.level === 'warning' ? explanations.get(problemKey(problem)) : undefined
  if (!row) return problem
  const by = row.surname ? shortName([row.surname, row.name, row.patronymic].filter(Boolean).join(' ')) : ''
  const explanation = { text: row.text, by, at: row.at.toISOString(), holds: row.numbers === problemNumbers(problem) }
  return { ...problem, explanation }
}
