import { isUnexplained } from '../../contracts/check-rules.ts'
import type { CheckOutcome, ReportProblem } from '../../contracts/checks.ts'
import { type Form, parseAddress } from '../../engine/index.ts'
import { Badge, Card, CheckList, Count, counted, EmptyState, LinkButton, Quiet, Tabs } from '../kit/index.ts'
import { cellHref, rowOf, sectionHref, sectionOf } from './cell-id.ts'
import { type CheckLine, checkLines } from './check-lines.ts'
import { CheckSides } from './check-sides.tsx'
import { Waiting } from './check-waiting.tsx'
import { placeText, rowPlace } from './places.ts'

/** More lines than this help nobody: the first are mended, and the check is run again. */
const mostShown = 300

export interface CheckResultsProps {
  form: Form
  /** undefined when cells have changed since the last check, or there was none */
  outcome: CheckOutcome | undefined
  /** code of the section on the page */
  section: string
  /** only these lines */
  level?: CheckLevel
  /** «Проверено 18.01.2027, 14:33», in the person's time zone */
  checked: string
  /** said instead of a list when all is well: what to do next */
  next: string
  /** address of the results with only errors or only warnings; an island answers clicks by itself */
  levelHref: (level?: CheckLevel) => string
  /** where a warning is explained; undefined for who only reads */
  explainHref?: (problem: ReportProblem) => string
}

/** Which lines are shown: only errors, only warnings, only warnings without an explanation. */
export type CheckLevel = 'error' | 'warning' | 'unexplained'

/** «Результаты проверки»: errors and warnings, each leading to its cell. */
export function CheckResults(props: CheckResultsProps) {
  const { form, outcome, level, checked, next, levelHref } = props
  if (!outcome)
    return (
      <Card title="Результаты проверки" id="checks">
        <EmptyState title="Проверки ещё не было" icon="clock">
          {next}
        </EmptyState>
      </Card>
    )
  const { errors, warnings, unexplained, problems, controls, waiting } = outcome
  const listed = checkLines(problems)
    .filter(({ first }) => isOfLevel(first, level))
    .sort((one, other) => rank(one.first) - rank(other.first))
  const sums = `${counted(controls, ['контроль', 'контроля', 'контролей'])} · ошибок ${errors}, предупреждений ${warnings}`
  return (
    <Card title="Результаты проверки" id="checks" flush aside={<Quiet>{`${checked} · ${sums}`}</Quiet>}>
      {problems.length > 0 ? (
        <Tabs
          label="Результаты по важности"
          tabs={[
            { text: 'Все', href: levelHref(), current: !level, count: <Count value={problems.length} /> },
            {
              text: 'Ошибки',
              href: levelHref('error'),
              current: level === 'error',
              count: <Count value={errors} tone="bad" />,
            },
            {
              text: 'Предупреждения',
              href: levelHref('warning'),
              current: level === 'warning',
              count: <Count value={warnings} />,
            },
            {
              text: 'Без пояснения',
              href: levelHref('unexplained'),
              current: level === 'unexplained',
              count: <Count value={unexplained} />,
            },
          ]}
        />
      ) : null}
      {listed.length > 0 ? (
        bySection(listed.slice(0, mostShown)).map(({ code, lines }) => (
          <section key={code} class="checks-section" aria-labelledby={`checks-of-${code}`}>
            <h3 id={`checks-of-${code}`}>
              {sectionWords(form, code)} <Count value={lines.length} />
            </h3>
            <CheckList results={lines.map((line) => resultOf(props, line))} />
          </section>
        ))
      ) : (
        <EmptyState title={problems.length === 0 ? 'Ошибок и предупреждений нет' : 'Таких нет'} icon="check">
          {next}
        </EmptyState>
      )}
      {listed.length > mostShown ? (
        <p class="card-foot quiet">{`Показаны первые ${mostShown} из ${listed.length}: исправьте их и выполните проверку снова.`}</p>
      ) : null}
      <Waiting controls={waiting} />
    </Card>
  )
}

const rank = ({ level }: ReportProblem): number => (level === 'error' ? 0 : 1)

function isOfLevel(problem: ReportProblem, level: CheckLevel | undefined): boolean {
  if (level === 'unexplained') return isUnexplained(problem)
  return level === undefined || problem.level === level
}

/** Sections in the order of their first line, so that errors still come first. */
function bySection(lines: readonly CheckLine[]): { code: string; lines: CheckLine[] }[] {
  const sections = new Map<string, CheckLine[]>()
  for (const line of lines) sections.set(line.first.section, [...(sections.get(line.first.section) ?? []), line])
  return [...sections].map(([code, own]) => ({ code, lines: own }))
}

function sectionWords(form: Form, code: string): string {
  const section = form.section(code)
  return section ? `Раздел ${section.number}. ${section.name}` : 'Отчёт в целом'
}

function resultOf({ form, section, explainHref }: CheckResultsProps, { id, first, problems }: CheckLine) {
  const [address] = first.cells
  const href = address ? cellHref(address, section) : sectionHref(first.section)
  const place = placeOf(form, first, problems.length)
  const cells = problems.flatMap((problem) => problem.cells)
  const told = <span class="vh">: {place}</span>
  const mayExplain = first.level === 'warning' && explainHref !== undefined
  const isExplained = first.level === 'warning' && !problems.some(isUnexplained)
  return {
    id,
    tone: first.level === 'error' ? ('bad' as const) : ('warn' as const),
    place,
    href,
    text: first.name,
    sums: first.sums || undefined,
    rows: problems.length > 1 ? rowsOf(cells, section) : undefined,
    more: (
      <>
        <Explained problem={first} />
        {problems.length === 1 ? <CheckSides problem={first} section={section} /> : null}
      </>
    ),
    action: (
      <span class="row">
        {isExplained ? <Badge tone="ok" text="Пояснено" /> : null}
        {mayExplain ? (
          <LinkButton size="small" kind={isExplained ? 'quiet' : undefined} href={explainHref(first)}>
            {first.explanation ? 'Изменить пояснение' : 'Пояснить'}
            {told}
          </LinkButton>
        ) : null}
        {address ? (
          <LinkButton size="small" href={href}>
            {problems.length > 1 ? 'К первой ячейке' : 'К ячейке'}
            {told}
          </LinkButton>
        ) : null}
      </span>
    ),
  }
}

/** Why a warning may stand; or that its numbers are others since that was written. */
function Explained({ problem: { explanation } }: { problem: ReportProblem }) {
  if (!explanation) return null
  const who = explanation.by ? ` — ${explanation.by}` : ''
  return (
    <p class="muted">
      {explanation.holds ? 'Пояснение: ' : 'Пояснение было к другим числам, подтвердите его: '}«{explanation.text}»{who}
    </p>
  )
}

function placeOf(form: Form, { cells: [address], section }: ReportProblem, count: number): string {
  if (!address) return section ? `Раздел ${section}` : 'Отчёт'
  if (count === 1) return placeText(form, address)
  const code = sectionOf(address)
  return `Раздел ${form.section(code)?.number || code}: ${counted(count, ['ячейка', 'ячейки', 'ячеек'])}`
}

/** Cells of a section by their rows. */
function rowsOf(cells: readonly string[], section: string) {
  const rows = new Map<string, { name: string; cells: { column: string; href: string }[] }>()
  for (const address of cells) {
    const place = parseAddress(address)
    if (!place) continue
    const row = rows.get(rowOf(address)) ?? { name: rowPlace(place), cells: [] }
    row.cells.push({ column: place.column, href: cellHref(address, section) })
    rows.set(rowOf(address), row)
  }
  return [...rows.values()]
}
