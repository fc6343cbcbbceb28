/** Everything about one measure. */
import type { LinkedMeasure, Measure } from '../../../../contracts/measures.ts'
import {
  Aside,
  Badge,
  Card,
  type Children,
  Columns,
  EmptyState,
  Facts,
  Form,
  formatDateTime,
  formatNumber,
  LinkButton,
  List,
  ListItem,
  Menu,
  Muted,
  Note,
  Page,
  Progress,
  Row,
  Stack,
  Text,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { roadmapCrumbs, templateChoice } from '../roadmaps/roadmap.tabs.tsx'
import type { RoadmapRow } from '../roadmaps/roadmaps.queries.ts'
import { changeWords, fieldName } from './changes.words.ts'
import type { ChangeRow, MeasuredIndicator } from './details.queries.ts'
import { planAddress, termOf, termWords } from './plan.words.ts'
import { measureStateNames, measureTones } from './states.ts'

export type MeasurePageProps = {
  ctx: PageContext
  roadmap: RoadmapRow
  measure: Measure
  indicator: MeasuredIndicator | undefined
  /** One more than is shown when there are more. */
  changes: readonly ChangeRow[]
  today: string
  may: { edit: boolean }
  /** Cards of what was reported, and of the coordinator's remarks. */
  progress?: Children
  remarks?: Children
}

/** Of the history, on the page itself. */
export const shownChanges = 5

export function MeasurePage(props: MeasurePageProps) {
  const { ctx, roadmap, measure, may } = props
  const { region, regionName, number, title } = measure
  const plan = planAddress(roadmap.id, { region: region ?? templateChoice })
  return (
    <Page
      title={`${number}. ${title}`}
      frame={ctx.frame}
      crumbs={roadmapCrumbs(
        roadmap,
        { text: region ? `План: ${regionName ?? region}` : 'Шаблон плана', href: plan },
        { text: `Мероприятие ${number}` },
      )}
      help={{ href: '/guide/dorozhnaya-karta#t-план-мероприятий', text: 'мероприятие' }}
      actions={may.edit ? <Actions measure={measure} /> : undefined}
    >
      <Stack>
        <Cancelled measure={measure} />
        <Columns>
          <Stack>
            <About {...props} />
            {props.progress}
            {props.remarks}
            <Linked title="Выполняется после" measures={measure.after} template={region === null} />
            <Linked title="После него" measures={measure.before} template={region === null} />
          </Stack>
          <Aside label="О ходе мероприятия">
            {region ? <Standing {...props} /> : null}
            <History {...props} />
          </Aside>
        </Columns>
        {may.edit && measure.templateId === null ? (
          <Form action={`/measures/${measure.id}/place`} id="place" label="Место в разделе">
            {null}
          </Form>
        ) : null}
      </Stack>
    </Page>
  )
}

/** A region does nothing to a copy but name who answers for it. */
function Actions({ measure: { id, templateId, cancelledAt, reportedAt } }: Pick<MeasurePageProps, 'measure'>) {
  const edit = (
    <LinkButton icon="pen" kind="main" href={`/measures/${id}/edit`}>
      {templateId ? 'Назначить ответственных' : 'Изменить'}
    </LinkButton>
  )
  if (templateId) return cancelledAt ? null : edit
  return (
    <>
      <Menu
        text="Действия"
        items={[
          { text: 'Выше в разделе', icon: 'up', form: 'place', name: 'direction', value: 'up' },
          { text: 'Ниже в разделе', icon: 'down', form: 'place', name: 'direction', value: 'down' },
          'line',
          cancelledAt
            ? { text: 'Вернуть в план', icon: 'turn', href: `/measures/${id}/restoration` }
            : { text: 'Отменить мероприятие', icon: 'x', href: `/measures/${id}/cancellation` },
          ...(reportedAt ? [] : [{ text: 'Удалить', icon: 'bin' as const, href: `/measures/${id}/removal` }]),
        ]}
      />
      {cancelledAt ? null : edit}
    </>
  )
}

const Cancelled = ({ measure: { cancelledAt, cancelReason } }: Pick<MeasurePageProps, 'measure'>) =>
  cancelledAt ? <Note title="Мероприятие отменено">{cancelReason ? `Причина: «${cancelReason}».` : null}</Note> : null

function About({ measure, indicator, roadmap, today }: MeasurePageProps) {
  const { section, expectedResult, organisation, responsiblePerson, coExecutors, evidenceKinds, region, own } = measure
  return (
    <Card title="О мероприятии">
      <Facts
        facts={[
          ['Раздел', `${section.number}. ${section.title}`],
          ['Ожидаемый результат', expectedResult || '—'],
          ['Сроки', region ? <Term measure={measure} today={today} /> : termOf(measure)],
          ['Ответственная организация', region ? organisation.name || 'не назначена' : undefined],
          ['Ответственное лицо', region ? responsiblePerson || 'не назначено' : undefined],
          ['Соисполнители', coExecutors.length > 0 ? <Lines lines={coExecutors.map(({ name }) => name)} /> : undefined],
          ['Показатель', indicator ? <Indicator indicator={indicator} roadmap={roadmap} region={region} /> : undefined],
          ['Подтверждающие документы', evidenceKinds.length > 0 ? <Lines lines={evidenceKinds} /> : undefined],
          ['Откуда', originOf(region, own)],
        ]}
      />
    </Card>
  )
}

/** How late it is stands out from afar. */
function Term({ measure, today }: Pick<MeasurePageProps, 'measure' | 'today'>) {
  const words = termWords(measure, today)
  return (
    <>
      {termOf(measure)}
      {words ? ', ' : null}
      {measure.state === 'overdue' ? <b>{words}</b> : words}
    </>
  )
}

function originOf(region: string | null, own: boolean): string | undefined {
  if (region === null) return undefined
  return own ? 'Своё мероприятие региона: в шаблоне плана его нет' : 'Из шаблона плана'
}

const Lines = ({ lines }: { lines: readonly string[] }) => (
  <Stack space="small">
    {lines.map((line) => (
      <Text key={line}>{line}</Text>
    ))}
  </Stack>
)

function Indicator({
  indicator: { title, unit, decimals, fact, plan },
  roadmap,
  region,
}: {
  indicator: MeasuredIndicator
  roadmap: RoadmapRow
  region: string | null
}) {
  const href = `/roadmaps/${roadmap.id}/indicators${region ? `?${new URLSearchParams({ region })}` : ''}`
  const told = (value: string) => formatNumber(Number(value).toFixed(decimals))
  return (
    <>
      <a href={href}>{title}</a>
      {fact === null ? null : `: ${told(fact)}${plan === null ? '' : ` из ${told(plan)}`} ${unit}`}
    </>
  )
}

/** Of the template nothing is done or late, its copies are. */
function Linked(props: { title: string; measures: readonly LinkedMeasure[]; template: boolean }) {
  const { title, measures, template } = props
  if (measures.length === 0) return null
  return (
    <Card title={title}>
      <List label={title}>
        {measures.map(({ id, number, title: name, dueOn, state }) => (
          <ListItem
            key={id}
            title={`${number}. ${name}`}
            href={`/measures/${id}`}
            under={[`срок ${termOf({ startsOn: null, dueOn })}`]}
            end={template ? undefined : <Badge tone={measureTones[state]} text={measureStateNames[state]} />}
          />
        ))}
      </List>
    </Card>
  )
}

function Standing({ measure, today }: MeasurePageProps) {
  const { state, percent } = measure
  const words = termWords(measure, today)
  return (
    <Card title="Состояние">
      <Stack space="small">
        <Row>
          <Badge tone={measureTones[state]} text={measureStateNames[state]} />
          {words ? <b>{words}</b> : null}
        </Row>
        <Progress value={percent} max={100} label="Выполнено" text={`Выполнено ${percent} %`} />
      </Stack>
    </Card>
  )
}

function History({ ctx, measure, changes }: MeasurePageProps) {
  return (
    <Card title="Последние изменения" foot={<a href={`/measures/${measure.id}/history`}>Вся история</a>}>
      {changes.length === 0 ? (
        <EmptyState title="Изменений не было" icon="history">
          Здесь будет видно, кто, что и почему изменил.
        </EmptyState>
      ) : (
        <List label="Последние изменения">
          {changes.slice(0, shownChanges).map((change) => (
            <ListItem key={change.id} top={[formatDateTime(change.at, ctx.timeZone)]} title={fieldName(change.field)}>
              <Muted>{changeWords(change)}</Muted>
            </ListItem>
          ))}
        </List>
      )}
    </Card>
  )
}
