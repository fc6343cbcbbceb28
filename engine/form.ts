import { normalAddress, normalCode, parseAddress } from './address.ts'
import { type ParsedControl, parseControl } from './controls.ts'
import { type Elsewhere, elsewhereOf } from './evaluation/elsewhere.ts'
import { buildProgram, type Program } from './evaluation/formulas.ts'
import { type InstanceCounts, type Layout, layOut, rowKey } from './evaluation/layout.ts'
import type { RowSource } from './evaluation/resolve.ts'
import type { CellFormat, CellKind, Form, FormCell, FormRow, FormSection } from './form.types.ts'
import { headingsOf } from './headings.ts'
import type { CellRule, Column, Row, Section, Template, Term } from './template.ts'
import type { Pull } from './template-extensions.ts'

/** What sheets need of a form besides its public face. */
export type FormWorks = {
  controls: ParsedControl[]
  /** Digits after the point that the fast numbers carry. */
  scale: number
  dictionaries: ReadonlyMap<string, FormDictionary>
  usesPrevious: boolean
  /** What controls look at in reports of other forms. */
  elsewhere: readonly Elsewhere[]
  /** Some control picks rows by specifics, so formulas change when those do. */
  usesSpecifics: boolean
  /** The program for these numbers of instances, kept for other sheets unless formulas hang on specifics. */
  program(
    present: InstanceCounts,
    previous: InstanceCounts | undefined,
    sourceFor: (layout: Layout) => RowSource,
  ): Program
}

/** `choices` are its terms once each, as people choose them. */
export type FormDictionary = { ids: string[]; terms: Term[]; choices: Choice[]; has(id: string): boolean }
type Choice = { id: string; name: string }

const works = new WeakMap<Form, FormWorks>()
const programsKept = 8
const scaleLimit = 6

/** Prepares a template for use: cells and their kinds, parsed controls, formulas. Never throws: see `checkTemplate`. */
export function compileForm(template: Template): Form {
  const dictionaries = indexDictionaries(template)
  const pulls = new Map((template.pulls ?? []).map((pull) => [normalAddress(pull.cell) ?? pull.cell, pull]))
  const sections = template.sections.map((section) => compileSection(section, dictionaries, pulls))
  const controls = template.controls.map(parseControl)
  const cells = new Map<string, FormCell>()
  for (const section of sections) {
    for (const row of section.rows)
      for (const cell of row.cells) if (!cells.has(cell.address)) cells.set(cell.address, cell)
  }
  const form: Form = {
    template,
    sections,
    cell: (address) => {
      const place = parseAddress(address)
      return place && cells.get(`${place.section}/${place.row}/${place.column}`)
    },
    section: (code) => sections.find((section) => section.code === normalCode(code)),
  }
  const prepared = prepareWorks(sections, controls, dictionaries)
  works.set(form, prepared)
  nameComputedCells(sections, prepared)
  return form
}

/** Which cells of which reports of other forms the form's controls look at. */
export const otherReportsOf = (form: Form): readonly Elsewhere[] => worksOf(form).elsewhere

export function worksOf(form: Form): FormWorks {
  const found = works.get(form)
  if (!found) throw new TypeError('A form is made by compileForm.')
  return found
}

function indexDictionaries(template: Template): Map<string, FormDictionary> {
  return new Map(
    template.dictionaries.map(({ id, terms }) => {
      const names = new Map<string, string>()
      for (const term of terms) if (!names.has(term.id)) names.set(term.id, term.name)
      const choices = [...names].map(([termId, name]) => ({ id: termId, name }))
      const known = new Set([...names.keys()].map(normalCode))
      return [id, { ids: [...names.keys()], terms, choices, has: (value) => known.has(normalCode(value)) }]
    }),
  )
}

type Pulls = ReadonlyMap<string, Pull>

function compileSection(
  section: Section,
  dictionaries: ReadonlyMap<string, FormDictionary>,
  pulls: Pulls,
): FormSection {
  const code = normalCode(section.code)
  const columns = section.columns.map((column) => ({ ...column, code: normalCode(column.code) }))
  const closedElsewhere = new Set(section.rows.flatMap((row) => row.cells.map((cell) => normalCode(cell.column))))
  const rows = section.rows.map((row): FormRow => {
    const rowCode = normalCode(row.code)
    const cellOf = (column: Column): FormCell => {
      const cell = compileCell(code, row, rowCode, column, closedElsewhere, dictionaries)
      const pull = row.type === 'F' && column.type === 'Z' ? pulls.get(cell.address) : undefined
      return pull ? { ...cell, kind: 'pulled', pull } : cell
    }
    const cells = row.type === 'C' ? [] : columns.map(cellOf)
    return { code: rowCode, name: row.name, type: row.type, level: row.level, row, cells }
  })
  const [name, number, unit] = [section.name, section.number ?? section.code, section.unit ?? '']
  return { code, name, number, unit, section, columns, rows, headings: headingsOf(columns) }
}

