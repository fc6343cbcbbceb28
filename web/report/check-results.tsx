import type { CheckOutcome, ReportProblem } from '../../contracts/checks.ts'
import { type Form, parseAddress } from '../../engine/index.ts'
import { Card, CheckList, Count, counted, EmptyState, LinkButton, Quiet, Tabs } from '../kit/index.ts'
import { cellHref, rowOf, sectionHref, sectionOf } from './cell-id.ts'
import { type CheckLine, checkLines } from './check-lines.ts'
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
  level?: 'error' | 'warning'
  /** «Проверено 18.01.2027, 14:33», in the person's time zone */
  checked: string
  /** said instead of a list when all is well: what to do next */
  next: string
  /** address of the results with only errors or only warnings; an island answers clicks by itself */
  levelHref: (level?: 'error' | 'warning') => string
}

/** «Результаты проверки»: errors and warnings, each leading to its cell. */
export function CheckResults({ form, outcome, section, level, checked, next, levelHref }: CheckResultsProps) {
  if (!outcome)
    return (
      <Card title="Результаты проверки" id="checks">
        <EmptyState title="Проверки ещё не было" icon="clock">
          {next}
        </EmptyState>
      </Card>
    )
  const { errors, warnings, problems, controls } = outcome
  const listed = checkLines(problems)
    .filter(({ first }) => level === undefined || first.level === level)
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
          ]}
        />
      ) : null}
      {listed.length > 0 ? (
        <CheckList results={listed.slice(0, mostShown).map((line) => resultOf(form, section, line))} />
      ) : (
        <EmptyState title={problems.length === 0 ? 'Ошибок и предупреждений нет' : 'Таких нет'} icon="check">
          {next}
        </EmptyState>
      )}
      {listed.length > mostShown ? (
        <p class="card-foot quiet">{`Показаны первые ${mostShown} из ${listed.length}: исправьте их и выполните проверку снова.`}</p>
      ) : null}
    </Card>
  )
}

const rank = ({ level }: ReportProblem): number => (level === 'error' ? 0 : 1)

function resultOf(form: Form, section: string, { id, first, problems }: CheckLine) {
  const [address] = first.cells
  const href = address ? cellHref(address, section) : sectionHref(first.section)
  const place = placeOf(form, first, problems.length)
  const cells = problems.flatMap((problem) => problem.cells)
  return {
    id,
    tone: first.level === 'error' ? ('bad' as const) : ('warn' as const),
    place,
    href,
    text: first.name,
    sums: first.sums || undefined,
    rows: problems.length > 1 ? rowsOf(cells, section) : undefined,
    action: address ? (
      <LinkButton size="small" href={href}>
        {problems.length > 1 ? 'К первой ячейке' : 'К ячейке'}
        <span class="vh">: {place}</span>
      </LinkButton>
    ) : undefined,
  }
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
