import { type Form, type FormRow, type FormSection, parseAddress } from '../../engine/index.ts'

/** «Строка 706, графа 8»; in a row that repeats, «Строка 201 (запись 2), графа 4». */
export function cellPlace(address: string): string {
  const place = parseAddress(address)
  return place ? `${rowPlace(place)}, графа ${place.column}` : address
}

/** «Строка 706», «Строка 201 (запись 2)». */
export const rowPlace = ({ row, instance }: { row: string; instance?: number | undefined }): string =>
  `Строка ${instance === undefined ? row : `${row} (запись ${instance})`}`

/** «Раздел 7, строка 701, графа 3»; an item of the title page by its name. */
export function placeText(form: Form, address: string): string {
  const item = form.template.title.find(({ field }) => `title/${field.toLowerCase()}` === address)
  if (item) return `Титульный лист: ${item.name || item.field}`
  const place = parseAddress(address)
  if (!place) return address
  const section = form.section(place.section)
  const words = cellPlace(address)
  return `Раздел ${section?.number || place.section}, ${words.charAt(0).toLowerCase()}${words.slice(1)}`
}

/** What a cell holds, in words: «из них девочки, обучаются по адаптированным программам — 4 года». */
export function cellName(form: Form, address: string): string {
  const place = parseAddress(address)
  const section = place && form.section(place.section)
  const row = section?.rows.find(({ code, type }) => type !== 'C' && code === place?.row)
  const column = section?.columns.find(({ code }) => code === place?.column)
  if (!section || !row || !column) return ''
  const parent = parentOf(section, row)
  const rowWords = parent ? `${row.name}, ${lowerFirst(parent.name)}` : row.name
  return `${rowWords} — ${column.name}`
}

/** The row that an indented one is a part of: the nearest above it with a smaller indent. */
export function parentOf(section: FormSection, row: FormRow): FormRow | undefined {
  if (row.level === 0) return undefined
  for (let at = section.rows.indexOf(row) - 1; at >= 0; at -= 1) {
    const above = section.rows[at]
    if (above && above.type !== 'C' && above.level < row.level) return above
  }
  return undefined
}

/** Abbreviations keep their capitals. */
function lowerFirst(text: string): string {
  return /^[А-ЯЁA-Z](?![А-ЯЁA-Z])/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}
