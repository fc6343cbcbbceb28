import type { ReportProblem } from '../../contracts/reporting.ts'
import type { Form, FormRow, FormSection, Sheet } from '../../engine/index.ts'
import { CellBar } from './cell-bar.tsx'
import { columnId, problemId } from './cell-id.ts'
import { type RowDrawing, TableRow } from './report-row.tsx'

export interface ReportTableProps {
  form: Form
  /** code of the section */
  section: string
  sheet: Sheet
  /** of the last check; their lines in `CheckResults` have the ids `problemId(index)` */
  problems?: readonly Pick<ReportProblem, 'level' | 'cells'>[]
  readOnly?: boolean
  /** entered values of the previous period, by address */
  previous?: Readonly<Record<string, string>>
  /** what was typed and could not be taken, to be shown again with what is wrong */
  refused?: readonly { cell: string; typed: string; text: string }[]
}

/** Above this the cells of a section are drawn as text, and one field moves from cell to cell. */
const mostInputs = 4_000

/** Whether a section's cells are fields each; a very large section has text in its cells and one field that moves. */
export const drawsInputs = (section: FormSection): boolean => section.rows.length * section.columns.length <= mostInputs

/** A section of a report as the form's table; its cells are fields of the form that surrounds it. */
export function ReportTable(props: ReportTableProps) {
  const { form, section: code, readOnly = false } = props
  const section = form.section(code)
  if (!section) return null
  const drawing = drawingOf(section, props)
  const unit = section.unit ? `, ${section.unit}` : ''
  const words = readOnly ? 'Только для чтения.' : 'Серые ячейки заполняются, белые рассчитываются, «х» не заполняется.'
  return (
    <>
      <CellBar readOnly={readOnly} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable from the keyboard */}
      <section class="grid-wrap" aria-label={`Таблица раздела ${section.number}`} tabIndex={0}>
        <table class={drawing.inputs ? 'grid' : 'grid grid-large'} id="grid" data-section={section.code}>
          <caption class="vh">{`Раздел ${section.number}${unit}. ${words}`}</caption>
          <Head section={section} />
          <tbody>
            {section.rows.map((row, index) =>
              row.type === 'M' ? (
                <RepeatedRows key={index} row={row} drawing={drawing} />
              ) : (
                <TableRow key={index} row={row} drawing={drawing} />
              ),
            )}
          </tbody>
        </table>
      </section>
      <Choices section={section} />
    </>
  )
}

/** What every row needs to be drawn; the browser draws single rows by it. */
export function drawingOf(section: FormSection, props: Omit<ReportTableProps, 'section'>): RowDrawing {
  const { sheet, problems = [], readOnly = false, refused = [] } = props
  const marks: RowDrawing['marks'] = new Map()
  problems.forEach(({ level, cells }, index) => {
    for (const cell of cells) {
      const known = marks.get(cell)
      const bad = level === 'error' || known?.tone === 'bad'
      marks.set(cell, { tone: bad ? 'bad' : 'warn', ids: [...(known?.ids ?? []), problemId(index)] })
    }
  })
  return {
    section,
    sheet,
    marks,
    refused: new Map(refused.map((cell) => [cell.cell, cell])),
    readOnly,
    inputs: drawsInputs(section) && !readOnly,
  }
}

/** All that a person has entered of a row that repeats. */
export function RepeatedRows({ row, drawing }: { row: FormRow; drawing: RowDrawing }) {
  const { section, sheet } = drawing
  const count = sheet.instances(section.code, row.code)
  return (
    <>
      {Array.from({ length: count }, (_, index) => (
        <TableRow key={index} row={row} drawing={drawing} instance={index + 1} />
      ))}
    </>
  )
}

/** Levels of heading, then the line of column numbers as in the paper form. */
function Head({ section }: { section: FormSection }) {
  return (
    <thead>
      {section.headings.map((level, index) => (
        <tr key={index}>
          {level.map(({ text, columnSpan, rowSpan, column, from }) => (
            <th
              key={from}
              scope={columnSpan > 1 || column === undefined ? 'colgroup' : 'col'}
              colSpan={columnSpan > 1 ? columnSpan : undefined}
              rowSpan={rowSpan > 1 ? rowSpan : undefined}
              id={column === undefined ? undefined : columnId(column)}
            >
              {text}
            </th>
          ))}
        </tr>
      ))}
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus */}
      <tr aria-hidden="true">
        {section.columns.map(({ code }, position) => (
          <th key={code} class={columnWidth(section, position)}>
            {code}
          </th>
        ))}
      </tr>
    </thead>
  )
}

/** Room for what the column's cells may hold. */
function columnWidth(section: FormSection, position: number): string | undefined {
  const cells = section.rows.flatMap((row) => row.cells[position] ?? [])
  if (cells.some(({ kind, choices, format }) => kind !== 'closed' && (choices || format?.type === 'text')))
    return 'w-text'
  const digits = Math.max(
    0,
    ...cells.map(({ format }) => (format?.type === 'number' ? format.whole + format.fraction : 0)),
  )
  if (digits > 10) return 'w-long'
  return digits > 6 ? 'w-wide' : undefined
}

/** Terms of long dictionaries, once for all cells of a column that choose from them. */
function Choices({ section }: { section: FormSection }) {
  const columns = section.columns.flatMap((column, position) => {
    const choices = section.rows.find((row) => row.cells[position]?.choices)?.cells[position]?.choices
    return choices && choices.length > mostOptions ? [{ code: column.code, choices }] : []
  })
  return (
    <>
      {columns.map(({ code, choices }) => (
        <datalist key={code} id={`terms-${code}`}>
          {choices.map(({ id, name }) => (
            <option key={id} value={name} />
          ))}
        </datalist>
      ))}
    </>
  )
}

/** More terms than this are searched by typing. */
export const mostOptions = 30
