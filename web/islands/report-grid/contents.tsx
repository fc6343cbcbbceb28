import { render } from 'preact'
import { isUnexplained } from '../../../contracts/check-rules.ts'
import type { ReportProblem } from '../../../contracts/checks.ts'
import type { Fill } from '../../../contracts/reporting.ts'
import { Contents, type ContentsEntry } from '../../kit/report.tsx'

/** Draws the page's contents anew with what is filled in and wrong now; names and addresses stay the page's own. */
export function updateContents(
  fill: readonly Fill[],
  problems: readonly Pick<ReportProblem, 'level' | 'section' | 'explanation'>[] | undefined,
): void {
  const list = document.querySelector('#contents ol')
  if (!list) return
  const known = new Map(fill.map((section) => [section.section, section]))
  const entries = [...list.querySelectorAll<HTMLAnchorElement>('li > a')].map((link) => {
    const section = new URL(link.href).searchParams.get('section') ?? ''
    const entry = readEntry(link)
    const now = known.get(section)
    return {
      ...entry,
      filled: now?.filled ?? entry.filled,
      toFill: now?.total ?? entry.toFill,
      errors: problems ? problems.filter((problem) => isErrorIn(problem, section)).length : entry.errors,
      unexplained: problems
        ? problems.filter((problem) => isUnexplained(problem) && problem.section === section).length
        : entry.unexplained,
    }
  })
  const drawn = document.createElement('div')
  render(<Contents entries={entries} />, drawn)
  const fresh = drawn.querySelector('ol')
  if (fresh && fresh.innerHTML !== list.innerHTML) list.replaceWith(fresh)
}

const isErrorIn = (problem: Pick<ReportProblem, 'level' | 'section'>, section: string): boolean =>
  problem.level === 'error' && problem.section === section

function readEntry(link: HTMLAnchorElement): ContentsEntry {
  const bar = link.querySelector('progress')
  return {
    number: link.querySelector('.no')?.textContent ?? '',
    title: link.querySelector('.no + span')?.textContent ?? '',
    href: link.getAttribute('href') ?? '',
    current: link.hasAttribute('aria-current'),
    filled: bar?.value ?? 0,
    toFill: bar?.max ?? 0,
    errors: countIn(link.querySelector('.count-bad')),
    unexplained: countIn(link.querySelector('.count:not(.count-bad)')),
  }
}

const countIn = (element: Element | null): number => Number.parseInt(element?.textContent ?? '0', 10) || 0
