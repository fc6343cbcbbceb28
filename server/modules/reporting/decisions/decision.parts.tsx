/** Parts that pages of decisions share: the way back, what has changed since, who decided at each step. */
import type { CellDifference, Decision, WholeSubmission } from '../../../../contracts/decisions.ts'
import type { Report } from '../../../../contracts/reporting.ts'
import type { Form } from '../../../../engine/index.ts'
import {
  Card,
  Count,
  cabinetCrumb,
  formatDateTime,
  formatNumber,
  Num,
  type Step,
  shortName,
  Table,
  Text,
  Timeline,
} from '../../../../web/kit/index.ts'
import { cellHref, placeText } from '../../../../web/report/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { reportTitle } from '../reports/reports.ts'
import { outcomeNames } from './decisions.phrases.ts'

export const reportCrumbs = (report: Report, last: string) => [
  cabinetCrumb,
  { text: 'Отчёты', href: '/reports' },
  { text: reportTitle(report), href: `/reports/${report.id}` },
  { text: last },
]

export const shownValue = (value: string | null) => (value === null ? 'пусто' : <Num>{formatNumber(value)}</Num>)

const mostShown = 300

type ChangesProps = {
  report: Report
  form: Form
  submission: WholeSubmission
  remarked?: ReadonlySet<string> | undefined
}

/** Was → is against the submission before; those that a remark asked for are said so. */
export function ChangesCard({ report, form, submission, remarked }: ChangesProps) {
  const { differences, before } = submission
  if (before === null) return null
  return (
    <Card
      title={`Что изменилось с представления № ${before}`}
      count={<Count value={differences.length} />}
      flush={differences.length > 0}
    >
      {differences.length === 0 ? (
        <Text>Ни одна ячейка не изменилась.</Text>
      ) : (
        <Table
          label="Изменённые ячейки"
          rows={differences.slice(0, mostShown)}
          rowKey={({ cell }) => cell}
          columns={[
            {
              key: 'cell',
              title: 'Ячейка',
              cell: ({ cell }: CellDifference) => (
                <a href={`/reports/${report.id}${cellHref(cell, '')}`}>{placeText(form, cell)}</a>
              ),
            },
            { key: 'was', title: 'Было', numeric: true, cell: ({ was }) => shownValue(was) },
            { key: 'is', title: 'Стало', numeric: true, cell: ({ is }) => shownValue(is) },
            ...(remarked
              ? [
                  {
                    key: 'remark',
                    title: 'По замечанию',
                    cell: ({ cell }: CellDifference) => (remarked.has(cell) ? 'да' : '—'),
                  },
                ]
              : []),
          ]}
        />
      )}
      {differences.length > mostShown ? <Text>{`Показаны первые ${mostShown}.`}</Text> : null}
    </Card>
  )
}

/** Each step with who decided it and when. */
export function DecisionSteps({
  ctx,
  decisions,
  standing,
}: {
  ctx: PageContext
  decisions: Decision[]
  standing?: string | undefined
}) {
  const steps: Step[] = decisions.map((decision) => ({
    title: decision.level ? `${outcomeNames[decision.outcome]}: ${decision.level}` : outcomeNames[decision.outcome],
    state: decision.outcome === 'refused' || decision.outcome === 'returned' ? 'bad' : 'done',
    icon: decision.outcome === 'passed' ? 'flag' : undefined,
    when: [formatDateTime(decision.at, ctx.timeZone), whoDecided(decision), decision.organisation ?? undefined]
      .filter(Boolean)
      .join(' · '),
    quote: decision.reason ?? undefined,
  }))
  return <Timeline steps={standing ? [...steps, { title: `Ждёт решения: ${standing}`, state: 'now' }] : steps} />
}

const short = (fullName: string): string => shortName(fullName).replaceAll('\u00a0', ' ')

export const whoDecided = ({ by, onBehalfOf }: Decision): string | undefined =>
  onBehalfOf ? `${short(by)}, за ${short(onBehalfOf)}` : short(by) || undefined
