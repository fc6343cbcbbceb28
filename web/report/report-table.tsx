import type { CellAddress, Form, FormCell, FormRow, Problem, Sheet } from '../../engine/index.ts'
import { tied } from '../kit/text.ts'

export type ReportTableProps = {
  form: Form
  /** Code of the section. */
  section: string
  sheet: Sheet
  problems: readonly Pick<Problem, 'level' | 'cells' | 'text'>[]
  readOnly: boolean
  /** Entered cells of the previous period's report. */
  previous: Record<string, string>
}

/** The id of a cell on the page: 7/701/3 is `c-7-701-3`, 2/201#1/4 is `c-2-201-1-4`. */
export const cellId = (address: CellAddress): string => `c-${address.replace(/[/#]/g, '-')}`

/** A section as a table of fields named by their addresses; it works without scripts. */
export function ReportTable(props: ReportTableProps) {
  const section = props.form.section(props.section)
  if (!section) return null
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard scrolls a wide table only when its frame takes the focus
    <section class="grid-wrap" aria-label={`Таблица раздела ${section.number}`} tabIndex={0}>
      <table class="grid" id="report-grid">
        <caption class="vh">
          {`Раздел ${section.number}. Серые ячейки заполняются, белые рассчитываются, «х» не заполняется.`}
        </caption>
        <thead>
          {section.headings.map((level, index) => (
            <tr key={index}>
              {level.map((heading) => (
                <th
                  key={heading.from}
                  scope={heading.columnSpan > 1 ? 'colgroup' : 'col'}
                  colSpan={heading.columnSpan}
                  rowSpan={heading.rowSpan}
                  id={heading.column ? `g-${heading.column}` : undefined}
                >
                  {tied(heading.text)}
                </th>
              ))}
            </tr>
          ))}
          {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row of plain cells takes no focus */}
          <tr aria-hidden="true">
            {section.columns.map(({ code }) => (
              <th key={code}>{code}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {section.rows.map((row, index) => (
            <Rows key={index} row={row} table={props} columns={section.columns.length} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Rows({ row, table, columns }: { row: FormRow; table: ReportTableProps; columns: number }) {
  if (row.type === 'C')
    return (
      <tr class="cap">
        <th colSpan={columns} scope="colgroup">
          {tied(row.name)}
        </th>
      </tr>
    )
  const count = row.type === 'M' ? table.sheet.instances(table.section, row.code) : 1
  return (
    <>
      {Array.from({ length: count }, (_, index) => (
        <Line key={index} row={row} table={table} instance={row.type === 'M' ? index + 1 : undefined} />
      ))}
    </>
  )
}

function Line({ row, table, instance }: { row: FormRow; table: ReportTableProps; instance: number | undefined }) {
  const rowId = `n-${row.code}${instance === undefined ? '' : `-${instance}`}`
  let named = false
  return (
    <tr>
      {row.cells.map((cell) => {
        if (cell.kind !== 'label') return <Cell key={cell.column.code} {...{ cell, table, instance, rowId }} />
        const isName = cell.column.type === 'B' && !named
        named ||= isName
        return isName ? (
          <th key={cell.column.code} scope="row" id={rowId} class={row.level > 0 ? `lvl-${row.level}` : undefined}>
            {tied(row.name)}
          </th>
        ) : (
          <td key={cell.column.code} class="rn">
            {row.code}
          </td>
        )
      })}
    </tr>
  )
}

type CellProps = { cell: FormCell; table: ReportTableProps; instance: number | undefined; rowId: string }

function Cell({ cell, table, instance, rowId }: CellProps) {
  const address = instance === undefined ? cell.address : cell.address.replace(/\/([^/]*)$/, `#${instance}/$1`)
  const id = cellId(address)
  const named = { 'aria-labelledby': `${rowId} g-${cell.column.code}` }
  const fault = table.problems.find(({ cells }) => cells.includes(address))
  const look = fault ? (fault.level === 'error' ? ' bad' : ' warn') : ''
  switch (cell.kind) {
    case 'label':
      return null
    case 'closed':
      return (
        <td class="x" id={id}>
          <span aria-hidden="true">х</span>
          <span class="vh">не заполняется</span>
        </td>
      )
    case 'computed':
    case 'pulled':
      return (
        <td class={`out ${cell.kind === 'pulled' ? 'pulled' : 'sum'}${look}`} id={id} title={fault?.text}>
          {table.sheet.text(address)}
        </td>
      )
    case 'input':
    case 'obligatory':
    case 'specific':
      return (
        <td class={`in${look}`} title={fault?.text}>
          {cell.choices && !table.readOnly ? (
            <select id={id} name={address} {...named}>
              <option value="" />
              {cell.choices.map((choice) => (
                <option key={choice.id} value={choice.id} selected={choice.id === table.sheet.value(address)}>
                  {choice.name}
                </option>
              ))}
            </select>
          ) : (
            <input
              id={id}
              name={address}
              value={table.sheet.text(address)}
              inputMode={cell.format?.type === 'number' ? 'decimal' : undefined}
              autocomplete="off"
              readOnly={table.readOnly}
              aria-invalid={fault?.level === 'error' ? 'true' : undefined}
              {...named}
            />
          )}
        </td>
      )
  }
}
