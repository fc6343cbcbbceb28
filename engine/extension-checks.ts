import { formKey, normalAddress, normalCode } from './address.ts'
import { worksOf } from './form.ts'
import type { Form } from './form.types.ts'
import { placeKey } from './source-places.ts'
import type { Found } from './template-contradictions.ts'
import { type AcceptanceLevel, type Pull, requisites, type TotalRule } from './template-extensions.ts'

/** Finds a form that is not the one being checked; undefined when there is none of that name. */
export type OtherForms = (key: string) => Form | undefined

/** What the project's own parts of a template name and what is not there. */
export function checkExtensions(form: Form, others: OtherForms | undefined): Found[] {
  const { pulls = [], totals = [], levels = [], attachments = [], renamed = {} } = form.template
  return [
    ...pulls.flatMap((pull, at) => inList('pulls', at, pullFaults(pull, form, others))),
    ...repeated('pulls', pulls, ({ cell }) => normalAddress(cell) ?? cell, 'Ячейка подтягивается дважды'),
    ...totals.flatMap((rule, at) => inList('totals', at, totalFaults(rule, form))),
    ...repeated('totals', totals, ruleKey, 'Правило свода для этого места уже есть'),
    ...levels.flatMap((level, at) => inList('levels', at, levelFaults(level))),
    ...repeated('levels', levels, ({ code }) => code.trim(), 'Код уровня приёмки повторяется'),
    ...levels.flatMap((level, at) => inList('levels', at, orderFaults(level, levels.slice(0, at)))),
    ...repeated('attachments', attachments, ({ code }) => code.trim(), 'Код вида файла повторяется'),
    ...Object.entries(renamed).flatMap(([from, to]) => renamedFaults(from, to, form)),
    ...validityFaults(form),
  ]
}

const listNames = {
  pulls: 'Подтягивание',
  totals: 'Правило свода',
  levels: 'Уровень приёмки',
  attachments: 'Вид файла',
} as const
type ListName = keyof typeof listNames
type Fault = { text: string; code?: Found['code']; level?: Found['level'] }

const inList = (list: ListName, at: number, faults: Fault[]): Found[] =>
  faults.map((fault) => ({
    code: 'bad-extension',
    ...fault,
    extension: placeKey.extension(list, at),
    where: `${listNames[list]} ${at + 1}`,
  }))

function repeated<T>(list: ListName, items: readonly T[], keyOf: (item: T) => string, text: string): Found[] {
  const seen = new Set<string>()
  return items.flatMap((item, at) => {
    const key = keyOf(item)
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    return inList(list, at, [{ code: 'duplicate', text: `${text}: ${key}.` }])
  })
}

function pullFaults({ cell, source }: Pull, form: Form, others: OtherForms | undefined): Fault[] {
  if (cell.startsWith('title/'))
    return [{ text: 'Титульный лист не подтягивается: его поля заполняются сами из реквизитов организации.' }]
  const target = form.cell(cell)
  if (!target) return [{ text: `Ячейки ${cell} в форме нет.` }]
  if (target.row.type === 'M')
    return [{ text: `Строка ${target.row.code} повторяется, в неё не подтягивают: её записи вносит организация.` }]
  if (target.column.type !== 'Z')
    return [{ text: `Ячейка ${cell} не подтягивается: это наименование, в ней нет числа.` }]
  if (cell.includes('#'))
    return [{ text: `Адрес ${cell} называет запись, а строка ${target.row.code} не повторяется.` }]
  const definer = worksOf(form).controls.length > 0 && target.kind === 'computed'
  const computed: Fault[] = definer
    ? [{ code: 'doubtful', level: 'warning', text: `Ячейка ${cell} и подтягивается, и рассчитывается.` }]
    : []
  return [...computed, ...sourceFaults(cell, source, form, others)]
}

function sourceFaults(cell: string, source: Pull['source'], form: Form, others: OtherForms | undefined): Fault[] {
  if (source.kind === 'organisation') return requisiteFaults(source.field)
  const key = formKey(source.form)
  const isOwn = [form.template.code, form.template.cipher].some((name) => formKey(name) === key)
  if (isOwn && source.kind === 'form' && source.period === 'same' && normalAddress(cell) === normalAddress(source.cell))
    return [{ code: 'cycle', text: `Ячейка ${cell} подтягивается сама из себя.` }]
  const other = isOwn ? form : others?.(key)
  if (!other) return others ? [{ text: `Формы «${source.form}» нет среди опубликованных.` }] : []
  if (source.cell.startsWith('title/'))
    return [{ text: 'С титульного листа не подтягивают: назовите реквизит организации.' }]
  const from = other.cell(source.cell)
  if (!from) return [{ text: `Ячейки ${source.cell} в форме «${source.form}» нет.` }]
  if (from.column.type !== 'Z')
    return [
      { text: `Из ячейки ${source.cell} формы «${source.form}» не подтянуть: это наименование, в ней нет числа.` },
    ]
  return []
}

