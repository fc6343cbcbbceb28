/** What the pages of a draft post, as changes of its parts. */

import type { PartSaved } from '../../../../contracts/designer.ts'
import {
  type CellRule,
  type Control,
  compileForm,
  normalCode,
  parseAddress,
  type Section,
  type Template,
} from '../../../../engine/index.ts'
import { parseDate } from '../../../../web/kit/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { nextId } from './controls.page.tsx'
import { BadLine, NoSuchPart } from './designer.errors.ts'
import { changePart } from './drafts.ts'
import { type Editor, editorsOf, type SectionView } from './editors.ts'
import { doingOf, isEmptyLine, type Line, pastedLines, postedLines, rearranged } from './lines.ts'
import { isPart, type Part, readPart, sectionCodeOf } from './parts.ts'
import { controlOf, type PatternForm } from './rule-patterns.ts'
import { codesOf } from './section-lines.ts'

export type Values = Readonly<Record<string, string>>

export const viewOf = (text: string | undefined): SectionView | undefined =>
  text === 'columns' || text === 'rows' ? text : undefined

/** @throws NoSuchPart 404 */
export function editorOf({ part = '', view, dictionary, list }: Values): { part: Part; editor: Editor } {
  if (!isPart(part)) throw new NoSuchPart()
  const editor = editorsOf(part, viewOf(view), dictionary || undefined).find(({ prefix }) => prefix === list)
  if (!editor) throw new NoSuchPart()
  return { part, editor }
}

const seenVersion = (values: Values): number => Number(values.version) || 0

/** The list as it was posted: the lines of its page in place of those that stand there. */
export function typedLines(editor: Editor, template: Template, values: Values, onPage: number): Line[] {
  const from = Number(values.from) || 0
  const known = editor.lines(template)
  const posted = postedLines(values, editor.prefix)
  return [...known.slice(0, from), ...posted, ...known.slice(from + onPage)]
}

/** Saves a list and says where an empty line is wanted. */
export async function saveLines(
  ctx: Context,
  id: string,
  values: Values,
  onPage: number,
): Promise<PartSaved & { blank?: number }> {
  const { part, editor } = editorOf(values)
  const doing = doingOf(values.do?.split('\n')[0])
  const pasted = values.paste ? pastedLines(values.paste, editor.fields) : []
  const saved = await changePart(ctx, id, part, seenVersion(values), (template) => {
    const from = Number(values.from) || 0
    const lines = rearranged(typedLines(editor, template, values, onPage), { ...doing, at: doing.at + from })
    const kept = lines.filter((line) => !isEmptyLine(line, editor.fields))
    return editor.value(template, [...kept, ...pasted])
  })
  return doing.what === 'below' ? { ...saved, blank: doing.at + 1 } : saved
}

export function saveHead(ctx: Context, id: string, values: Values): Promise<PartSaved> {
  const renamed = Object.fromEntries(
    (values.renamed ?? '')
      .split(/\r?\n/)
      .map((line) => line.trim().split(/[\s→]+/))
      .flatMap(([was, is]) => (was && is ? [[was, is]] : [])),
  )
  return changePart(ctx, id, 'head', seenVersion(values), (template) => {
    const { code = '', okud = '', cipher = '', name = '', periodicity = '', keyField = '' } = values
    return { ...(readPart(template, 'head') as object), code, okud, cipher, name, periodicity, keyField, renamed } // as: that part is an object
  })
}

export const saveSignature = (ctx: Context, id: string, values: Values): Promise<PartSaved> =>
  changePart(ctx, id, 'acceptance', seenVersion(values), (template) => {
    const { signature: _, ...rest } = readPart(template, 'acceptance') as Pick<
      Template,
      'levels' | 'attachments' | 'signature'
    > // as: that part is these
    return values.signature ? { ...rest, signature: 'qualified' } : rest
  })

/** Writes one control, new or known; takes it away when asked. */
export function saveControl(ctx: Context, id: string, values: Values): Promise<PartSaved> {
  return changePart(ctx, id, 'controls', seenVersion(values), (template) => {
    const { controls } = template
    const at = values.was ? controls.findIndex((control) => control.id === values.was) : controls.length
    if (at < 0) throw new NoSuchPart()
    if (values.do === 'remove') return controls.filter((_, index) => index !== at)
    return [...controls.slice(0, at), controlFrom(controls[at], values, nextId(controls)), ...controls.slice(at + 1)]
  })
}

