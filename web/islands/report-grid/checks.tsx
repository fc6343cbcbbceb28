/** «Выполнить проверку» without leaving the page, and what is known of each cell between two checks. */
import { render } from 'preact'
import { isUnexplained, problemKey, problemNumbers } from '../../../contracts/check-rules.ts'
import type { CheckOutcome, ReportProblem } from '../../../contracts/checks.ts'
import { lineIds } from '../../report/check-lines.ts'
import { type CheckLevel, CheckResults } from '../../report/check-results.tsx'
import type { Book } from './book.ts'
import { call, problemOf } from './sending.ts'
import type { GridTable } from './table.ts'
import { timeWords } from './words.ts'

type Level = CheckLevel | undefined

/** A check that takes longer than this is not run while one types. */
const quickMs = 12
const pauseMs = 400

export interface ChecksOptions {
  book: Book
  table: GridTable
  address: string
  problems: readonly ReportProblem[]
  /** where a warning is explained; undefined for who only reads */
  explainHref?: (problem: ReportProblem) => string
  /** counts of the contents follow */
  onChecked(problems: readonly ReportProblem[] | undefined): void
  onLive(): void
}

export class Checks {
  private readonly options: ChecksOptions
  /** Of the last check; a problem that is no longer there is marked no more. */
  private listed: readonly ReportProblem[]
  /** What the engine says now; undefined before it was asked. */
  private live: readonly ReportProblem[] | undefined
  private pause: ReturnType<typeof setTimeout> | undefined
  private tooSlow = false
  private outcome: CheckOutcome | undefined
  private onThisComputer = false

  constructor(options: ChecksOptions) {
    this.options = options
    this.listed = options.problems
  }

  /** Something has changed: after a pause the engine looks again, where that is quick. */
  touch(): void {
    clearTimeout(this.pause)
    if (!this.tooSlow) this.pause = setTimeout(() => this.look(), pauseMs)
  }

  private look(): void {
    const began = performance.now()
    this.live = this.options.book.sheet.check()
    this.tooSlow = performance.now() - began > quickMs
    this.mark()
    this.options.onLive()
  }

  problemsOf(address: string): readonly ReportProblem[] {
    const problems = (this.live ?? this.listed).filter(
      ({ cells, stage }) => stage === 'control' && cells.includes(address),
    )
    return problems.sort((one, other) => rank(one) - rank(other))
  }

  private mark(): void {
    const still = this.live && new Set(this.live.map(nameOf))
    const marks = new Map<string, { tone: 'bad' | 'warn'; ids: string[] }>()
    const ids = lineIds(this.listed)
    this.listed.forEach((problem, index) => {
      if (still && !still.has(nameOf(problem))) return
      for (const cell of problem.cells) {
        const known = marks.get(cell)
        const bad = problem.level === 'error' || known?.tone === 'bad'
        marks.set(cell, { tone: bad ? 'bad' : 'warn', ids: [...(known?.ids ?? []), ids[index] ?? ''] })
      }
    })
    this.options.table.mark(marks)
  }

  /**
   * Asks the server, whose word counts; without a link the engine here says what it sees.
   * @param saved whether the server has everything that was typed
   * @returns why there is no result, else undefined
   */
  async run(saved: boolean): Promise<string | undefined> {
    const response = saved ? await call('PUT', this.options.address, {}) : undefined
    if (response && !response.ok) return (await problemOf(response)).title || 'Проверка не удалась, попробуйте ещё раз.'
    this.onThisComputer = response === undefined
    // as: the address answers by this contract
    this.outcome = response ? ((await response.json()) as CheckOutcome) : this.checkedHere()
    this.listed = this.outcome.problems
    this.live = undefined
    this.mark()
    this.draw(undefined)
    this.options.onChecked(this.listed)
    const heading = document.getElementById('checks')
    if (heading) {
      heading.tabIndex = -1
      heading.focus()
    }
    return undefined
  }

  private checkedHere(): CheckOutcome {
    const { sheet, form } = this.options.book
    const problems: ReportProblem[] = sheet.check({ explained: 100 }).map((problem) => this.explained(problem))
    const errors = problems.filter(({ level }) => level === 'error').length
    return {
      checkedAt: new Date().toISOString(),
      version: 0,
      errors,
      warnings: problems.length - errors,
      unexplained: problems.filter(isUnexplained).length,
      controls: form.template.controls.length,
      problems,
      waiting: sheet.waiting(),
    }
  }

  /** An explanation known from the last check still holds for the same numbers. */
  private explained(problem: ReportProblem): ReportProblem {
    const known = this.listed.find((other) => other.explanation && problemKey(other) === problemKey(problem))
    if (!known?.explanation) return problem
    const holds = known.explanation.holds && problemNumbers(known) === problemNumbers(problem)
    return { ...problem, explanation: { ...known.explanation, holds } }
  }

  private draw(level: Level): void {
    const { book, table } = this.options
    const old = document.getElementById('checks')?.closest('section')
    if (!old || !this.outcome) return
    const drawn = document.createElement('div')
    render(
      <CheckResults
        form={book.form}
        outcome={this.outcome}
        section={table.section.code}
        level={level}
        checked={
          this.onThisComputer
            ? 'Проверено на этом компьютере, связи нет'
            : `Проверено в ${timeWords(this.outcome.checkedAt)}`
        }
        next={this.outcome.errors === 0 ? 'Отчёт можно отправить.' : 'Все контроли сошлись.'}
        explainHref={this.options.explainHref}
        levelHref={(only) => `#checks${only ? `-${only}` : ''}`}
      />,
      drawn,
    )
    const fresh = drawn.firstElementChild
    if (!(fresh instanceof HTMLElement)) return
    old.replaceWith(fresh)
    fresh.querySelector('.tabs')?.addEventListener('click', (event) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      if (!link) return
      event.preventDefault()
      const only = /-(error|warning|unexplained)$/.exec(link.hash)?.[1]
      this.draw(only === 'error' || only === 'warning' || only === 'unexplained' ? only : undefined)
      document.querySelector<HTMLElement>('.card [aria-current="page"]')?.focus()
    })
  }

  /** No errors in the last check, and nothing changed since. */
  get isClean(): boolean {
    return this.outcome?.errors === 0 && this.outcome.unexplained === 0 && !this.onThisComputer
  }
}

const rank = ({ level }: ReportProblem): number => (level === 'error' ? 0 : 1)

const nameOf = ({ stage, code, control, cells }: ReportProblem): string =>
  `${stage} ${code} ${control} ${cells[0] ?? ''}`