function compileCell(
  section: string,
  row: Row,
  rowCode: string,
  column: Column,
  closedElsewhere: ReadonlySet<string>,
  dictionaries: ReadonlyMap<string, FormDictionary>,
): FormCell {
  const rule = row.cells.find((cell) => normalCode(cell.column) === column.code) ?? column.cell
  return {
    address: `${section}/${rowCode}/${column.code}`,
    kind: kindOf(column, row, rule, closedElsewhere.has(column.code)),
    column,
    row,
    rule,
    format: rule?.format ? parseFormat(rule.format) : undefined,
    choices: rule && choicesOf(column, rule, dictionaries),
  }
}

/** A column without a default cell is open where rows say so; if no row says anything, everywhere. */
function kindOf(column: Column, row: Row, rule: CellRule | undefined, ruledElsewhere: boolean): CellKind {
  if (column.type === 'S' && row.type === 'M') return 'specific'
  if (column.type !== 'Z') return 'label'
  if (!rule) return ruledElsewhere ? 'closed' : 'input'
  return (['closed', 'obligatory', 'input'] as const)[rule.inputType]
}

/** "N(15,2)": up to 15 digits before and 2 after the point. "C(250)": up to 250 characters. */
export function parseFormat(format: string): CellFormat | undefined {
  const match = /^\s*([NCС])\s*\(\s*(\d{1,4})\s*(?:,\s*(\d{1,2})\s*)?\)\s*$/iu.exec(format)
  if (!match) return undefined
  const [, letter = '', size = '0', fraction] = match
  if (letter.toUpperCase() === 'N') return { type: 'number', whole: Number(size), fraction: Number(fraction ?? 0) }
  return fraction === undefined ? { type: 'text', length: Number(size) } : undefined
}

function choicesOf(
  column: Column,
  rule: CellRule,
  dictionaries: ReadonlyMap<string, FormDictionary>,
): FormCell['choices'] {
  if (rule.validationType === 3) {
    return (rule.validation ?? '').split(',').map((id) => ({ id: id.trim(), name: id.trim() }))
  }
  const chosen = column.type === 'S' || rule.validationType === 1 || rule.validationType === 4
  const dictionary = chosen ? dictionaries.get(rule.dictionary ?? rule.validation ?? '') : undefined
  const second = rule.validationType === 4 ? dictionaries.get(rule.validation ?? '') : undefined
  return second ? dictionary?.choices.filter(({ id }) => second.has(id)) : dictionary?.choices
}

function prepareWorks(
  sections: readonly FormSection[],
  controls: ParsedControl[],
  dictionaries: ReadonlyMap<string, FormDictionary>,
): FormWorks {
  const elsewhere = elsewhereOf(controls.flatMap(({ references }) => references))
  const usesPrevious = controls.some((control) => control.usesPrevious)
  const usesSpecifics = controls.some((control) => control.usesSpecifics)
  const scale = scaleOf(sections)
  const kept = new Map<string, Program>()
  return {
    controls,
    scale,
    dictionaries,
    usesPrevious,
    usesSpecifics,
    elsewhere,
    program(present, previous, sourceFor) {
      const key = `${countsKey(present)}|${previous ? countsKey(previous) : ''}`
      const known = kept.get(key)
      if (known) return known
      const layout = layOut(sections, present, usesPrevious ? (previous ?? new Map()) : undefined, elsewhere)
      const program = buildProgram(layout, controls, sourceFor(layout), scale)
      if (usesSpecifics) return program
      if (kept.size >= programsKept) kept.delete(kept.keys().next().value ?? '')
      kept.set(key, program)
      return program
    },
  }
}

const countsKey = (counts: InstanceCounts): string => [...counts].map(([row, count]) => `${row}=${count}`).join(';')

/** The finest format of the form, at least two digits for percentages and money. */
function scaleOf(sections: readonly FormSection[]): number {
  let scale = 2
  for (const section of sections) {
    for (const row of section.rows) {
      for (const { format } of row.cells) if (format?.type === 'number') scale = Math.max(scale, format.fraction)
    }
  }
  return Math.min(scale, scaleLimit)
}

/** With one instance of each multiple row, finds which cells that are not entered have a formula. */
function nameComputedCells(sections: readonly FormSection[], { program, dictionaries }: FormWorks): void {
  const counts = new Map<string, number>()
  for (const section of sections) {
    for (const row of section.rows) if (row.type === 'M') counts.set(rowKey(section.code, row.code), 1)
  }
  const source: RowSource = {
    has: () => true,
    textAt: () => null,
    termIds: (dictionary) => dictionaries.get(dictionary)?.ids ?? [],
  }
  const { layout, formulas, circular } = program(counts, counts, () => source)
  for (const { cell, pulled } of [...formulas, ...circular]) {
    const slot = layout.cells[cell]
    if (slot) slot.cell.kind = pulled ? 'pulled' : 'computed'
  }
}
