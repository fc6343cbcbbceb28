import { normalCode } from './address.ts'
import { parseRange } from './cell-values.ts'
import { type ParsedControl, parseControl } from './controls.ts'
import { canonicalNumber } from './decimal.ts'
import { type InstanceCounts, type Layout, layOut, rowKey } from './evaluation/layout.ts'
import { Resolver, type RowSource, TooManyCells, type UnknownCode } from './evaluation/resolve.ts'
import { checkExtensions, type OtherForms } from './extension-checks.ts'
import { compileForm, parseFormat, worksOf } from './form.ts'
import type { Form } from './form.types.ts'
import { type Logic, type Reference, referencesOf } from './language/syntax.ts'
import type { TemplateProblem } from './problem.ts'
import { checkReferences } from './reference-checks.ts'
import type { CellRule, Section, Template } from './template.ts'
import { contradictions } from './template-contradictions.ts'
import { rings } from './template-rings.ts'

/**
 * What is wrong with a template: to be mended before it is published; a warning is only doubtful.
 * @param others finds other forms by `formKey`; without it what stands in them is not looked up
 */
export function checkTemplate(template: Template, others?: OtherForms): TemplateProblem[] {
  const form = compileForm(template)
  return [
    ...checkHead(template),
    ...template.sections.flatMap((section) => checkSection(section, template)),
    ...checkDuplicates(template),
    ...template.controls.flatMap((control) => checkControl(parseControl(control), form)),
    ...checkFormulas(form),
    ...checkReferences(form, others).map(problem),
    ...checkExtensions(form, others).map(problem),
  ]
}

type Part = Partial<TemplateProblem> & Pick<TemplateProblem, 'code' | 'where' | 'text'>

const problem = (part: Part): TemplateProblem => ({
  level: 'error',
  control: '',
  section: '',
  row: '',
  column: '',
  ...part,
})

function checkHead(template: Template): TemplateProblem[] {
  if (template.sections.length > 0) return []
  return [problem({ code: 'unreadable', where: 'Шаблон', text: 'В шаблоне нет ни одного раздела.' })]
}

function checkSection(section: Section, template: Template): TemplateProblem[] {
  const code = normalCode(section.code)
  const rules: { rule: CellRule; row: string; where: string }[] = [
    ...section.columns.flatMap((column) =>
      column.cell ? [{ rule: column.cell, row: '', where: `Раздел ${code}, графа ${column.code}` }] : [],
    ),
    ...section.rows.flatMap((row) =>
      row.cells.map((rule) => ({
        rule,
        row: row.code,
        where: `Раздел ${code}, строка ${row.code}, графа ${rule.column}`,
      })),
    ),
  ]
  const known = new Set(section.columns.map((column) => normalCode(column.code)))
  return rules.flatMap(({ rule, row, where }) => {
    const place = { section: code, row: normalCode(row), column: normalCode(rule.column), where }
    const found = checkRule(rule, template).map((part) => problem({ ...place, ...part }))
    if (known.has(normalCode(rule.column))) return found
    return [...found, problem({ ...place, code: 'unknown-column', text: `Графы ${rule.column} в разделе нет.` })]
  })
}

function checkRule(rule: CellRule, template: Template): Pick<TemplateProblem, 'code' | 'text'>[] {
  const found: Pick<TemplateProblem, 'code' | 'text'>[] = []
  if (rule.format !== undefined && !parseFormat(rule.format)) {
    found.push({
      code: 'bad-format',
      text: `Формат «${rule.format}» непонятен. Пишите N(15,2) для чисел, C(250) для текста.`,
    })
  }
  const dictionaries = new Set(template.dictionaries.map(({ id }) => id))
  const byName = rule.validationType === 4 || (rule.validationType === 1 && !rule.dictionary)
  const named = byName ? [rule.dictionary, rule.validation] : [rule.dictionary]
  for (const id of named) {
    if (id && !dictionaries.has(id))
      found.push({ code: 'unknown-dictionary', text: `Справочника «${id}» в шаблоне нет.` })
  }
  const validation = validationFault(rule)
  if (validation) found.push({ code: 'bad-validation', text: validation })
  return found
}

