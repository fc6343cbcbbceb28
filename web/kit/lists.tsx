import { Button, LinkButton } from './buttons.tsx'
import { Card } from './cards.tsx'
import { fieldId, Options } from './fields.tsx'
import { HiddenFields } from './form.tsx'
import { Icon } from './icons.tsx'
import { type Column, Table } from './tables.tsx'
import { formatNumber } from './text.ts'
import type { Children, Option } from './types.ts'

export interface FiltersProps {
  /** what a screen reader calls it: «Отбор отчётов» */
  label: string
  action: string
  /** the list with nothing chosen; the way back is offered when something is */
  reset?: string
  /** what of the address must outlive a new search: the sort */
  keep?: Readonly<Record<string, string | undefined>>
  submit?: string
  children: Children
}

/** Above a list; the address holds the answer, so it can be kept and sent. */
export function Filters({ label, action, reset, keep = {}, submit = 'Отобрать', children }: FiltersProps) {
  return (
    <search>
      <form class="filters" method="get" action={action} aria-label={label}>
        <HiddenFields fields={keep} />
        {children}
        <div class="filters-end">
          <Button size="small">{submit}</Button>
          {reset ? (
            <LinkButton size="small" kind="quiet" href={reset}>
              Сбросить
            </LinkButton>
          ) : null}
        </div>
      </form>
    </search>
  )
}

/** The words to look for; / leads here. */
export function FilterText({ name = 'q', label, value }: { name?: string; label: string; value?: string }) {
  return (
    <div class="grow">
      <label for={fieldId(name)}>{label}</label>
      <input class="input input-s" id={fieldId(name)} name={name} type="search" value={value} data-search />
    </div>
  )
}

export interface FilterSelectProps {
  name: string
  label: string
  options: readonly Option[]
  value?: string
  /** «Все состояния»; without it one of the options is always chosen */
  empty?: string
}

export function FilterSelect({ name, label, options, value, empty }: FilterSelectProps) {
  return (
    <div>
      <label for={fieldId(name)}>{label}</label>
      <select class="input input-s" id={fieldId(name)} name={name}>
        <Options options={options} value={value} empty={empty} />
      </select>
    </div>
  )
}

/** A date within a filter. */
export function FilterDate({ name, label, value }: { name: string; label: string; value?: string }) {
  return (
    <div class="fit">
      <label for={fieldId(name)}>{label}</label>
      <input class="input input-s w-date" id={fieldId(name)} name={name} value={value} inputMode="numeric" />
    </div>
  )
}

export interface ColumnChoiceProps {
  action: string
  columns: readonly { key: string; title: string; shown: boolean }[]
  keep?: Readonly<Record<string, string | undefined>>
}

/** Which columns a list shows; the address keeps it as `columns` once for each. */
export function ColumnChoice({ action, columns, keep = {} }: ColumnChoiceProps) {
  return (
    <details class="menu menu-end">
      <summary class="btn btn-quiet btn-s">
        <Icon name="sliders" />
        Столбцы
      </summary>
      <form class="menu-list menu-form" method="get" action={action} aria-label="Столбцы таблицы">
        <HiddenFields fields={keep} />
        {columns.map(({ key, title, shown }) => (
          <label class="choice" key={key}>
            <input type="checkbox" name="columns" value={key} checked={shown} />
            <span>{title}</span>
          </label>
        ))}
        <Button size="small" full>
          Показать
        </Button>
      </form>
    </details>
  )
}

export interface PagerProps {
  /** from 1 */
  page: number
  /** most rows of a page, rows of this one, and rows of all pages */
  size: number
  shown: number
  total: number
  href: (page: number) => string
  /** tells the keys of the list */
  keys?: boolean
}

/** Which rows are shown and the ways to the others; nothing under an empty list. */
export function Pager({ page, size, shown, total, href, keys }: PagerProps) {
  if (shown === 0) return null
  const pages = Math.ceil(total / size)
  const before = (page - 1) * size
  return (
    <nav class="pager" aria-label="Страницы списка">
      <p>
        <span class="nowrap">
          {formatNumber(before + 1)}–{formatNumber(before + shown)} из {formatNumber(total)}
        </span>
        {keys ? <KeysTold /> : null}
      </p>
      {pages > 1 ? (
        <ul>
          {page > 1 ? (
            <li>
              <a href={href(page - 1)} rel="prev">
                Назад
              </a>
            </li>
          ) : null}
          {pageNumbers(page, pages).map((number, index) => (
            <li key={index} class={number === undefined ? 'pager-gap' : undefined}>
              {number === undefined ? (
                <span aria-hidden="true">…</span>
              ) : (
                <a
                  href={href(number)}
                  aria-current={number === page ? 'page' : undefined}
                  aria-label={`Страница ${number}`}
                >
                  {number}
                </a>
              )}
            </li>
          ))}
          {page < pages ? (
            <li>
              <a href={href(page + 1)} rel="next">
                Дальше
              </a>
            </li>
          ) : null}
        </ul>
      ) : null}
    </nav>
  )
}

