/** The table in which a region enters its figures; a plain form, a line for each indicator. */
import type { ComponentChildren } from 'preact'
import { type Figure, type FigureTable, type Periodicity, wholeCountry } from '../../../../contracts/indicators.ts'
import {
  Badge,
  Button,
  Card,
  CardPart,
  type Column,
  Disclosure,
  EmptyState,
  ErrorSummary,
  FilterSelect,
  Filters,
  Form,
  formatDateTime,
  formatNumber,
  HiddenFields,
  LinkButton,
  Muted,
  Note,
  Num,
  Page,
  Quiet,
  Row,
  Stack,
  Table,
  Text,
  TextArea,
  TextField,
  Tick,
  Under,
} from '../../../../web/kit/index.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { RoadmapTabs, roadmapCrumbs } from '../roadmaps/roadmap.tabs.tsx'
import type { RoadmapRow } from '../roadmaps/roadmaps.queries.ts'
import { figureStateNames, figureTones } from './figure-states.ts'
import { lineAgain, lineOf, type ShownLine } from './figures.form.ts'
import { periodicityNames, periodName } from './periods.ts'

export type TableChoices = {
  regions: readonly { code: string; name: string }[]
  periods: readonly string[]
  rhythms: readonly Periodicity[]
}

/** `index` among the lines that are posted. */
type Line = { figure: Figure; index: number; shown: ShownLine }
export type FiguresPageProps = {
  ctx: PageContext
  roadmap: RoadmapRow
  table: FigureTable
  choices: TableChoices
  /** Other pages about figures that the person may open. */
  more: { coordinates: boolean; manages: boolean }
  failure?: FormFailure | undefined
}

export function FiguresPage({ ctx, roadmap, table, choices, more, failure }: FiguresPageProps) {
  const editable = table.figures.filter((figure) => figure.editable)
  const lines = table.figures.map((figure) => {
    const index = editable.indexOf(figure)
    return { figure, index, shown: failure ? lineAgain(figure, failure) : lineOf(figure) }
  })
  return (
    <Page
      title={`Показатели: ${table.region.name}`}
      lead={`${table.periodName}. План и факт, пояснения к необычным числам.`}
      frame={ctx.frame}
      crumbs={roadmapCrumbs(roadmap, { text: 'Показатели' })}
      help={{ href: '/guide/dorozhnaya-karta#t-показатели', text: 'показатели' }}
      hasErrors={failure !== undefined}
      wide
      actions={<PageActions roadmap={roadmap} table={table} more={more} />}
    >
      <Stack>
        <RoadmapTabs ctx={ctx} roadmap={roadmap} current="indicators" region={table.region.code} />
        {failure ? <Failure failure={failure} /> : null}
        <Card flush>
          <PlaceChoice roadmap={roadmap} table={table} choices={choices} />
          {editable.length > 0 ? (
            <Form
              action={`/roadmaps/${roadmap.id}/indicators`}
              label="Показатели"
              hidden={{ region: table.region.code, period: table.period, periodicity: table.periodicity }}
              draft={draftKey(table)}
            >
              <FiguresTable table={table} lines={lines} timeZone={ctx.timeZone} />
              <CardPart>
                <Stack space="small">
                  {editable.some(({ needsReason }) => needsReason) ? <Reason failure={failure} /> : null}
                  <Row>
                    <Button kind="main">Сохранить</Button>
                  </Row>
                </Stack>
              </CardPart>
            </Form>
          ) : (
            <FiguresTable table={table} lines={lines} timeZone={ctx.timeZone} />
          )}
        </Card>
      </Stack>
    </Page>
  )
}

/** What was typed against figures that others have changed since is not put back over them. */
const draftKey = ({ roadmapId, region, period, periodicity, figures }: FigureTable): string =>
  ['figures', roadmapId, region.code, period, periodicity, ...figures.map(({ version }) => version)].join(':')

/** One for all figures that are corrected at once. */
function Reason({ failure }: { failure: FormFailure | undefined }) {
  return (
    <TextArea
      name="reason"
      label="Причина исправления"
      hint="Нужна, если вы меняете подтверждённое или опубликованное число. Её увидят координатор и история показателя."
      value={failure?.values.reason ?? ''}
      error={failure?.problems.find(({ field }) => isReason(field))?.text}
      rows={2}
    />
  )
}

const isReason = (field: string): boolean => field.endsWith('.reason')

