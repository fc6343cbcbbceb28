import { jsxAttr, jsxEscape, jsxTemplate } from 'preact/jsx-runtime'
import { Button, type ButtonProps } from './buttons.tsx'
import { Form } from './form.tsx'
import { Icon } from './icons.tsx'
import { plural, tied } from './text.ts'
import type { Children, PluralForms } from './types.ts'

export interface Column<Row> {
  key: string
  title: string
  /** shown in the heading instead of a long title, which stays as its explanation */
  short?: string
  /** figures go right */
  numeric?: boolean
  /** dates, short codes: never broken */
  unbroken?: boolean
  /** room for a badge or for a bar of shares */
  width?: 'state' | 'share'
  /** the link that sorts by this column; `sorted` when it is the one */
  sort?: { href: string; sorted?: 'ascending' | 'descending' }
  /** on a narrow screen takes the whole line and needs no label */
  full?: boolean
  cell: (row: Row) => Children
}

export interface BulkAction extends Pick<ButtonProps, 'icon' | 'formAction'> {
  name?: string
  value: string
  text: string
}

export interface RowPick<Row> {
  /** where the form of the chosen rows is posted: `pick` once for each, and the button's own name (`do`) and value */
  action: string
  /** what the row is called, read with its tick box */
  label: (row: Row) => string
  nouns: PluralForms
  /** how many the whole list has */
  total: number
  actions: readonly BulkAction[]
  /** what the actions ask for besides: one reason for all */
  field?: Children
  chosen?: readonly string[]
  hidden?: Readonly<Record<string, string | undefined>>
}

export interface TableProps<Row> {
  /** names the region a keyboard scrolls; unlike the heading of its card */
  label: string
  caption?: string
  /** the first one is the row's header and holds the link that opens it */
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** an address within the page: `#row-…` */
  rowId?: (row: Row) => string
  isCurrent?: (row: Row) => boolean
  /** the last line: sums */
  total?: Row
  pick?: RowPick<Row>
  /** words above the first of neighbouring rows that share them: a plan by its sections */
  group?: (row: Row) => string
  /** instead of the table when there are no rows */
  empty?: Children
  /** how a narrow screen shows it: blocks of two or three columns (default 2), or scrolled sideways */
  narrow?: 2 | 3 | 'scroll'
  /** at most about twenty lines high, then it scrolls under its heading */
  tall?: boolean
  /** j/k, Enter, / and ? work on it */
  keys?: boolean
  /** its cells are fields: closer together, scrolled sideways rather than squeezed; arrows lead from line to line */
  fields?: boolean
}

/** A list that can be sorted, picked from and read on a phone. */
export function Table<Row>(props: TableProps<Row>) {
  const { rows, empty, pick } = props
  if (rows.length === 0 && empty !== undefined) return <div class="table-empty">{empty}</div>
  if (!pick) return <PlainTable {...props} />
  return (
    <Form action={pick.action} hidden={pick.hidden} label={props.label}>
      <PlainTable {...props} />
      <Bulk pick={pick} />
    </Form>
  )
}

function PlainTable<Row>(props: TableProps<Row>) {
  const { label, caption, columns, rows, total, pick, narrow = 2, tall, keys, fields } = props
  const tags = cellTags(columns)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard scrolls a wide table only when its frame takes the focus
    <section class={tall ? 'table-wrap table-tall' : 'table-wrap'} aria-label={label} tabIndex={0}>
      <table
        class={fields ? `${tableClass(narrow)} table-fields` : tableClass(narrow)}
        data-keys={keys ? '' : undefined}
        data-lines={fields ? '' : undefined}
      >
        {caption ? <caption>{caption}</caption> : null}
        <thead>
          <tr>
            {pick ? (
              <th scope="col" class="pick">
                <span class="vh">Выбор</span>
                <label hidden data-pick-all>
                  <input type="checkbox" aria-label="Выбрать все на странице" />
                </label>
              </th>
            ) : null}
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <>
              {groupRow(row, rows[index - 1], props)}
              {bodyRow(row, props, tags)}
            </>
          ))}
        </tbody>
        {total === undefined ? null : (
          <tfoot>
            <tr>
              {pick ? <td class="pick" /> : null}
              {cells(total, columns, tags)}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  )
}

