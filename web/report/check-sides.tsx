import type { ExplainedCell, ReportProblem } from '../../contracts/checks.ts'
import { russianNumber } from '../../engine/index.ts'
import { cellHref } from './cell-id.ts'

/** «Почему это число»: how both sides of a failed comparison came about, opened by whoever wants to know. */
export function CheckSides({ problem, section, reportHref = '', open }: CheckSidesProps) {
  const { sides, left, right, difference } = problem
  if (!sides) return null
  const where = { section, reportHref }
  return (
    <details class="sides" open={open}>
      <summary>Почему такие числа</summary>
      <dl>
        <Side title="Слева" value={left} side={sides.left} where={where} />
        <Side title="Справа" value={right} side={sides.right} where={where} />
        <div>
          <dt>Разница</dt>
          <dd>{russianNumber(difference)}</dd>
        </div>
      </dl>
    </details>
  )
}

export interface CheckSidesProps {
  problem: ReportProblem
  /** code of the section on the page */
  section: string
  /** the report's page, seen from another */
  reportHref?: string
  open?: boolean
}

type Where = { section: string; reportHref: string }

type SideProps = {
  title: string
  value: string
  side: NonNullable<ReportProblem['sides']>['left']
  where: Where
}

function Side({ title, value, side: { text, cells, more }, where }: SideProps) {
  return (
    <div>
      <dt>
        {title}: <b>{russianNumber(value)}</b>
      </dt>
      <dd>
        {cells.length === 1 && cells[0]?.value === value ? null : <p>{text}</p>}
        {cells.length > 0 ? (
          <ul>
            {cells.map((cell) => (
              <li key={`${cell.elsewhere?.title}${cell.previous}${cell.address}`}>
                <Source cell={cell} where={where} />: <b>{cell.text}</b>
              </li>
            ))}
            {more > 0 ? <li>{`и ещё ${more}`}</li> : null}
          </ul>
        ) : (
          <p>Число записано в самом контроле.</p>
        )}
      </dd>
    </div>
  )
}

function Source({ cell: { address, name, previous, elsewhere }, where }: { cell: ExplainedCell; where: Where }) {
  if (elsewhere) {
    const words = `${elsewhere.title}, ${name}`
    return elsewhere.href ? <a href={`${elsewhere.href}${cellHref(address, '')}`}>{words}</a> : <span>{words}</span>
  }
  if (previous) return <span>{`${name}, прошлый период`}</span>
  return <a href={where.reportHref + cellHref(address, where.section)}>{name}</a>
}
