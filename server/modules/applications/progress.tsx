/** Where an application is, who has it, by when, and what comes next. */
import { Card, Facts, formatDateTime, type Step, shortName, Timeline } from '../../../web/kit/index.ts'
import { typeOf } from './application-type.ts'
import { formOf } from './applications.ts'
import type { StepRow } from './steps.queries.ts'
import type { Shown } from './viewing.ts'

type Props = { application: Shown; zone: string }

/** What it waits for: «Решение вышестоящей организации». */
export const stageTitle = (application: Pick<Shown, 'kind' | 'form' | 'stage'>): string =>
  typeOf(application).stages(formOf(application))[application.stage]?.title ?? 'Решение'

export function Where({ application, zone }: Props) {
  const { state, deciders, dueAt, applicantName } = application
  const { next } = typeOf(application).grant
  switch (state) {
    case 'waiting':
      return (
        <Card title="Где заявка">
          <Facts
            narrow
            facts={[
              ['Сейчас у', <Deciders key="deciders" deciders={deciders} />],
              ['Решить до', <b key="due">{formatDateTime(dueAt, zone, 'named')}</b>],
              ['Что дальше', next],
            ]}
          />
        </Card>
      )
    case 'asked':
      return (
        <Card title="Где заявка">
          <Facts
            narrow
            facts={[
              ['Сейчас у', <b key="applicant">{`${applicantName}, заявителя: ему задан вопрос`}</b>],
              ['Решить до', 'срок стоит, пока нет ответа'],
              [
                'Что дальше',
                <span key="next">
                  после ответа решает <Deciders deciders={deciders} />
                </span>,
              ],
            ]}
          />
        </Card>
      )
    case 'unconfirmed':
      return (
        <Card title="Где заявка">
          <Facts
            narrow
            facts={[
              ['Сейчас у', <b key="applicant">вас: подтвердите её</b>],
              ['Что дальше', 'проверка и решение; ответ придёт письмом'],
            ]}
          />
        </Card>
      )
    case 'granted':
    case 'refused':
    case 'withdrawn':
    case 'closed':
      return null
  }
}

/** A long list helps nobody: three names, and how many more. */
function Deciders({ deciders }: Pick<Shown, 'deciders'>) {
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
    <Timeline
      steps={[...application.steps.map((step) => stepOf(application, step, zone)), ...toCome(application, zone)]}
    />
  </Card>
)

const byProgram: readonly StepRow['kind'][] = ['reminded', 'escalated', 'closed']

function stepOf(application: Shown, { kind, at, byName, toName, stage, text }: StepRow, zone: string): Step {
  const by = byName || (byProgram.includes(kind) ? '' : application.applicantName)
  const step = {
    state: 'done' as const,
    when: [formatDateTime(at, zone), shortName(by)].filter(Boolean).join(' · '),
    ...(text ? { quote: text } : {}),
  }
  const stages = typeOf(application).stages(formOf(application))
  switch (kind) {
    case 'submitted':
      return { ...step, title: application.letterId ? 'Заявка подана по письму' : 'Заявка подана' }
    case 'confirmed':
      return { ...step, title: 'Почта подтверждена, заявка передана на рассмотрение' }
    case 'taken':
      return { ...step, title: 'Взята в работу' }
    case 'passed':
      return { ...step, title: `Передана: ${shortName(toName)}` }
    case 'released':
      return { ...step, title: `Снята с рассмотрения: ${shortName(toName)}` }
    case 'asked':
      return { ...step, title: 'Задан вопрос, срок остановлен', icon: 'pen' }
    case 'answered':
      return { ...step, title: 'Получен ответ' }
    case 'agreed':
      return { ...step, title: `${stages[stage]?.title ?? 'Согласование'}: получено` }
    case 'granted':
      return { ...step, title: typeOf(application).grant.done }
    case 'refused':
      return { ...step, state: 'bad', title: 'Отказано' }
    case 'withdrawn':
      return { ...step, title: 'Заявка отозвана заявителем', icon: 'turn' }
    case 'closed':
      return { ...step, title: 'Закрыта без решения', icon: 'turn' }
    case 'reminded':
      return { ...step, title: 'Решающему напомнили о сроке', icon: 'clock' }
    case 'escalated':
      return { ...step, title: 'Срок вышел: сообщено вышестоящему', icon: 'clock' }
  }
}

/** Where it stands and what comes after. */
function toCome(application: Shown, zone: string): Step[] {
  const { state, stage, dueAt } = application
  const type = typeOf(application)
  if (state === 'unconfirmed')
    return [{ title: 'Подтвердите заявку', state: 'now', when: 'без этого её никто не рассматривает' }]
  if (state !== 'waiting' && state !== 'asked') return []
  const now: Step =
    state === 'asked'
      ? { title: 'Ответ заявителя', state: 'now', when: 'срок решения стоит' }
      : { title: stageTitle(application), state: 'now', when: `до ${formatDateTime(dueAt, zone)}` }
  const later = type.stages(formOf(application)).slice(state === 'asked' ? stage : stage + 1)
  return [
    now,
    ...later.map(({ title }) => ({ title, state: 'next' as const })),
    { title: type.grant.done, state: 'next', when: 'сразу после решения' },
  ]
}