function controlFrom(known: Control | undefined, values: Values, free: string): Control {
  const { fault: _, line: __, ...rest } = known ?? { carried: undefined }
  const precision = Number(values.precision?.trim() || '2')
  if (!Number.isInteger(precision) || precision < 0 || precision > 15)
    throw new BadLine({ text: 'Знаков после запятой: число от 0 до 15.' })
  if (!values.rule?.trim()) throw new BadLine({ text: 'Напишите правило: без него контроль ничего не проверяет.' })
  const fault = values.fault?.trim().replace(',', '.')
  return {
    ...rest,
    id: values.id?.trim() || free,
    name: values.name?.trim() ?? '',
    condition: values.condition?.trim() ?? '',
    rule: values.rule.trim(),
    level: values.level === 'warning' ? 'warning' : 'error',
    precision,
    periodClause: values.periodClause?.trim() ?? '',
    ...(fault ? { fault } : {}),
  }
}

export function addPattern(ctx: Context, id: string, pattern: PatternForm): Promise<PartSaved> {
  const made = controlOf(pattern)
  return changePart(ctx, id, 'controls', pattern.version, ({ controls }) => [
    ...controls,
    { id: nextId(controls), ...made, condition: '', level: 'error', precision: 2, periodClause: '' },
  ])
}

/** Makes cells unlike their column, or like it again. @throws BadLine 422 when none is chosen */
export function saveCells(ctx: Context, id: string, values: Values): Promise<PartSaved> {
  const { part = '' } = values
  const code = sectionCodeOf(part)
  if (!isPart(part) || code === undefined) throw new NoSuchPart()
  return changePart(ctx, id, part, seenVersion(values), (template) => {
    const section = readPart(template, part) as Section // as: that part is a section
    const chosen = chosenCells(template, code, values)
    if (chosen.size === 0) throw new BadLine({ text: 'Отметьте ячейки или назовите их строки и графы.' })
    return {
      ...section,
      rows: section.rows.map((row) => {
        const columns = chosen.get(normalCode(row.code))
        return columns && row.type !== 'C' ? { ...row, cells: cellsAfter(section, row.cells, columns, values) } : row
      }),
    }
  })
}

/** Codes of columns by the codes of rows. */
function chosenCells(template: Template, section: string, values: Values): Map<string, Set<string>> {
  const chosen = new Map<string, Set<string>>()
  const choose = (row: string, column: string): void => {
    chosen.set(row, (chosen.get(row) ?? new Set()).add(column))
  }
  for (const address of (values.cell ?? '').split('\n')) {
    const place = parseAddress(address)
    if (place) choose(normalCode(place.row), normalCode(place.column))
  }
  const compiled = compileForm(template).section(section)
  if (compiled && (values.rows || values.columns)) {
    const inRows = withinCodes(values.rows)
    const inColumns = withinCodes(values.columns)
    for (const row of compiled.rows) {
      if (row.type === 'C' || !inRows(row.code)) continue
      for (const { column } of row.cells)
        if (column.type !== 'B' && column.type !== 'V' && inColumns(column.code)) choose(row.code, column.code)
    }
  }
  return chosen
}

/** «701-705, 710»; everything when nothing is named. */
function withinCodes(text = ''): (code: string) => boolean {
  const items = codesOf(text.replace(/[–—]/g, '-').replace(/\s*-\s*/g, '-'))
  if (items.length === 0) return () => true
  return (code) =>
    items.some((item) => {
      const [from = '', to] = item.split('-')
      if (to === undefined) return normalCode(item) === normalCode(code)
      return /^\d+$/.test(code) && Number(code) >= Number(from) && Number(code) <= Number(to)
    })
}

function cellsAfter(
  section: Section,
  cells: readonly CellRule[],
  columns: ReadonlySet<string>,
  values: Values,
): CellRule[] {
  const others = cells.filter(({ column }) => !columns.has(normalCode(column)))
  if (values.input === 'column') return others
  return [
    ...others,
    ...section.columns.flatMap((column): CellRule[] => {
      if (!columns.has(normalCode(column.code))) return []
      const known = cells.find((cell) => normalCode(cell.column) === normalCode(column.code)) ?? column.cell
      return [
        {
          ...known,
          ...said(values),
          column: column.code,
          inputType: values.input === '0' ? 0 : values.input === '1' ? 1 : 2,
        },
      ]
    }),
  ]
}

function said({ format, dictionary, validationType, validation }: Values): Partial<CellRule> {
  const check = Number(validationType)
  return {
    ...(format?.trim() ? { format: format.trim() } : {}),
    ...(dictionary?.trim() ? { dictionary: dictionary.trim() } : {}),
    ...(check === 1 || check === 2 || check === 3 ? { validationType: check } : {}),
    ...(validation?.trim() ? { validation: validation.trim() } : {}),
  }
}

/** Days as they are typed. @throws BadLine 422 */
export function typedDay(text: string | undefined): string | undefined {
  if (!text?.trim()) return undefined
  const day = parseDate(text)
  if (!day) throw new BadLine({ text: `День «${text}» непонятен. Пишите ДД.ММ.ГГГГ: 01.01.2027.` })
  return day
}
