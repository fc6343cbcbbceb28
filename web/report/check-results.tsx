import type { CheckOutcome, ReportProblem } from '../../contracts/reporting.ts'
import type { Form } from '../../engine/index.ts'
import { Card, CheckList, Count, counted, EmptyState, LinkButton, Quiet, Tabs } from '../kit/index.ts'
import { cellHref, problemId, sectionHref } from './cell-id.ts'
import { placeText } from './places.ts'

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
  const listed = problems
    .map((problem, index) => ({ problem, index }))
    .filter(({ problem }) => level === undefined || problem.level === level)
    .sort((one, other) => rank(one.problem) - rank(other.problem))
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
        <CheckList
          results={listed.slice(0, mostShown).map(({ problem, index }) => resultOf(form, section, problem, index))}
        />
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

function resultOf(form: Form, section: string, problem: ReportProblem, index: number) {
  const [address] = problem.cells
  const href = address ? cellHref(address, section) : sectionHref(problem.section)
  const place = address ? placeText(form, address) : problem.section ? `Раздел ${problem.section}` : 'Отчёт'
  return {
    id: problemId(index),
    tone: problem.level === 'error' ? ('bad' as const) : ('warn' as const),
    place,
    href,
    text: problem.name,
    sums: problem.sums || undefined,
    action: address ? (
      <LinkButton size="small" href={href}>
        К ячейке<span class="vh">: {place}</span>
      </LinkButton>
    ) : undefined,
  }
}
