/** «Свод»: a form's totals over a territory, drawn as the form's own tables; every number leads to what is behind it. */
import type { ConsolidationQuery } from '../../../../contracts/consolidation.ts'
import type { FormSection } from '../../../../engine/index.ts'
import {
  Card,
  CardPart,
  cabinetCrumb,
  counted,
  EmptyState,
  Facts,
  FilterSelect,
  Filters,
  formatDateTime,
  formatNumber,
  LinkButton,
  List,
  Menu,
  Page,
  Quiet,
  Renewed,
  Row,
  Stack,
  WorkProgress,
} from '../../../../web/kit/index.ts'
import { placeText, ReportTable } from '../../../../web/report/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { kindNames } from '../../organisations/index.ts'
import { behindHref, consolidationHref, tableHref } from './consolidation.links.ts'
import { countedStates } from './consolidation.phrases.ts'
import type { ConsolidationView } from './consolidation.ts'
import { CorrectionLine } from './correction.line.tsx'
import { mostSpecifics } from './entries.ts'
import { listText } from './entry-totals.ts'
import { layoutOf } from './layout.ts'

export const reportForms = ['отчёт', 'отчёта', 'отчётов'] as const
const crumbs = [cabinetCrumb]
const help = { href: '/guide/svod', text: 'свод' }

export function ConsolidationPage({ ctx, view }: { ctx: PageContext; view: ConsolidationView }) {
  const { query, form, period, place, totals } = view
  const asked = { ...query, form: form.code, period: period.key }
  const section = totals.form.section(query.section ?? '') ?? totals.form.sections[0]
  return (
    <Page
      title={`Свод ${form.cipher} за ${period.title}`}
      frame={ctx.frame}
      wide
      crumbs={[...crumbs, { text: 'Свод' }]}
      help={help}
      lead={place}
      actions={
        <Row>
          <LinkButton href="/summaries" kind="quiet">
            Сводки
          </LinkButton>
          <Menu
            text="Скачать"
            items={[
              { text: 'Книга XLSX', icon: 'download', href: tableHref({ ...asked, format: 'xlsx' }) },
              { text: 'Таблица CSV', icon: 'download', href: tableHref({ ...asked, format: 'csv' }) },
            ]}
          />
        </Row>
      }
    >
      <Stack>
        <Choice view={view} />
        <Standing ctx={ctx} view={view} />
        {section ? <SectionTotals view={view} asked={asked} section={section} /> : null}
        <Corrections ctx={ctx} view={view} />
      </Stack>
    </Page>
  )
}

/** What is shown when nothing has been collected yet. */
export const NothingToConsolidate = ({ ctx, message }: { ctx: PageContext; message: string }) => (
  <Page title="Свод" frame={ctx.frame} crumbs={[...crumbs, { text: 'Свод' }]} help={help}>
    <EmptyState title="Сводить пока нечего" icon="table" actions={<LinkButton href="/reports">К отчётам</LinkButton>}>
      {message}
    </EmptyState>
  </Page>
)

function Choice({ view: { query, form, period, choices } }: { view: ConsolidationView }) {
  return (
    <Card flush>
      <Filters label="Что сводить" action="/consolidation" reset="/consolidation" submit="Показать">
        <FilterSelect
          name="form"
          label="Форма"
          empty="Первая по списку"
          value={form.code}
          options={choices.forms.map(({ code, cipher }) => ({ value: code, text: cipher }))}
        />
        <FilterSelect
          name="period"
          label="Период"
          empty="Последний"
          value={period.key}
          options={choices.periods.map(({ key, title }) => ({ value: key, text: title }))}
        />
        {choices.regions.length > 1 ? (
          <FilterSelect
            name="region"
            label="Регион"
            empty="Все регионы"
            value={query.region}
            options={choices.regions.map(({ code, name }) => ({ value: code, text: name }))}
          />
        ) : null}
        <FilterSelect
          name="territory"
          label="Территория"
          empty="Всё доступное"
          value={query.territory}
          options={choices.territories.map(({ id, name }) => ({ value: id, text: name }))}
        />
        <FilterSelect
          name="kind"
          label="Тип организаций"
          empty="Все типы"
          value={query.kind}
          options={Object.entries(kindNames).map(([value, text]) => ({ value, text }))}
        />
        <FilterSelect
          name="states"
          label="Какие отчёты"
          empty="Отправленные и принятые"
          value={query.states}
          options={Object.entries(countedStates).map(([value, text]) => ({ value, text }))}
        />
      </Filters>
    </Card>
  )
}