function PageActions({ roadmap, table, more }: Pick<FiguresPageProps, 'roadmap' | 'table' | 'more'>) {
  const query = new URLSearchParams({ period: table.period, periodicity: table.periodicity })
  return (
    <>
      {more.coordinates ? (
        <LinkButton href={`/roadmaps/${roadmap.id}/indicators/confirmation?${query}`}>Подтверждение</LinkButton>
      ) : null}
      {more.manages ? (
        <LinkButton href={`/roadmaps/${roadmap.id}/indicators/definitions`}>Описания показателей</LinkButton>
      ) : null}
    </>
  )
}

function Failure({ failure }: { failure: FormFailure }) {
  if (failure.problems.length > 0)
    return (
      <ErrorSummary
        title="Показатели не сохранены"
        errors={failure.problems.map(({ field, text }) => ({ field: isReason(field) ? 'reason' : field, text }))}
      />
    )
  return (
    <Note tone="warn" live="alert" title="Показатели не сохранены">
      {failure.message ?? ''}
    </Note>
  )
}

function PlaceChoice({ roadmap, table, choices }: Pick<FiguresPageProps, 'roadmap' | 'table' | 'choices'>) {
  const { regions, periods, rhythms } = choices
  return (
    <Filters label="Регион и период" action={`/roadmaps/${roadmap.id}/indicators`} submit="Показать">
      {regions.length > 1 ? (
        <FilterSelect
          name="region"
          label="Регион"
          options={regions.map(({ code, name }) => ({ value: code, text: name }))}
          value={table.region.code}
        />
      ) : (
        <HiddenFields fields={{ region: table.region.code }} />
      )}
      <FilterSelect
        name="period"
        label="Период"
        options={periods.map((period) => ({ value: period, text: periodName(table.periodicity, period) }))}
        value={table.period}
      />
      {rhythms.length > 1 ? (
        <FilterSelect
          name="periodicity"
          label="Как часто"
          options={rhythms.map((rhythm) => ({ value: rhythm, text: periodicityNames[rhythm] }))}
          value={table.periodicity}
        />
      ) : (
        <HiddenFields fields={{ periodicity: table.periodicity }} />
      )}
    </Filters>
  )
}

function FiguresTable({ table, lines, timeZone }: { table: FigureTable; lines: readonly Line[]; timeZone: string }) {
  return (
    <Table
      label={`Показатели за ${table.periodName}`}
      rows={lines}
      rowKey={({ figure }) => figure.indicator.id}
      rowId={({ figure }) => `indicator-${figure.indicator.code}`}
      fields
      columns={columnsOf(table, timeZone)}
      empty={
        <EmptyState title="Показателей здесь нет" icon="table">
          {table.region.code === wholeCountry
            ? 'Все показатели ведут регионы: тех, что ведут сразу по всей стране, не заведено. Выберите регион.'
            : 'Для этого региона и периода показатели не заведены или не доступны вам. Выберите другой период.'}
        </EmptyState>
      }
    />
  )
}

const columnsOf = (table: FigureTable, timeZone: string): Column<Line>[] => [
  { key: 'title', title: 'Показатель', full: true, cell: (line) => <Title table={table} figure={line.figure} /> },
  { key: 'previous', title: 'Было', cell: ({ figure }) => <Plain value={figure.previous} /> },
  { key: 'plan', title: 'План', cell: (line) => <Cell line={line} field="plan" /> },
  { key: 'fact', title: 'Факт', cell: (line) => <Cell line={line} field="fact" /> },
  {
    key: 'completion',
    title: '% плана',
    numeric: true,
    cell: ({ figure }) => (figure.completion === null ? '—' : `${formatNumber(figure.completion)} %`),
  },
  { key: 'state', title: 'Состояние', width: 'state', cell: ({ figure }) => <State figure={figure} /> },
  {
    key: 'checks',
    title: 'Проверка и пояснение',
    full: true,
    cell: (line) => <Checks line={line} timeZone={timeZone} />,
  },
]

