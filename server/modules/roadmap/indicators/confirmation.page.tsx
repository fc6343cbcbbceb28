/** The coordinator's page of a period: all regions, all indicators, what checks have noticed. */
import {
  type ConfirmationList,
  type ConfirmationQuery,
  type FigureState,
  figureStates,
  figuresOnPage,
} from '../../../../contracts/indicators.ts'
import {
  Badge,
  Button,
  Card,
  type Column,
  counted,
  EmptyState,
  FilterSelect,
  Filters,
  Form,
  formatNumber,
  LinkButton,
  Note,
  Num,
  Page,
  Pager,
  Quiet,
  Row,
  Stack,
  Table,
  Text,
  TextArea,
  Tick,
  Under,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { RoadmapTabs, roadmapCrumbs } from '../roadmaps/roadmap.tabs.tsx'
import type { RoadmapRow } from '../roadmaps/roadmaps.queries.ts'
import { isDecidable, isThere } from './confirmation.ts'
import { figureStateNames, figureTones } from './figure-states.ts'
import type { TableChoices } from './figures.page.tsx'
import { periodName } from './periods.ts'

type Line = ConfirmationList['figures'][number]
export type ConfirmationPageProps = {
  ctx: PageContext
  roadmap: RoadmapRow
  list: ConfirmationList
  query: ConfirmationQuery
  choices: TableChoices & { indicators: readonly { id: string; title: string }[] }
  /** May publish what is confirmed. */
  manages: boolean
  failure?: { message: string | undefined; values: Readonly<Record<string, string>> } | undefined
}

export function ConfirmationPage(props: ConfirmationPageProps) {
  const { ctx, roadmap, list, manages, failure } = props
  const at = `/roadmaps/${roadmap.id}/indicators`
  const period = new URLSearchParams({ period: list.period, periodicity: list.periodicity })
  return (
    <Page
      title={`Подтверждение показателей: ${list.periodName}`}
      lead={told(list)}
      frame={ctx.frame}
      crumbs={roadmapCrumbs(roadmap, { text: 'Показатели', href: at }, { text: 'Подтверждение' })}
      help={{ href: '/guide/dorozhnaya-karta#t-подтверждение-и-публикация-показателей', text: 'подтверждение' }}
      hasErrors={failure !== undefined}
      wide
      actions={
        manages ? (
          <LinkButton kind="main" href={`${at}/publication?${period}`}>
            Публикация
          </LinkButton>
        ) : null
      }
    >
      <Stack>
        <RoadmapTabs ctx={ctx} roadmap={roadmap} current="indicators" />
        {failure?.message ? (
          <Note tone="bad" live="alert" title="Не сделано">
            {failure.message}
          </Note>
        ) : null}
        {list.clean > 0 ? <ConfirmClean at={at} list={list} /> : null}
        <Card flush>
          <Choice {...props} />
          <Table
            label={`Показатели за ${list.periodName}`}
            rows={list.figures}
            rowKey={pickOf}
            columns={columnsOf(at, list)}
            pick={{
              action: `${at}/decisions`,
              label: ({ indicator, region }) => `${indicator.title}, ${region.name}`,
              nouns: ['показатель', 'показателя', 'показателей'],
              total: list.total,
              actions: [
                { value: 'confirm', text: 'Подтвердить' },
                { value: 'return', text: 'Вернуть' },
              ],
              chosen: failure?.values.pick?.split('\n') ?? [],
              hidden: { ...addressOf(props.query), period: list.period, periodicity: list.periodicity },
              field: (
                <TextArea
                  name="reason"
                  label="Причина, если возвращаете"
                  optional
                  rows={2}
                  value={failure?.values.reason ?? ''}
                />
              ),
            }}
            empty={
              <EmptyState title="Таких показателей нет" icon="table">
                Сбросьте отбор или выберите другой период.
              </EmptyState>
            }
          />
          <Pager
            page={props.query.page}
            size={figuresOnPage}
            shown={list.figures.length}
            total={list.total}
            href={(page) => confirmationAddress(roadmap.id, { ...props.query, page })}
          />
        </Card>
      </Stack>
    </Page>
  )
}

/** As the form of chosen rows posts it, with what could be done to the row when the person saw it. */
const pickOf = (line: Line): string =>
  [
    line.indicator.id,
    line.version,
    line.region.code,
    isDecidable(line) ? 'decidable' : '',
    isThere(line) ? 'there' : '',
  ].join('|')

function told({ counts }: ConfirmationList): string {
  const words = figureStates
    .filter((state) => counts[state] > 0)
    .map((state) => `${stateWords[state]} — ${counts[state]}`)
  return words.length > 0 ? `Показателей по регионам: ${words.join(', ')}.` : 'Показателей за этот период нет.'
}

const stateWords: Record<FigureState, string> = {
  none: 'не внесено',
  entered: 'ждут подтверждения',
  confirmed: 'подтверждено',
  returned: 'возвращено',
  published: 'опубликовано',
}

function ConfirmClean({ at, list }: { at: string; list: ConfirmationList }) {
  return (
    <Card>
      <Form action={`${at}/clean-confirmation`} hidden={{ period: list.period, periodicity: list.periodicity }}>
        <Row apart>
          <Text>
            {`Без замечаний проверки внесено: ${counted(list.clean, ['показатель', 'показателя', 'показателей'])}.`}
          </Text>
          <Button>{`Подтвердить все без замечаний: ${list.clean}`}</Button>
        </Row>
      </Form>
    </Card>
  )
}

function Choice({ roadmap, list, query, choices }: ConfirmationPageProps) {
  const address = `/roadmaps/${roadmap.id}/indicators/confirmation`
  const period = new URLSearchParams({ period: list.period, periodicity: list.periodicity })
  const narrowed = query.region || query.indicator || query.state || query.warnings
  return (
    <Filters
      label="Отбор показателей"
      action={address}
      reset={narrowed ? `${address}?${period}` : undefined}
      keep={{ periodicity: list.periodicity }}
    >
      <FilterSelect
        name="period"
        label="Период"
        options={choices.periods.map((day) => ({ value: day, text: periodName(list.periodicity, day) }))}
        value={list.period}
        empty="Последний завершённый"
      />
      <FilterSelect
        name="state"
        label="Состояние"
        options={figureStates.map((state) => ({ value: state, text: figureStateNames[state] }))}
        value={query.state}
        empty="Все состояния"
      />
      <FilterSelect
        name="warnings"
        label="Замечания проверки"
        options={[
          { value: 'with', text: 'Есть' },
          { value: 'unexplained', text: 'Есть, без пояснения' },
          { value: 'without', text: 'Нет' },
        ]}
        value={query.warnings}
        empty="Не важно"
      />
      <FilterSelect
        name="indicator"
        label="Показатель"
        options={choices.indicators.map(({ id, title }) => ({ value: id, text: title }))}
        value={query.indicator}
        empty="Все показатели"
      />
      <FilterSelect
        name="region"
        label="Регион"
        options={choices.regions.map(({ code, name }) => ({ value: code, text: name }))}
        value={query.region}
        empty="Все регионы"
      />
    </Filters>
  )
}

const addressOf = ({ region, indicator, state, warnings, page }: ConfirmationQuery): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ region, indicator, state, warnings, page: page > 1 ? page : undefined }).flatMap(
      ([name, value]) => (value === undefined ? [] : [[name, String(value)]]),
    ),
  )