/** What has been added up, as of when, and what has not. */
function Standing({ ctx, view }: { ctx: PageContext; view: ConsolidationView }) {
  const { totals, asked, asOf, query, waiting, previous } = view
  return (
    <Stack space="small">
      {waiting.reports > 0 ? (
        <Renewed seconds={5}>
          <WorkProgress
            title={`Считается: ${waiting.done} %`}
            value={waiting.done}
            max={100}
            text={`Свод ещё не полон: учитываются ещё ${counted(waiting.reports, reportForms)}. Числа ниже станут окончательными, когда счёт закончится.`}
          />
        </Renewed>
      ) : null}
      <Card>
        <Facts
          facts={[
            ['Учтено отчётов', `${formatNumber(totals.reports)} из ${formatNumber(asked)}`],
            ['Какие отчёты', countedStates[query.states]],
            ['По состоянию на', formatDateTime(asOf, ctx.timeZone)],
            ['Прошлый период для сравнения', previous?.title ?? 'не собирали'],
          ]}
        />
      </Card>
    </Stack>
  )
}

type Asked = ConsolidationQuery & { form: string; period: string }

function SectionTotals({ view, asked, section }: { view: ConsolidationView; asked: Asked; section: FormSection }) {
  const { form, sheet, values, lists } = view.totals
  const corrected = new Map(view.corrections.flatMap((each) => (each.withdrawn ? [] : [[each.cell, each]])))
  const lead = (address: string) => {
    const listed = lists[address]
    if (values[address] === undefined && !listed) return undefined
    const correction = corrected.get(address)
    const note =
      correction && `исправлено в своде: ${correction.by}, было ${correction.was}, стало ${correction.becomes}`
    return {
      href: behindHref({ ...asked, section: section.code, cell: address }),
      ...(note ? { note } : {}),
      ...(listed ? { text: listText(listed) } : {}),
    }
  }
  return (
    <Stack space="small">
      <nav aria-label="Разделы формы">
        <Row>
          {form.sections.map(({ code, number }) => (
            <LinkButton
              key={code}
              size="small"
              kind={code === section.code ? 'main' : 'plain'}
              href={`${consolidationHref({ ...asked, section: code })}#section`}
            >
              {`Раздел ${number || code}`}
            </LinkButton>
          ))}
        </Row>
      </nav>
      <Row apart>
        <h2 id="section">{section.name}</h2>
        {section.unit ? <Quiet>{`код по ОКЕИ: ${section.unit}`}</Quiet> : null}
      </Row>
      <ReportTable form={form} section={section.code} sheet={sheet} readOnly lead={lead} />
      <Quiet>
        Число ведёт к отчётам, из которых оно сложилось; звёздочкой отмечены исправления свода. Рассчитанные ячейки
        вычислены по итогам, поэтому доли и средние верны для всей территории.
      </Quiet>
      <Repeating view={view} section={section} />
    </Stack>
  )
}

/** What entries of a repeating row stand for in the totals. */
function Repeating({ view, section }: { view: ConsolidationView; section: FormSection }) {
  const rows = section.rows.filter(({ type }) => type === 'M')
  if (rows.length === 0) return null
  const { specifics } = layoutOf(view.totals.form)
  const split = rows.filter(({ code }) => specifics.has(`${section.code}/${code}`))
  return (
    <Quiet>
      {split.length > 0
        ? `Повторяющиеся строки сведены по спецификам: каждая запись — итог по всем отчётам с этой спецификой, не больше ${mostSpecifics} на строку. `
        : ''}
      {split.length < rows.length
        ? 'Строки без специфик стоят одной записью: различить записи разных организаций не по чему, поэтому в ней сумма всех.'
        : ''}
    </Quiet>
  )
}

function Corrections({ ctx, view }: { ctx: PageContext; view: ConsolidationView }) {
  if (view.corrections.length === 0) return null
  return (
    <Card title="Исправления свода" count={view.corrections.length}>
      <List label="Исправления свода">
        {view.corrections.map((correction) => (
          <CorrectionLine
            key={correction.id}
            ctx={ctx}
            correction={correction}
            place={placeText(view.totals.form, correction.cell)}
          />
        ))}
      </List>
      {view.query.kind ? <CardPart>Для одного типа организаций исправления не применяются.</CardPart> : null}
    </Card>
  )
}
