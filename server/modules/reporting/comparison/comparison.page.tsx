import type { ComparedCell, ComparisonQuery } from '../../../../contracts/history.ts'
import type { Report } from '../../../../contracts/reporting.ts'
import type { Form } from '../../../../engine/index.ts'
import {
  Card,
  counted,
  EmptyState,
  FilterSelect,
  Filters,
  formatNumber,
  LinkButton,
  Num,
  Page,
  Pager,
  Row,
  Stack,
  Table,
  Text,
} from '../../../../web/kit/index.ts'
import { cellHref, placeText } from '../../../../web/report/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { reportCrumbs } from '../decisions/decision.parts.tsx'
import { reportTitle } from '../reports/reports.ts'
import { type ComparisonView, cellsOnPage } from './comparison.ts'

type ComparisonProps = { ctx: PageContext; report: Report; view: ComparisonView; query: ComparisonQuery }

/** What it was, what it is, by how much it differs. */
export function ComparisonPage({ ctx, report, view, query }: ComparisonProps) {
  const { form, chosen, choices, cells, changed } = view
  const path = `/reports/${report.id}/comparison`
  const shown = cells.slice((query.page - 1) * cellsOnPage, query.page * cellsOnPage)
  return (
    <Page
      title="Сравнение отчёта"
      lead={`${reportTitle(report)}, ${report.organisation.shortName}`}
      crumbs={reportCrumbs(report, 'Сравнение')}
      help={{ href: '/guide/otchety', text: 'заполнение отчёта' }}
      frame={ctx.frame}
      wide
    >
      {chosen ? (
        <Stack>
          <Card flush>
            <Filters label="С чем сравнить" action={path} submit="Сравнить">
              <FilterSelect
                name="with"
                label="С чем"
                empty={choices[0]?.text ?? ''}
                value={query.with}
                options={choices.slice(1)}
              />
              <FilterSelect
                name="section"
                label="Раздел"
                empty="Все"
                value={query.section}
                options={sectionsOf(form)}
              />
              <FilterSelect
                name="cells"
                label="Какие ячейки"
                empty="Только изменённые"
                value={query.cells === 'all' ? 'all' : undefined}
                options={[{ value: 'all', text: 'Все' }]}
              />
            </Filters>
            <Table
              label="Отличия"
              rows={shown}
              rowKey={({ cell }) => cell}
              narrow={3}
              empty={
                <EmptyState title="Отличий нет" icon="check">
                  Все числа такие же, как в том, с чем сравнивали.
                </EmptyState>
              }
              columns={[
                {
                  key: 'cell',
                  title: 'Ячейка',
                  cell: ({ cell }) =>
                    form.cell(cell) || cell.startsWith('title/') ? (
                      <a href={`/reports/${report.id}${cellHref(cell, '')}`}>{placeText(form, cell)}</a>
                    ) : (
                      `${cell}, в этой версии формы ячейки нет`
                    ),
                },
                { key: 'was', title: 'Было', cell: ({ was }) => cellValue(was) },
                { key: 'is', title: 'Стало', cell: ({ is }) => cellValue(is) },
                { key: 'difference', title: 'Разница', numeric: true, cell: (cell) => differenceText(cell) },
                { key: 'percent', title: 'В процентах', numeric: true, cell: (cell) => percentText(cell) },
              ]}
            />
            <Pager
              page={query.page}
              size={cellsOnPage}
              shown={shown.length}
              total={cells.length}
              href={(page) => `${path}?${parametersOf(query, chosen.value)}&page=${page}`}
            />
          </Card>
          <Row>
            <Text>{`Изменено: ${counted(changed, ['ячейка', 'ячейки', 'ячеек'])}.`}</Text>
            {cells.length > 0 ? (
              <>
                <LinkButton
                  size="small"
                  icon="download"
                  href={`${path}.xlsx?${parametersOf(query, chosen.value)}`}
                  download
                >
                  Скачать Excel
                </LinkButton>
                <LinkButton
                  size="small"
                  kind="quiet"
                  icon="download"
                  href={`${path}.csv?${parametersOf(query, chosen.value)}`}
                  download
                >
                  Скачать CSV
                </LinkButton>
              </>
            ) : null}
          </Row>
        </Stack>
      ) : (
        <Card>
          <EmptyState title="Сравнивать пока не с чем" icon="history">
            Отчёт ещё не отправляли, и отчётов за другие периоды у организации нет.
          </EmptyState>
        </Card>
      )}
    </Page>
  )
}

const sectionsOf = (form: Form) => [
  ...(form.template.title.length > 0 ? [{ value: 'title', text: 'Титульный лист' }] : []),
  ...form.sections.map(({ code, name }) => ({ value: code, text: `${code}. ${name}` })),
]

const parametersOf = ({ section, cells }: ComparisonQuery, chosen: string): string =>
  new URLSearchParams({ with: chosen, ...(section && { section }), cells }).toString()

const isNumber = (value: string) => /^-?\d+(\.\d+)?$/.test(value)
const cellValue = (value: string | null) =>
  value === null ? 'пусто' : isNumber(value) ? <Num>{formatNumber(value)}</Num> : value

const signed = (text: string): string => (text.startsWith('-') ? formatNumber(text) : `+${formatNumber(text)}`)
const differenceText = ({ difference }: ComparedCell): string =>
  difference === null ? '' : difference === '0' ? '0' : signed(difference)
const percentText = ({ percent }: ComparedCell): string =>
  percent === null ? '' : percent === 0 ? '0 %' : `${signed(String(percent))} %`

export const comparisonWidths = [60, 18, 18, 14, 14]

/** The same lines in a file. */
export async function* comparisonTable({ form, chosen, cells }: ComparisonView): AsyncGenerator<readonly string[]> {
  yield ['Ячейка', `Было: ${chosen?.text ?? ''}`, 'Стало', 'Разница', 'В процентах']
  for (const { cell, was, is, difference, percent } of cells)
    yield [
      form.cell(cell) || cell.startsWith('title/') ? placeText(form, cell) : cell,
      was ?? '',
      is ?? '',
      difference ?? '',
      percent === null ? '' : String(percent).replace('.', ','),
    ]
}