function validationFault({ validationType, validation = '', dictionary }: CellRule): string | undefined {
  switch (validationType) {
    case undefined:
      return undefined
    case 1:
      return dictionary || validation ? undefined : 'Проверка по справочнику, а справочник не назван.'
    case 2:
      return rangeFault(validation)
    case 3:
      return validation.trim() ? undefined : 'Проверка по списку, а список пуст.'
    case 4:
      return dictionary && validation ? undefined : 'Проверка по двум справочникам: назовите оба.'
    case 5:
      return /^[^=#]+=#[^,]+,[^,]+,[^,]+$/.test(validation)
        ? undefined
        : `Связь «${validation}» непонятна. Пишите «признак=#раздел,строка,графа».`
  }
}

function rangeFault(validation: string): string | undefined {
  const range = parseRange(validation)
  if (!range) return `Диапазон «${validation}» непонятен. Пишите «от-до»: 0-100.`
  return range[0] > range[1] ? `В диапазоне «${validation}» нет ни одного числа: первое больше второго.` : undefined
}

function checkDuplicates(template: Template): TemplateProblem[] {
  const found: TemplateProblem[] = []
  const twice = (codes: string[]): string[] => [...new Set(codes.filter((code, at) => codes.indexOf(code) !== at))]
  const say = (part: Omit<Part, 'code'>): void => {
    found.push(problem({ code: 'duplicate', ...part }))
  }
  for (const code of twice(template.sections.map((section) => normalCode(section.code)))) {
    say({ section: code, where: `Раздел ${code}`, text: `Код раздела ${code} повторяется.` })
  }
  for (const section of template.sections) {
    const code = normalCode(section.code)
    for (const row of twice(section.rows.filter(({ type }) => type !== 'C').map((row) => normalCode(row.code)))) {
      say({ section: code, row, where: `Раздел ${code}, строка ${row}`, text: `Код строки ${row} повторяется.` })
    }
    for (const column of twice(section.columns.map((column) => normalCode(column.code)))) {
      say({ section: code, column, where: `Раздел ${code}, графа ${column}`, text: `Код графы ${column} повторяется.` })
    }
  }
  for (const id of twice(template.dictionaries.map((dictionary) => dictionary.id))) {
    say({ where: `Справочник ${id}`, text: `Справочник «${id}» описан дважды.` })
  }
  for (const id of twice(template.controls.map((control) => control.id))) {
    say({ control: id, where: `Контроль ${id}`, text: `Номер контроля ${id} повторяется.` })
  }
  for (const field of twice(template.title.map((item) => item.field.toLowerCase()))) {
    say({ where: 'Титул', text: `Поле титула «${field}» повторяется.` })
  }
  return found
}

const partNames = { rule: 'правило', condition: 'условие', periodClause: 'условие периода' } as const
const partCodes = { rule: 'bad-rule', condition: 'bad-condition', periodClause: 'bad-period-clause' } as const

function checkControl(parsed: ParsedControl, form: Form): TemplateProblem[] {
  const { control } = parsed
  const place = { control: control.id, line: control.line }
  const found = parsed.faults.map((fault) =>
    problem({
      ...place,
      code: partCodes[fault.part],
      offset: fault.offset,
      where: `Контроль ${control.id}, ${partNames[fault.part]}, знак ${fault.offset + 1}`,
      text: fault.text,
    }),
  )
  if (control.fault !== undefined && (canonicalNumber(control.fault) ?? '-').startsWith('-')) {
    const text = `Допуск «${control.fault}» — не число.`
    found.push(problem({ ...place, code: 'bad-tolerance', where: `Контроль ${control.id}, допуск`, text }))
  }
  if (parsed.rule) found.push(...checkCells(parsed, 'rule', parsed.rule, form))
  if (parsed.condition) found.push(...checkCells(parsed, 'condition', parsed.condition, form))
  return found
}

/** Resolves a rule against the template as if every row were there, and tells what is unknown or does not pair. */
function checkCells(
  { control }: ParsedControl,
  part: 'rule' | 'condition',
  logic: Logic,
  form: Form,
): TemplateProblem[] {
  const unknown: UnknownCode[] = []
  const found: TemplateProblem[] = []
  const layout = fullLayout(form)
  const wherePart = `Контроль ${control.id}, ${partNames[part]}`
  const place = { control: control.id, line: control.line }
  try {
    for (const chain of chainsOf(logic)) {
      const lists = new Resolver(layout, everything(form), unknown).sides(chain.sides)
      const lengths = new Set(lists.map((list) => list.items.length).filter((length) => length > 1))
      const floating = [...referencesOf(chain)].some((reference) => pairsVary(reference, form))
      if (lengths.size > 1 && !floating) {
        const text = `Слева и справа разное число ячеек: ${[...lengths].join(' и ')}. Лишние сравниваются с пустыми.`
        found.push(problem({ ...place, code: partCodes[part], level: 'warning', where: wherePart, text }))
      }
    }
  } catch (fault) {
    if (!(fault instanceof TooManyCells)) throw fault
    return [
      problem({
        ...place,
        code: partCodes[part],
        where: wherePart,
        text: 'Контроль охватывает слишком много ячеек: разделите его.',
      }),
    ]
  }
  return [...unknownProblems(unknown, wherePart, place), ...found]
}

const codeNames = { section: 'Раздела', row: 'Строки', column: 'Графы' } as const

function unknownProblems(
  unknown: UnknownCode[],
  where: string,
  place: { control: string; line?: number },
): TemplateProblem[] {
  const seen = new Set<string>()
  return unknown.flatMap(({ kind, code, section, offset }) => {
    const key = `${kind}/${section}/${code}`
    if (seen.has(key)) return []
    seen.add(key)
    const rest = kind === 'section' ? 'в форме нет' : `в разделе ${section} нет`
    return [
      problem({
        ...place,
        code: `unknown-${kind}`,
        section,
        row: kind === 'row' ? code : '',
        column: kind === 'column' ? code : '',
        offset,
        where: `${where}, знак ${offset + 1}`,
        text: `${codeNames[kind]} ${code} ${rest}.`,
      }),
    ]
  })
}

function* chainsOf(logic: Logic): Generator<Logic & { kind: 'chain' }> {
  if (logic.kind === 'chain') yield logic
  else {
    yield* chainsOf(logic.left)
    yield* chainsOf(logic.right)
  }
}

/** Whether the number of cells hangs on the report: rows by `*` or by specifics, and multiple rows. */
function pairsVary(reference: Reference, form: Form): boolean {
  if (reference.rows === '*' || reference.specifics.some((list) => list !== '*')) return true
  return form.sections.some((section) => section.rows.some((row) => row.type === 'M'))
}

const layouts = new WeakMap<Form, Layout>()

function fullLayout(form: Form): Layout {
  const known = layouts.get(form)
  if (known) return known
  const counts = oneOfEach(form)
  const layout = layOut(form.sections, counts, counts)
  layouts.set(form, layout)
  return layout
}

/** One instance of each multiple row. */
const oneOfEach = (form: Form): InstanceCounts =>
  new Map(
    form.sections.flatMap((section) =>
      section.rows
        .filter((row) => row.type === 'M')
        .map((row): [string, number] => [rowKey(section.code, row.code), 1]),
    ),
  )

const everything = (form: Form): RowSource => ({
  has: () => true,
  textAt: () => null,
  termIds: (dictionary) => worksOf(form).dictionaries.get(dictionary)?.ids ?? [],
})

function checkFormulas(form: Form): TemplateProblem[] {
  const counts = oneOfEach(form)
  const { circular, layout } = worksOf(form).program(counts, counts, () => everything(form))
  // What goes in a ring has no value to hold against anything.
  if (circular.length > 0) return rings(circular, layout).map(problem)
  const periods = Number(form.template.periodicity) || 1
  const found = contradictions(worksOf(form).controls, periods, fullLayout(form), everything(form))
  return found.map(problem)
}