function requisiteFaults(field: string): Fault[] {
  const name = field.trim().toLowerCase()
  if (!name) return [{ text: 'Не назван реквизит организации.' }]
  if (Object.hasOwn(requisites, name)) return []
  return [{ text: `Реквизита «${field}» у организаций нет: бывают ${Object.keys(requisites).join(', ')}.` }]
}

function levelFaults({ code, name }: AcceptanceLevel): Fault[] {
  if (!code.trim()) return [{ text: 'У уровня приёмки нет кода.' }]
  return name.trim() ? [] : [{ text: `У уровня приёмки «${code}» нет названия: кто принимает отчёт.` }]
}

const totalWords: ReadonlySet<string> = new Set(['sum', 'average', 'maximum', 'minimum', 'list', 'count', 'none'])
const ruleKey = ({ section, row = '', column = '' }: TotalRule): string => placeKey.cell(section, row, column)

function totalFaults(rule: TotalRule, form: Form): Fault[] {
  const section = form.section(rule.section)
  if (!section) return [{ text: `Раздела ${rule.section} в форме нет.` }]
  const faults: Fault[] = []
  const { row, column, weight } = rule
  if (row !== undefined && !section.rows.some(({ code, type }) => type !== 'C' && code === normalCode(row)))
    faults.push({ text: `Строки ${row} в разделе ${section.code} нет.` })
  if (column !== undefined && !section.columns.some(({ code }) => code === normalCode(column)))
    faults.push({ text: `Графы ${column} в разделе ${section.code} нет.` })
  if (!totalWords.has(rule.total))
    faults.push({ text: `Правила «${rule.total}» нет: бывают ${[...totalWords].join(', ')}.` })
  if (weight === undefined) return faults
  const isThere = weight.includes('/')
    ? form.cell(weight) !== undefined
    : section.columns.some(({ code }) => code === normalCode(weight))
  if (!isThere) faults.push({ text: `Веса «${weight}» нет: назовите графу раздела или адрес ячейки.` })
  if (rule.total !== 'average')
    faults.push({ level: 'warning', code: 'doubtful', text: 'Вес нужен только среднему: здесь он не учитывается.' })
  return faults
}

const heights = { institution: 1, municipality: 2, region: 3 } as const

/** Acceptance goes upward only. */
function orderFaults({ decides = 'higher' }: AcceptanceLevel, before: readonly AcceptanceLevel[]): Fault[] {
  if (decides === 'higher') return []
  const isBelow = before.some(
    (level) => level.decides && level.decides !== 'higher' && heights[level.decides] >= heights[decides],
  )
  return isBelow ? [{ text: 'Уровни приёмки идут снизу вверх: такой же или более высокий уже был.' }] : []
}

function renamedFaults(from: string, to: string, form: Form): Found[] {
  const where = `Переименование ${from} → ${to}`
  if (from.split('/').length !== to.split('/').length)
    return [
      {
        code: 'bad-extension',
        where,
        text: 'Слева и справа адреса разной длины: раздел, строка или ячейка с каждой стороны.',
      },
    ]
  if (!isPlace(to, form)) return [{ code: 'bad-extension', where, text: `Места ${to} в форме нет.` }]
  if (!isPlace(from, form)) return []
  return [
    {
      code: 'doubtful',
      level: 'warning',
      where,
      text: `Место ${from} в форме есть и теперь: прежние значения перейдут не в него, а в ${to}.`,
    },
  ]
}

function isPlace(address: string, form: Form): boolean {
  const [section = '', row, column] = address.split('/')
  if (column !== undefined) return form.cell(address) !== undefined
  const known = form.section(section)
  return (
    known !== undefined &&
    (row === undefined || known.rows.some(({ code, type }) => type !== 'C' && code === normalCode(row)))
  )
}

function validityFaults({ template: { validFrom, validTo } }: Form): Found[] {
  const where = 'Срок действия'
  const bad = [validFrom, validTo].filter((day) => day !== undefined && !isDay(day))
  if (bad.length > 0)
    return bad.map((day) => ({ code: 'bad-extension', where, text: `День «${day}» непонятен: пишите 2026-01-31.` }))
  if (validFrom === undefined || validTo === undefined || validFrom <= validTo) return []
  return [{ code: 'bad-extension', where, text: 'Версия кончается раньше, чем начинается.' }]
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))