function KeysTold() {
  return (
    <span class="keys" hidden data-keys-told>
      {' '}
      · <kbd>J</kbd> <kbd>K</kbd> по строкам, <kbd>Enter</kbd> открыть, <kbd>/</kbd> искать, <kbd>?</kbd> все клавиши
    </span>
  )
}

/** First, last and the neighbours; `undefined` stands for a gap. */
export function pageNumbers(page: number, pages: number): (number | undefined)[] {
  const shown = [
    1,
    page - 1,
    page,
    page + 1,
    pages,
    ...(page <= 3 ? [2, 3] : []),
    ...(page >= pages - 2 ? [pages - 1, pages - 2] : []),
  ]
  const numbers = [...new Set(shown)].filter((number) => number >= 1 && number <= pages).sort((a, b) => a - b)
  return numbers.flatMap((number, index) => {
    const before = numbers[index - 1]
    return before !== undefined && number - before > 1 ? [undefined, number] : [number]
  })
}

export interface ListQuery {
  page: number
  /** name of a column, with a minus before it when it goes down */
  sort?: string | undefined
}

export interface ListAddress<Query extends ListQuery> {
  path: string
  /** what of the query narrows the list; the address keeps them in this order */
  filters: readonly (keyof Query & string)[]
  /** how it is sorted when the address does not tell */
  sortOf: (query: Query) => string | undefined
}

/** The address keeps what is filtered and sorted; what is as at first is left out. */
export function listAddress<Query extends ListQuery>({ path, filters, sortOf }: ListAddress<Query>, query: Query) {
  const parts = new URLSearchParams()
  for (const name of filters) if (query[name]) parts.set(name, String(query[name]))
  if (query.sort && query.sort !== sortOf(query)) parts.set('sort', query.sort)
  if (query.page > 1) parts.set('page', String(query.page))
  return parts.size > 0 ? `${path}?${parts}` : path
}

export const isNarrowed = <Query extends ListQuery>({ filters }: ListAddress<Query>, query: Query): boolean =>
  filters.some((name) => Boolean(query[name]))

/** A column whose key is its sort's name, when it has one. */
export type ListColumn<Row> = Omit<Column<Row>, 'sort'> & { sorts?: boolean }
export type ListFilter<Query> = Omit<FilterSelectProps, 'name' | 'value'> & {
  name: keyof Query & string
  /** with fewer options there is nothing to choose, and it is not asked about */
  least?: number
}

export interface ListCardProps<Row, Query extends ListQuery> {
  /** of what it is, as its filters and its table are called: «организаций» */
  of: string
  address: ListAddress<Query>
  query: Query
  /** what the words are looked for in */
  words: string
  filters: readonly ListFilter<Query>[]
  columns: readonly ListColumn<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  empty: Children
  /** most rows of a page, and rows of all pages */
  size: number
  total: number
  /** under the pages */
  children?: Children
}

/** A list of a register: filters in the address, columns that sort, pages; the keys of lists work on it. */
export function ListCard<Row, Query extends ListQuery & { q?: string | undefined }>(props: ListCardProps<Row, Query>) {
  const { of, address, query, words, filters, columns, rows, rowKey, empty, size, total, children } = props
  const kept = query.sort === address.sortOf(query) ? undefined : query.sort
  return (
    <Card flush>
      <Filters
        label={`Отбор ${of}`}
        action={address.path}
        reset={isNarrowed(address, query) ? address.path : undefined}
        keep={{ sort: kept }}
      >
        <FilterText label={words} value={query.q} />
        {filters
          .filter(({ options, least = 1 }) => options.length >= least)
          .map(({ least: _least, ...filter }) => (
            <FilterSelect key={filter.name} {...filter} value={chosenOf(query[filter.name])} />
          ))}
      </Filters>
      <Table
        label={`Список ${of}`}
        rows={rows}
        rowKey={rowKey}
        keys
        columns={columns.map(({ sorts, ...column }) =>
          sorts ? { ...column, sort: sortLink(address, query, column.key) } : column,
        )}
        empty={empty}
      />
      <Pager
        page={query.page}
        size={size}
        shown={rows.length}
        total={total}
        href={(page) => listAddress(address, { ...query, page })}
        keys
      />
      {children}
    </Card>
  )
}

const chosenOf = (value: unknown): string | undefined => (value === undefined ? undefined : String(value))

function sortLink<Query extends ListQuery>(address: ListAddress<Query>, query: Query, column: string) {
  const to = (sort: string) => listAddress(address, { ...query, page: 1, sort })
  switch (query.sort ?? address.sortOf(query)) {
    case column:
      return { href: to(`-${column}`), sorted: 'ascending' as const }
    case `-${column}`:
      return { href: to(column), sorted: 'descending' as const }
    default:
      return { href: to(column) }
  }
}