function Title({ table, figure: { indicator, origin, originHref } }: { table: FigureTable; figure: Figure }) {
  const query = new URLSearchParams({ indicator: indicator.id, region: table.region.code })
  return (
    <>
      <Disclosure title={indicator.title} under={indicator.unit}>
        {indicator.definition ? <Text>{indicator.definition}</Text> : <Muted>Описания пока нет.</Muted>}
        <p>
          <a href={`/roadmaps/${table.roadmapId}/indicators/series?${query}`}>По периодам</a>
          {' · '}
          <a href={`/roadmaps/${table.roadmapId}/indicators/history?${query}&period=${table.period}`}>
            История изменений
          </a>
        </p>
      </Disclosure>
      {origin ? (
        <Under>
          {origin}
          {originHref ? (
            <>
              {'. '}
              <a href={originHref}>Открыть свод</a>
            </>
          ) : null}
        </Under>
      ) : null}
    </>
  )
}

const Plain = ({ value }: { value: string | null }) => (value === null ? '—' : <Num>{formatNumber(value)}</Num>)

/** What is worked out or comes from reports is only shown. */
function Cell({ line: { figure, index, shown }, field }: { line: Line; field: 'plan' | 'fact' }) {
  const { indicator, editable } = figure
  const fromReports = field === 'fact' && indicator.source === 'reporting' && figure.originHref !== null
  if (!editable || fromReports) return <Plain value={figure[field]} />
  return (
    <>
      <TextField
        name={`figures.${index}.${field}`}
        label={`${indicator.title}, ${field === 'plan' ? 'план' : 'факт'}`}
        labelHidden
        value={shown[field]}
        error={shown.errors[field]}
        inputMode="decimal"
        autocomplete="off"
        width={10}
        maxLength={64}
      />
      <Published figure={figure} field={field} />
    </>
  )
}

/** While a correction waits, everybody still sees the published figure. */
function Published({ figure, field }: { figure: Figure; field: 'plan' | 'fact' }): ComponentChildren {
  const published = field === 'plan' ? figure.publishedPlan : figure.publishedFact
  if (published === null || published === figure[field]) return null
  return <Under>опубликовано {formatNumber(published)}</Under>
}

function State({ figure: { state, returnReason } }: { figure: Figure }) {
  return (
    <>
      <Badge tone={figureTones[state]} text={figureStateNames[state]} />
      {returnReason ? <Under>{returnReason}</Under> : null}
    </>
  )
}

function Checks({ line: { figure, index, shown }, timeZone }: { line: Line; timeZone: string }) {
  const { indicator, editable, warnings } = figure
  const asksToExplain = warnings.length > 0 || shown.explanation !== ''
  return (
    <>
      {shown.conflicts.map((conflict) => (
        <Note key={conflict.field} tone="warn">
          <p>
            {cellNames[conflict.field]}: сейчас стоит <b>{told(conflict.theirs)}</b>
            {conflict.by ? `, ${conflict.by}` : ''}
            {conflict.at ? `, ${formatDateTime(conflict.at, timeZone)}` : ''}. Вы ввели <b>{told(conflict.typed)}</b>:
            оно останется, если сохранить ещё раз.
          </p>
        </Note>
      ))}
      {warnings.length > 0 ? (
        <ul class="ticks">
          {warnings.map(({ code, text }) => (
            <Tick key={code} tone="warn">
              {text}
            </Tick>
          ))}
        </ul>
      ) : null}
      {editable ? (
        <>
          <HiddenFields
            fields={{
              [`figures.${index}.indicatorId`]: indicator.id,
              [`figures.${index}.version`]: String(shown.version),
            }}
          />
          {asksToExplain ? (
            <TextArea
              name={`figures.${index}.explanation`}
              label={`Пояснение, ${indicator.title}`}
              labelHidden
              value={shown.explanation}
              error={shown.errors.explanation}
              rows={2}
            />
          ) : null}
          {warnings.length > 0 && shown.explanation === '' ? <Under>Напишите, почему число такое.</Under> : null}
          {!asksToExplain && figure.fact !== null ? <Quiet>Замечаний нет</Quiet> : null}
        </>
      ) : (
        <ReadOnlyChecks figure={figure} />
      )}
    </>
  )
}

function ReadOnlyChecks({ figure: { explanation, warnings, fact } }: { figure: Figure }) {
  if (explanation) return <Quiet>Пояснение: {explanation}</Quiet>
  if (warnings.length > 0) return null
  return fact === null ? <Quiet>—</Quiet> : <Quiet>Замечаний нет</Quiet>
}

const cellNames = { plan: 'План', fact: 'Факт', explanation: 'Пояснение' } as const
const told = (value: string | null): string => (value === null || value === '' ? 'пусто' : formatNumber(value))
