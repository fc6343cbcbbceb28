import { type CellStyle, styleIndex, stylesXml } from './book-styles.ts'
import { escaped, type PartContent, writeArchive, xmlHead } from './zip-writing.ts'

/** `formula` without the sign of equality; a number beside it is what it comes to now. */
export type BookCell = { column: number; style: CellStyle; text?: string; number?: string; formula?: string }
export type BookRow = { cells: readonly BookCell[]; height?: number }
/** `A1:B2`, or several parted by spaces. */
export type BookRange = string

export type BookValidation = { range: BookRange; title: string; told: string } & (
  | { kind: 'whole' | 'decimal'; from: string; to: string }
  | { kind: 'length'; most: number }
  | { kind: 'list'; source: string }
)

export type BookSheet = {
  /** At most 31 signs, none of `:\/?*[]`, unlike the others' names. */
  name: string
  rows: Iterable<BookRow>
  /** In signs. */
  widths?: readonly number[]
  hidden?: boolean
  /** Without a password: against a slip, not against ill will. */
  guarded?: boolean
  landscape?: boolean
  /** How many rows and columns stay in sight. */
  frozen?: { rows: number; columns: number }
  /** Asked for after the rows are written. */
  merged?: () => readonly BookRange[]
  validations?: () => readonly BookValidation[]
}

const office = 'http://schemas.openxmlformats.org'
const main = `${office}/spreadsheetml/2006/main`
const relations = `${office}/officeDocument/2006/relationships`
const packages = `${office}/package/2006`
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** A workbook of several sheets, row by row: what is not asked for yet is not made. */
export function writeBook(sheets: readonly BookSheet[]): AsyncGenerator<Uint8Array> {
  const parts: [string, PartContent][] = [
    ['[Content_Types].xml', contentTypes(sheets.length)],
    ['_rels/.rels', relationsXml([[`${relations}/officeDocument`, 'xl/workbook.xml']])],
    ['xl/workbook.xml', workbookXml(sheets)],
    [
      'xl/_rels/workbook.xml.rels',
      relationsXml([
        ...sheets.map((_, index): [string, string] => [`${relations}/worksheet`, `worksheets/sheet${index + 1}.xml`]),
        [`${relations}/styles`, 'styles.xml'],
      ]),
    ],
    ['xl/styles.xml', stylesXml()],
    ...sheets.map((sheet, index): [string, PartContent] => [`xl/worksheets/sheet${index + 1}.xml`, sheetXml(sheet)]),
  ]
  return writeArchive(parts)
}

/** 1 → `A`, 28 → `AB` */
export function columnLetters(column: number): string {
  let letters = ''
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters
  return letters
}

const contentTypes = (count: number): string => {
  const override = (path: string, type: string) =>
    `<Override PartName="/xl/${path}.xml" ContentType="${sheetType}.${type}+xml"/>`
  const sheets = Array.from({ length: count }, (_, index) => override(`worksheets/sheet${index + 1}`, 'worksheet'))
  return `${xmlHead}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('workbook', 'sheet.main')}${sheets.join('')}${override('styles', 'styles')}</Types>`
}

const relationsXml = (targets: readonly [type: string, target: string][]): string =>
  `${xmlHead}<Relationships xmlns="${packages}/relationships">${targets.map(([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${type}" Target="${target}"/>`).join('')}</Relationships>`

function workbookXml(sheets: readonly BookSheet[]): string {
  const each = sheets.map(
    ({ name, hidden }, index) =>
      `<sheet name="${escaped(name)}" sheetId="${index + 1}"${hidden ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`,
  )
  // Whoever opens the book gets its formulas worked out by the program that opens it.
  return `${xmlHead}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${each.join('')}</sheets><calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>`
}

async function* sheetXml(sheet: BookSheet): AsyncGenerator<string> {
  const { widths = [], guarded, landscape, frozen, merged, validations } = sheet
  const columns = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  )
  let xml = `${xmlHead}<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">${paneXml(frozen)}</sheetView></sheetViews>${columns.length > 0 ? `<cols>${columns.join('')}</cols>` : ''}<sheetData>`
  let number = 0
  for (const row of sheet.rows) {
    number += 1
    xml += rowXml(row, number)
    if (xml.length < 65_536) continue
    yield xml
    xml = ''
  }
  const ranges = merged?.() ?? []
  xml += '</sheetData>'
  if (guarded) xml += '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"/>'
  if (ranges.length > 0)
    xml += `<mergeCells count="${ranges.length}">${ranges.map((range) => `<mergeCell ref="${range}"/>`).join('')}</mergeCells>`
  yield `${xml}${validationsXml(validations?.() ?? [])}<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="${landscape ? 'landscape' : 'portrait'}" fitToWidth="1" fitToHeight="0"/></worksheet>`
}

function paneXml(frozen: BookSheet['frozen']): string {
  if (!frozen || (frozen.rows === 0 && frozen.columns === 0)) return ''
  const { rows, columns } = frozen
  const pane = rows > 0 && columns > 0 ? 'bottomRight' : rows > 0 ? 'bottomLeft' : 'topRight'
  const split = `${columns > 0 ? ` xSplit="${columns}"` : ''}${rows > 0 ? ` ySplit="${rows}"` : ''}`
  return `<pane${split} topLeftCell="${columnLetters(columns + 1)}${rows + 1}" activePane="${pane}" state="frozen"/>`
}

const rowXml = ({ cells, height }: BookRow, number: number): string =>
  `<row r="${number}"${height ? ` ht="${height}" customHeight="1"` : ''}>${cells.map((cell) => cellXml(cell, number)).join('')}</row>`

function cellXml({ column, style, text, number, formula }: BookCell, row: number): string {
  const place = `r="${columnLetters(column)}${row}" s="${styleIndex(style)}"`
  const calculated = formula === undefined ? '' : `<f>${escaped(formula)}</f>`
  if (number !== undefined || calculated) {
    const value = number === undefined ? '' : `<v>${number}</v>`
    return `<c ${place}>${calculated}${value}</c>`
  }
  if (!text) return `<c ${place}/>`
  return `<c ${place} t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`
}

function validationsXml(validations: readonly BookValidation[]): string {
  if (validations.length === 0) return ''
  return `<dataValidations count="${validations.length}">${validations.map(validationXml).join('')}</dataValidations>`
}

function validationXml(validation: BookValidation): string {
  const { range, title, told } = validation
  const words = `allowBlank="1" showErrorMessage="1" errorTitle="${escaped(title)}" error="${escaped(told)}" sqref="${range}"`
  switch (validation.kind) {
    case 'whole':
    case 'decimal':
      return `<dataValidation type="${validation.kind}" operator="between" ${words}><formula1>${validation.from}</formula1><formula2>${validation.to}</formula2></dataValidation>`
    case 'length':
      return `<dataValidation type="textLength" operator="lessThanOrEqual" ${words}><formula1>${validation.most}</formula1></dataValidation>`
    case 'list':
      return `<dataValidation type="list" ${words}><formula1>${escaped(validation.source)}</formula1></dataValidation>`
  }
}
