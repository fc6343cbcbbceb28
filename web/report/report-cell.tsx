import type { FormCell } from '../../engine/index.ts'
import { cellId } from './cell-id.ts'
import { mostOptions, type RowDrawing } from './drawing.ts'

/** Text longer than this is written in a field of several lines. */
const longestLine = 80

/**
 * One cell. Plain functions, not components: a section may have twenty thousand.
 * @param labelledBy ids of the row's and the column's names
 */
export function cellOf(drawing: RowDrawing, cell: FormCell, address: string, labelledBy: string) {
  const key = cell.column.code
  switch (cell.kind) {
    case 'label':
      return (
        <td key={key} class="rn">
          {drawing.sheet.text(address)}
        </td>
      )
    case 'closed':
      return (
        <td key={key} class="x" id={cellId(address)}>
          <span aria-hidden="true">х</span>
          <span class="vh">не заполняется</span>
        </td>
      )
    case 'computed':
    case 'pulled':
      return workedOut(drawing, cell, address)
    case 'input':
    case 'obligatory':
    case 'specific':
      return entered(drawing, cell, address, labelledBy)
  }
}

function workedOut(drawing: RowDrawing, cell: FormCell, address: string) {
  const { sheet, marks, boxed, stale, remarked } = drawing
  const mark = marks.get(address)
  const source = cell.kind === 'pulled' ? sourceOf(cell, sheet.explain(address)?.text) : undefined
  const from = stale.has(address) ? `Устарело, источник изменился. ${source ?? ''}` : source
  const tones = [mark?.tone, stale.has(address) ? 'stale' : undefined, remarked.has(address) ? 'remarked' : undefined]
    .filter(Boolean)
    .map((tone) => ` ${tone}`)
  return (
    <td
      key={cell.column.code}
      class={`out ${cell.kind === 'pulled' ? 'pulled' : 'sum'}${tones.join('')}`}
      id={cellId(address)}
      title={remarkOf(drawing, address) ?? from}
      aria-describedby={mark?.ids.join(' ')}
    >
      {boxed ? (
        <div class="box">{sheet.text(address)}</div>
      ) : (
        <span class="v">{leading(drawing, address, sheet.text(address))}</span>
      )}
      {from ? <span class="vh">, {lowerFirst(from)}</span> : null}
    </td>
  )
}

const remarkOf = ({ remarked }: RowDrawing, address: string): string | undefined => {
  const text = remarked.get(address)
  return text === undefined ? undefined : `Замечание: ${text}`
}

/** A number with something behind it is a link; what is said of it stands beside it. */
function leading({ lead }: RowDrawing, address: string, own: string) {
  const to = lead?.(address)
  const text = to?.text ?? own
  if (!to || text === '') return text
  return (
    <a href={to.href} title={to.note}>
      {text}
      {to.note ? (
        <>
          <span aria-hidden="true">*</span>
          <span class="vh">, {to.note}</span>
        </>
      ) : null}
    </a>
  )
}

/** Where a pulled value comes from, without the value: «Из другого раздела: раздел 4, строка 401, графа 4». */
const sourceOf = ({ pull }: FormCell, explanation: string | undefined): string | undefined =>
  explanation?.replace(pull ? /: [^:]*$/ : / — [^—]*$/, '')

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

function entered(drawing: RowDrawing, cell: FormCell, address: string, labelledBy: string) {
  const { sheet, marks, refused, inputs, boxed } = drawing
  const mark = marks.get(address)
  const fault = refused.get(address)
  const tone = fault ? 'bad' : mark?.tone
  const remark = remarkOf(drawing, address)
  const className = `in${tone ? ` ${tone}` : ''}${isText(cell) ? ' text' : ''}${remark ? ' remarked' : ''}`
  const described = mark?.ids.join(' ')
  const text = fault?.typed ?? sheet.text(address)
  if (!inputs)
    return (
      <td key={cell.column.code} class={className} id={cellId(address)} title={remark} aria-describedby={described}>
        {boxed ? <div class="box">{text}</div> : <span class="v">{leading(drawing, address, text)}</span>}
      </td>
    )
  return (
    <td key={cell.column.code} class={className} title={fault?.text ?? remark}>
      {fieldOf(cell, {
        id: cellId(address),
        name: address,
        autocomplete: 'off',
        'aria-labelledby': labelledBy,
        'aria-describedby': described,
        'aria-invalid': tone === 'bad' ? 'true' : undefined,
        'aria-required': cell.kind === 'obligatory' ? 'true' : undefined,
        value: takesId(cell) ? (fault?.typed ?? sheet.value(address) ?? '') : text,
      })}
    </td>
  )
}

type FieldAttributes = { value: string; name: string } & Record<string, string | undefined>

/** The field of a cell: chosen from a short list, searched in a long one, a number, a line or several lines of text. */
export function fieldOf(cell: FormCell, attributes: FieldAttributes) {
  const { format, choices, column } = cell
  if (choices && takesId(cell)) {
    const { value, ...others } = attributes
    const known = choices.some(({ id }) => id === value)
    return (
      <select {...others}>
        <option value="" />
        {known || !value ? null : (
          <option value={value} selected>
            {value}
          </option>
        )}
        {choices.map(({ id, name }) => (
          <option key={id} value={id} selected={id === value}>
            {name}
          </option>
        ))}
      </select>
    )
  }
  if (choices) return <input {...attributes} list={`terms-${column.code}`} />
  if (format?.type === 'number') {
    return <input {...attributes} inputMode={format.fraction > 0 ? 'decimal' : 'numeric'} />
  }
  if (format && format.length > longestLine) {
    return <textarea {...attributes} rows={linesOf(attributes.value)} maxLength={format.length} />
  }
  return <input {...attributes} maxLength={format?.length} />
}

/** Room for a text in a column of its usual width. */
const linesOf = (text: string): number => Math.min(6, Math.max(2, Math.ceil(text.length / 24)))

/** A short list of terms is a `select`, whose value is the term's id. */
const takesId = ({ choices }: FormCell): boolean => choices !== undefined && choices.length <= mostOptions

export const isText = ({ format, choices, kind }: FormCell): boolean =>
  choices !== undefined || format?.type === 'text' || kind === 'specific'
