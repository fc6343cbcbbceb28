import type { ReportProblem } from '../../contracts/checks.ts'
import type { Form, FormRow, FormSection, Sheet } from '../../engine/index.ts'
import { CellBar } from './cell-bar.tsx'
import { columnId, sectionHref } from './cell-id.ts'
import { lineIds } from './check-lines.ts'
import { mostOptions, type RowDrawing } from './drawing.ts'
import { Heeded, TableRow } from './report-row.tsx'

export interface ReportTableProps {
  form: Form
  /** code of the section */
  section: string
  sheet: Sheet
  /** of the last check; `CheckResults` tells them in lines with the ids `lineIds` */
  problems?: readonly ReportProblem[]
  /** pulled cells whose source has changed since they were looked at */
  stale?: readonly string[]
  /** remarks to cells that are not settled yet, by address */
  remarked?: ReadonlyMap<string, string>
  readOnly?: boolean
  /** the form itself, of no report: nothing is told of its cells */
  blank?: boolean
  /** entered values of the previous period, by address */
  previous?: Readonly<Record<string, string>>
  /** only these rows of a very large section, as fields: the way to fill it in without scripts; from 1 */
  part?: number
  /** what was typed and could not be taken, to be shown again with what is wrong */
  refused?: readonly { cell: string; typed: string; text: string }[]
  /** where the number in a read-only cell leads */
  lead?: RowDrawing['lead']
}

/**
 * Above this the cells of a section are drawn as text, each in a box of its own, and one field moves from cell to cell:
 * twenty thousand fields took 15–60 ms of layout for each key, boxes take 1–3 ms.
 */
const mostInputs = 3_000

/** Whether a section's cells are fields each; a very large section has text in its cells and one field that moves. */
export const drawsInputs = (section: FormSection): boolean => section.rows.length * section.columns.length <= mostInputs

const partRows = (section: FormSection): number => Math.max(1, Math.floor(1_000 / section.columns.length))

function rowsOf(section: FormSection, part: number | undefined): FormRow[] {
  if (part === undefined || drawsInputs(section)) return section.rows
  return section.rows.slice((part - 1) * partRows(section), part * partRows(section))
}

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
      {section.section.note && !props.lead ? <p class="quiet">{section.section.note}</p> : null}
      {props.lead || props.blank ? null : <CellBar readOnly={readOnly} fixed={drawing.boxed} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable from the keyboard */}
      <section class="grid-wrap" aria-label={`Таблица раздела ${section.number}`} tabIndex={0}>
        <table class={drawing.boxed ? 'grid grid-boxed' : 'grid'} id="grid" data-section={section.code}>
          <caption class="vh">{`Раздел ${section.number}${unit}. ${words}`}</caption>
          <Head section={section} />
          <tbody>
            {rowsOf(section, props.part).map((row, index) =>
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
      {readOnly || drawsInputs(section) ? null : <Parts section={section} part={props.part} />}
    </>
  )
}

/** What every row needs to be drawn; the browser draws single rows by it. */
export function drawingOf(section: FormSection, props: Omit<ReportTableProps, 'section'>): RowDrawing {
  const { sheet, problems = [], readOnly = false, refused = [], part } = props
  const marks: RowDrawing['marks'] = new Map()
  const ids = lineIds(problems)
  problems.forEach(({ level, cells }, index) => {
    for (const cell of cells) {
      const known = marks.get(cell)
      const bad = level === 'error' || known?.tone === 'bad'
      marks.set(cell, { tone: bad ? 'bad' : 'warn', ids: [...(known?.ids ?? []), ids[index] ?? ''] })
    }
  })
  return {
    section,
    sheet,
    marks,
    stale: new Set(props.stale),
    remarked: props.remarked ?? new Map(),
    refused: new Map(refused.map((cell) => [cell.cell, cell])),
    readOnly,
    inputs: !readOnly && (part !== undefined || drawsInputs(section)),
    boxed: !drawsInputs(section) && part === undefined,
    ...(props.lead ? { lead: props.lead } : {}),
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
              {column === undefined ? null : <Heeded {...heededOf(section, column)} />}
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

function heededOf(section: FormSection, code: string): { unit?: string | undefined; note?: string | undefined } {
  const column = section.columns.find((known) => known.code === code)
  return { unit: column?.unit, note: column?.note }
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

/** A very large section is filled in part by part where scripts are off. */
function Parts({ section, part }: { section: FormSection; part?: number }) {
  const parts = Array.from({ length: Math.ceil(section.rows.length / partRows(section)) }, (_, index) => index + 1)
  const named = (number: number): string => {
    const rows = rowsOf(section, number).filter(({ type }) => type !== 'C')
    return `строки ${rows[0]?.code ?? ''}–${rows.at(-1)?.code ?? ''}`
  }
  const list = (
    <nav class="grid-parts" aria-label="Части раздела">
      <p class="quiet">Раздел большой. Без скриптов он заполняется частями; каждую нужно сохранить.</p>
      <ul class="row">
        {parts.map((number) => (
          <li key={number}>
            <a
              href={`${sectionHref(section.code)}&part=${number}#section`}
              aria-current={number === part ? 'page' : undefined}
            >
              {named(number)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
  return part === undefined ? <noscript>{list}</noscript> : list
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
