/** The classification of activities by code and words: for whoever fills in the form of an organisation without a script. */
import { leastSearch, type OkvedCode } from '../../../contracts/organisations.ts'
import { Card, cabinetCrumb, EmptyState, Filters, FilterText, Page, Table, Unbroken } from '../../../web/kit/index.ts'
import type { PageContext } from '../../kernel/http/index.ts'

export function ActivitiesPage({ ctx, q, found }: { ctx: PageContext; q: string; found: readonly OkvedCode[] }) {
  return (
    <Page
      title="Виды деятельности"
      frame={ctx.frame}
      crumbs={[cabinetCrumb, { text: 'Виды деятельности' }]}
      lead="Коды ОКВЭД 2. Более подробный код вводите, как в выписке из ЕГРЮЛ: он принимается, если его класс есть в справочнике."
    >
      <Card flush>
        <Filters
          label="Поиск вида деятельности"
          action="/organisations/activities"
          reset={q ? '/organisations/activities' : undefined}
          submit="Найти"
        >
          <FilterText label="Код или слова" value={q} />
        </Filters>
        <Table
          label="Найденные виды деятельности"
          rows={found}
          rowKey={({ code }) => code}
          columns={[
            { key: 'code', title: 'Код', unbroken: true, cell: ({ code }) => <Unbroken>{code}</Unbroken> },
            { key: 'name', title: 'Название', full: true, cell: ({ name }) => name },
          ]}
          empty={
            <EmptyState title={q ? 'Ничего не нашлось' : 'Что ищем?'} icon="search">
              {q
                ? 'Попробуйте другое слово или начало кода.'
                : `Введите начало кода, например 85, или слова от ${leastSearch} букв: «дошкольное», «больница».`}
            </EmptyState>
          }
        />
      </Card>
    </Page>
  )
}
