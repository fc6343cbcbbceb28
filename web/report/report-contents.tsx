import { isUnexplained } from '../../contracts/check-rules.ts'
import type { ReportProblem } from '../../contracts/checks.ts'
import type { Fill } from '../../contracts/reporting.ts'
import type { Form } from '../../engine/index.ts'
import { Contents } from '../kit/index.ts'
import { sectionHref } from './cell-id.ts'

export interface ReportContentsProps {
  form: Form
  fill: readonly Fill[]
  problems: readonly Pick<ReportProblem, 'level' | 'section' | 'explanation'>[]
  /** code of the section on the page; 'title' for the title page */
  section: string
  /** relative to the report's page when not given */
  href?: (section: string) => string
}

/** The sections of a report: how full each is and how many errors it has. */
export function ReportContents({ form, fill, problems, section, href = sectionHref }: ReportContentsProps) {
  const errors = new Map<string, number>()
  const unexplained = new Map<string, number>()
  for (const problem of problems) {
    if (isUnexplained(problem)) unexplained.set(problem.section, (unexplained.get(problem.section) ?? 0) + 1)
    if (problem.level === 'error') errors.set(problem.section, (errors.get(problem.section) ?? 0) + 1)
  }
  return (
    <Contents
      entries={fill.map(({ section: code, filled, total }) => ({
        number: code === 'title' ? '—' : form.section(code)?.number || code,
        title: code === 'title' ? 'Титульный лист' : (form.section(code)?.name ?? ''),
        href: href(code),
        current: code === section,
        filled,
        toFill: total,
        errors: errors.get(code) ?? 0,
        unexplained: unexplained.get(code) ?? 0,
      }))}
    />
  )
}