function HeadCell<Row>({ column }: { column: Column<Row> }) {
  const { title, short, sort } = column
  const words = short ? <abbr title={title}>{short}</abbr> : title
  return (
    <th scope="col" class={cellClass(column)} aria-sort={sort?.sorted}>
      {sort ? (
        <a class="sort" href={sort.href}>
          {words}
          {sort.sorted ? <Icon name={sort.sorted === 'ascending' ? 'up' : 'down'} /> : null}
        </a>
      ) : (
        words
      )}
    </th>
  )
}

function groupRow<Row>(row: Row, before: Row | undefined, { group, columns, pick }: TableProps<Row>) {
  const words = group?.(row)
  if (words === undefined || (before !== undefined && group?.(before) === words)) return null
  return (
    <tr class="table-group">
      <th scope="colgroup" colSpan={columns.length + (pick ? 1 : 0)}>
        {tied(words)}
      </th>
    </tr>
  )
}

function bodyRow<Row>(row: Row, table: TableProps<Row>, tags: string[]) {
  const { columns, rowKey, rowId, isCurrent, pick } = table
  const key = rowKey(row)
  const chosen = pick?.chosen?.includes(key)
  return (
    <tr key={key} id={rowId?.(row)} class={chosen || isCurrent?.(row) ? 'is-picked' : undefined}>
      {pick ? (
        <td class="pick">
          <label>
            <input
              type="checkbox"
              name="pick"
              value={key}
              checked={chosen}
              aria-label={`Выбрать: ${pick.label(row)}`}
            />
          </label>
        </td>
      ) : null}
      {cells(row, columns, tags)}
    </tr>
  )
}

/** What stands around the cells of any row, from the first one's opening tag to the last one's closing tag. */
function cellTags<Row>(columns: readonly Column<Row>[]): string[] {
  const opened = columns.map((column, index) =>
    index === 0
      ? `<th scope="row"${attribute('class', cellClass(column))}>`
      : `<td${attribute('class', cellClass(column))}${attribute('data-label', column.full ? undefined : column.title)}>`,
  )
  const closed = columns.map((_, index) => (index === 0 ? '</th>' : '</td>'))
  return [...opened, ''].map((tag, index) => `${closed[index - 1] ?? ''}${tag}`)
}

const attribute = (name: string, value: string | undefined) => (value === undefined ? '' : ` ${jsxAttr(name, value)}`)

/**
 * The cells of one row. Their tags are the same in every row, so a table writes them once, as a compiler of JSX would:
 * a list is rendered in half the time. Only the server draws tables: a browser would not know such a template.
 */
const cells = <Row,>(row: Row, columns: readonly Column<Row>[], tags: string[]) =>
  jsxTemplate(tags, ...columns.map(({ cell }, index) => content(index === 0 ? cell(row) : (cell(row) ?? '—'))))

/** Text is escaped here, because a template takes it for markup; what is richer is escaped as it is rendered. */
const content = (child: Children) => (Array.isArray(child) ? child : jsxEscape(child))

/** Without a script the bar stands always; with one, only when something is chosen. */
function Bulk<Row>({ pick }: { pick: RowPick<Row> }) {
  const chosen = pick.chosen?.length ?? 0
  return (
    <div class="bulk" data-bulk={pick.nouns.join('|')} data-total={pick.total}>
      <p role="status">
        {chosen > 0 ? (
          <b>
            Выбрано {chosen} {plural(chosen, pick.nouns)}
          </b>
        ) : (
          'Отметьте строки'
        )}{' '}
        из {pick.total}
      </p>
      {pick.field}
      {pick.actions.map(({ name = 'do', value, text, icon, formAction }) => (
        <Button key={value} size="small" name={name} value={value} icon={icon} formAction={formAction}>
          {text}
        </Button>
      ))}
    </div>
  )
}

const tableClass = (narrow: 2 | 3 | 'scroll') =>
  narrow === 'scroll' ? 'table' : narrow === 3 ? 'table table-stack table-stack-3' : 'table table-stack'

function cellClass<Row>({ numeric, unbroken, width, full }: Column<Row>): string | undefined {
  const classes = [numeric ? 'num' : '', unbroken ? 'nowrap' : '', width ? `col-${width}` : '', full ? 'col-full' : '']
  return classes.filter(Boolean).join(' ') || undefined
}
