import type { PublishedSummary } from '../../../../contracts/consolidation.ts'
import {
  Button,
  Card,
  Checkboxes,
  cabinetCrumb,
  Disclosure,
  EmptyState,
  ErrorSummary,
  Facts,
  Form,
  FormEnd,
  formatDateTime,
  LinkButton,
  List,
  ListItem,
  Note,
  Page,
  Row,
  Select,
  Stack,
  Text,
  TextArea,
  TextField,
} from '../../../../web/kit/index.ts'
import type { FormFailure, PageContext, PageVisitor } from '../../../kernel/http/index.ts'
import { consolidationHref } from './consolidation.links.ts'
import { countedStates } from './consolidation.phrases.ts'
import type { ConsolidationView } from './consolidation.ts'
import type { SummaryRow } from './summaries.queries.ts'
import { Figures } from './summary.figures.tsx'
import type { SummaryTable } from './summary-table.ts'

const crumbs = [cabinetCrumb, { text: 'Свод', href: '/consolidation' }]
const help = { href: '/guide/svod', text: 'свод' }

export function SummariesPage({ ctx, summaries }: { ctx: PageContext; summaries: SummaryRow[] }) {
  const add = <LinkButton href="/summaries/new">Новая сводка</LinkButton>
  return (
    <Page title="Сводки" frame={ctx.frame} crumbs={[...crumbs, { text: 'Сводки' }]} help={help} actions={add}>
      <Card>
        {summaries.length === 0 ? (
          <EmptyState title="Сводок пока нет" icon="table" actions={add}>
            Сводка запоминает ячейки, территорию и период и каждый раз показывает свежие числа.
          </EmptyState>
        ) : (
          <List label="Сводки">
            {summaries.map(({ id, name, formCipher, ownerId, publicKey }) => (
              <ListItem
                key={id}
                title={name}
                href={`/summaries/${id}`}
                under={[
                  formCipher,
                  ownerId === ctx.account.id ? 'ваша' : 'с вами поделились',
                  publicKey ? 'опубликована' : undefined,
                ]}
              />
            ))}
          </List>
        )}
      </Card>
    </Page>
  )
}

/** More boxes than this are not looked through; other territories are named by the API. */
const mostChoices = 60

type NewProps = { ctx: PageContext; view: ConsolidationView; failure?: FormFailure | undefined }

export function NewSummaryPage({ ctx, view, failure }: NewProps) {
  const values = failure?.values ?? {}
  const { choices, form, period, query } = view
  const problems = failure?.problems ?? []
  const errorOf = (field: string) => problems.find((problem) => problem.field === field)?.text
  const territories = choices.territories.map(({ id, name }) => ({ value: id, text: name }))
  return (
    <Page
      title="Новая сводка"
      frame={ctx.frame}
      crumbs={[...crumbs, { text: 'Сводки', href: '/summaries' }, { text: 'Новая' }]}
      help={help}
      hasErrors={failure !== undefined}
    >
      <Card>
        <Form action="/summaries" label="Новая сводка">
          <ErrorSummary title="Сводка не сохранена" errors={problems} />
          {failure?.message ? <Note tone="bad">{failure.message}</Note> : null}
          <TextField name="name" label="Название" value={values.name} error={errorOf('name')} />
          <Select
            name="form"
            label="Форма"
            options={choices.forms.map(({ code, cipher }) => ({ value: code, text: cipher }))}
            value={values.form ?? form.code}
          />
          <Select
            name="period"
            label="Период"
            options={choices.periods.map(({ key, title }) => ({ value: key, text: title }))}
            value={values.period ?? period.key}
          />
          <Select
            name="territory"
            label="Территория"
            empty="Всё доступное"
            options={territories}
            value={values.territory ?? query.territory}
          />
          {territories.length > 1 ? (
            <div class="field">
              <Disclosure title="Сравнить несколько территорий" open={Boolean(values.territories)}>
                <Checkboxes
                  name="territories"
                  label="Территории для сравнения"
                  hint="Не больше 10. По строке на каждую, вместо выбранной выше"
                  options={territories.slice(0, mostChoices)}
                  values={values.territories?.split('\n') ?? []}
                  error={errorOf('territories')}
                />
              </Disclosure>
            </div>
          ) : null}
          <Select
            name="states"
            label="Какие отчёты"
            options={Object.entries(countedStates).map(([value, text]) => ({ value, text }))}
            value={values.states ?? 'accepted'}
          />
          <TextArea
            name="cells"
            label="Ячейки"
            hint="Адреса через пробел: раздел/строка/графа, например 7/701/3. Не больше 12"
            value={values.cells}
            error={errorOf('cells')}
          />
          <Select
            name="grouping"
            label="Строки сводки"
            options={[
              { value: 'none', text: 'итог по территории' },
              { value: 'children', text: 'по частям территории' },
            ]}
            value={values.grouping ?? 'children'}
          />
          <TextField
            name="periods"
            label="Сколько периодов"
            hint="1 — только выбранный; больше — ещё и прошлые, для сравнения"
            width={6}
            inputMode="numeric"
            value={values.periods ?? '1'}
            error={errorOf('periods')}
          />
          <Select
            name="chart"
            label="Вид"
            options={[
              { value: 'bar', text: 'столбцы и таблица' },
              { value: 'line', text: 'линии и таблица' },
              { value: 'table', text: 'только таблица' },
            ]}
            value={values.chart ?? 'bar'}
          />
          <Select
            name="sharedWith"
            label="Кому ещё видна"
            empty="Только мне"
            options={territories}
            value={values.sharedWith}
            hint="Каждый увидит числа лишь по тем организациям, которые ему доступны"
          />
          <TextField
            name="minimum"
            label="Скрывать при публикации числа, за которыми организаций меньше"
            width={6}
            inputMode="numeric"
            value={values.minimum ?? '3'}
            error={errorOf('minimum')}
          />
          <FormEnd>
            <Button kind="main">Сохранить сводку</Button>
          </FormEnd>
        </Form>
      </Card>
    </Page>
  )
}

