/** Two versions of a form side by side: what was added, removed and changed. */
import type { FormComparison, FormDifference, FormVersions } from '../../../../contracts/forms.ts'
import {
  Badge,
  Card,
  CardPart,
  cabinetCrumb,
  EmptyState,
  FilterSelect,
  Filters,
  Page,
  Stack,
  Table,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { formAddress, kindTitles } from './forms.words.ts'

type ComparisonProps = { ctx: PageContext; compared: FormVersions & FormComparison }

const mostShown = 500

export function ComparisonPage({ ctx, compared }: ComparisonProps) {
  const { form, versions, before, after, differences } = compared
  const options = versions.map(({ number }) => ({ value: String(number), text: `Версия ${number}` }))
  const kinds = [...new Set(differences.map(({ kind }) => kind))]
  return (
    <Page
      title={`${form.cipher}: сравнение версий`}
      lead={`Что отличает версию ${after} от версии ${before}.`}
      crumbs={[
        cabinetCrumb,
        { text: 'Формы отчётов', href: '/forms' },
        { text: form.cipher, href: formAddress(form.code) },
        { text: 'Сравнение версий' },
      ]}
      frame={ctx.frame}
    >
      <Stack>
        <Card title="Какие версии">
          <Filters label="Какие версии сравнить" action={`${formAddress(form.code)}/comparison`} submit="Сравнить">
            <FilterSelect name="before" label="Прежняя" empty="Предыдущая" options={options} value={String(before)} />
            <FilterSelect name="after" label="Новая" empty="Последняя" options={options} value={String(after)} />
          </Filters>
        </Card>
        {differences.length === 0 ? (
          <Card title="Отличий нет">
            <EmptyState title="Версии не отличаются" icon="check">
              Разделы, строки, графы, ячейки и контроли одинаковы.
            </EmptyState>
          </Card>
        ) : null}
        {kinds.map((kind) => (
          <Differences key={kind} kind={kind} all={differences.filter((difference) => difference.kind === kind)} />
        ))}
      </Stack>
    </Page>
  )
}

export function Differences({ kind, all }: { kind: FormDifference['kind']; all: FormDifference[] }) {
  return (
    <Card title={kindTitles[kind]} count={all.length} flush>
      {all.length > mostShown ? (
        <CardPart>
          <p>Показаны первые {mostShown}: остальные — в API, по адресу этой страницы.</p>
        </CardPart>
      ) : null}
      <Table
        label={`Отличия: ${kindTitles[kind]}`}
        rows={all.slice(0, mostShown)}
        rowKey={({ place }) => place}
        columns={[
          { key: 'place', title: 'Место', cell: ({ place }) => place },
          { key: 'change', title: 'Что стало', width: 'state', cell: changeBadge },
          { key: 'before', title: 'Было', cell: ({ before }) => before || '—' },
          { key: 'after', title: 'Стало', cell: ({ after }) => after || '—' },
        ]}
      />
    </Card>
  )
}

function changeBadge({ before, after }: FormDifference) {
  if (before === null) return <Badge tone="ok" icon="plus" text="добавлено" />
  return after === null ? <Badge tone="bad" icon="bin" text="убрано" /> : <Badge tone="wait" text="изменено" />
}