/** What the list shows, kept in its address. */
export function confirmationAddress(roadmapId: string, query: ConfirmationQuery): string {
  const { period, periodicity } = query
  const parts = new URLSearchParams({
    ...(period && { period }),
    ...(periodicity && { periodicity }),
    ...addressOf(query),
  })
  return `/roadmaps/${roadmapId}/indicators/confirmation?${parts}`
}

const columnsOf = (at: string, list: ConfirmationList): Column<Line>[] => [
  {
    key: 'region',
    title: 'Регион и показатель',
    full: true,
    cell: ({ region, indicator }) => (
      <>
        <a
          href={`${at}?${new URLSearchParams({ region: region.code, period: list.period, periodicity: list.periodicity })}`}
        >
          {region.name}
        </a>
        <Under>{`${indicator.title}, ${indicator.unit}`}</Under>
      </>
    ),
  },
  { key: 'previous', title: 'Было', numeric: true, cell: ({ previous }) => <Value value={previous} /> },
  { key: 'plan', title: 'План', numeric: true, cell: ({ plan }) => <Value value={plan} /> },
  {
    key: 'fact',
    title: 'Факт',
    numeric: true,
    cell: ({ fact, publishedFact }) => (
      <>
        <Value value={fact} />
        {publishedFact !== null && publishedFact !== fact ? (
          <Under>опубликовано {formatNumber(publishedFact)}</Under>
        ) : null}
      </>
    ),
  },
  {
    key: 'state',
    title: 'Состояние',
    width: 'state',
    cell: ({ state, returnReason }) => (
      <>
        <Badge tone={figureTones[state]} text={figureStateNames[state]} />
        {returnReason ? <Under>{returnReason}</Under> : null}
      </>
    ),
  },
  { key: 'checks', title: 'Проверка и пояснение', full: true, cell: (figure) => <Noticed figure={figure} /> },
]

const Value = ({ value }: { value: string | null }) => (value === null ? '—' : <Num>{formatNumber(value)}</Num>)

function Noticed({ figure }: { figure: Line }) {
  const { warnings, explanation, fact, indicator } = figure
  if (indicator.source === 'computed') return <Quiet>Считается из других показателей</Quiet>
  if (warnings.length === 0 && !explanation) return fact === null ? <Quiet>—</Quiet> : <Quiet>Замечаний нет</Quiet>
  return (
    <>
      <ul class="ticks">
        {warnings.map(({ code, text }) => (
          <Tick key={code} tone="warn">
            {text}
          </Tick>
        ))}
      </ul>
      {explanation ? (
        <Under>Пояснение: {explanation}</Under>
      ) : isDecidable(figure) ? (
        <Under>Пояснения нет</Under>
      ) : null}
    </>
  )
}
