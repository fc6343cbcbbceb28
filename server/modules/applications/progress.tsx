/** Where an application is, who has it, by when, and what comes next. */
import { Card, Facts, formatDateTime, type Step, shortName, Timeline } from '../../../web/kit/index.ts'
import type { ApplicationView } from './applications.ts'

type Props = { application: ApplicationView; zone: string }

export function Where({ application, zone }: Props) {
  const { state, deciders, dueAt } = application
  if (state !== 'waiting') return null
  return (
    <Card title="Где заявка">
      <Facts
        narrow
        facts={[
          ['Сейчас у', <Deciders key="deciders" deciders={deciders} />],
          ['Решить до', <b key="due">{formatDateTime(dueAt, zone, 'named')}</b>],
          ['Что дальше', 'письмо заявителю; после прикрепления ему откроется организация и её отчёты'],
        ]}
      />
    </Card>
  )
}

/** A long list helps nobody: three names, and how many more. */
function Deciders({ deciders }: Pick<ApplicationView, 'deciders'>) {
  const shown = deciders.slice(0, 3)
  const more = deciders.length - shown.length
  if (shown.length === 0) return <b>администратора системы</b>
  return (
    <>
      {shown.map(({ fullName, organisation }, index) => (
        <span key={index}>
          {index > 0 ? <br /> : null}
          <b>{fullName}</b>
          {organisation ? `, ${organisation}` : ''}
        </span>
      ))}
      {more > 0 ? ` и ещё ${more}` : null}
    </>
  )
}

export const History = ({ application, zone }: Props) => (
  <Card title="История">
    <Timeline steps={stepsOf(application, zone)} />
  </Card>
)

function stepsOf(application: ApplicationView, zone: string): Step[] {
  const { createdAt, applicantName, state, dueAt } = application
  const submitted: Step = {
    title: 'Заявка подана',
    state: 'done',
    when: `${formatDateTime(createdAt, zone)} · ${shortName(applicantName)}`,
  }
  switch (state) {
    case 'waiting':
      return [
        submitted,
        { title: 'Решение вышестоящей организации', state: 'now', when: `до ${formatDateTime(dueAt, zone)}` },
        { title: 'Пользователь прикреплён', state: 'next', when: 'сразу после решения' },
      ]
    case 'granted':
      return [submitted, { title: 'Пользователь прикреплён', state: 'done', ...told(application, zone) }]
    case 'refused':
      return [submitted, { title: 'В прикреплении отказано', state: 'bad', ...told(application, zone) }]
    case 'withdrawn':
      return [
        submitted,
        { title: 'Заявка отозвана заявителем', state: 'done', icon: 'turn', ...told(application, zone) },
      ]
  }
}

function told({ decidedAt, decidedByName, reason }: ApplicationView, zone: string): Partial<Step> {
  const when = decidedAt ? `${formatDateTime(decidedAt, zone)} · ${shortName(decidedByName)}` : undefined
  return reason ? { when, quote: reason } : { when }
}