type SummaryProps = { ctx: PageContext; summary: SummaryRow; table: SummaryTable }

export function SummaryPage({ ctx, summary, table }: SummaryProps) {
  const { id, name, formCode, formCipher, choice, ownerId, publicKey, publishedAt } = summary
  const mine = ownerId === ctx.account.id
  return (
    <Page
      title={name}
      frame={ctx.frame}
      wide
      lead={`${formCipher}, ${table.place}`}
      crumbs={[...crumbs, { text: 'Сводки', href: '/summaries' }, { text: name }]}
      help={help}
      actions={
        <LinkButton
          kind="quiet"
          href={consolidationHref({ form: formCode, period: choice.period, territory: choice.territory })}
        >
          Открыть свод
        </LinkButton>
      }
    >
      <Stack>
        <Figures
          {...table}
          chart={choice.chart}
          rows={table.rows.map((row) => ({ name: row.name, values: row.values.map(({ value }) => value) }))}
        />
        <Card>
          <Facts
            facts={[
              ['По состоянию на', formatDateTime(table.asOf, ctx.timeZone)],
              ['Какие отчёты', countedStates[choice.states]],
              ['Опубликована', publishedAt ? formatDateTime(publishedAt, ctx.timeZone) : 'нет'],
            ]}
          />
        </Card>
        {mine ? (
          <Card title="Публикация">
            <Stack>
              <Text>
                {`По ссылке сводку увидит любой, без входа. Показано будет то, что стоит в ней сейчас; числа, за которыми меньше ${choice.minimum} организаций, будут скрыты.`}
              </Text>
              {publicKey ? <a href={`/public/summaries/${publicKey}`}>Открыть опубликованную</a> : null}
              <Row>
                <Form action={`/summaries/${id}/publication`} label="Публикация">
                  <Button>{publicKey ? 'Опубликовать заново' : 'Опубликовать'}</Button>
                </Form>
                {publicKey ? (
                  <Form action={`/summaries/${id}/unpublication`} label="Снятие публикации">
                    <Button kind="quiet">Снять публикацию</Button>
                  </Form>
                ) : null}
                <Form action={`/summaries/${id}/removal`} label="Удаление сводки">
                  <Button kind="quiet">Удалить сводку</Button>
                </Form>
              </Row>
            </Stack>
          </Card>
        ) : null}
      </Stack>
    </Page>
  )
}

export function PublishedPage({
  ctx,
  summary,
  dataHref,
}: {
  ctx: PageVisitor
  summary: PublishedSummary
  dataHref: string
}) {
  const { name, form, territory, asOf, minimum } = summary
  return (
    <Page
      title={name}
      frame={ctx.frame}
      lead={`${form}, ${territory}`}
      crumbs={[{ text: 'Главная', href: '/' }, { text: name }]}
    >
      <Stack>
        <Figures {...summary} hides />
        <Text>
          {`Данные на ${formatDateTime(asOf, ctx.timeZone)}. «Скрыто» стоит там, где за числом меньше ${minimum} организаций, и там, где его можно было бы вычислить.`}
        </Text>
        <a href={dataHref}>Те же данные в JSON</a>
      </Stack>
    </Page>
  )
}
