import { normalCode } from './address.ts'
import { formAsWritten } from './controls.ts'
import { elsewhereCells } from './evaluation/elsewhere.ts'
import type { OtherForms } from './extension-checks.ts'
import { worksOf } from './form.ts'
import type { Form, FormSection } from './form.types.ts'
import type { CodeItem, Reference } from './language/syntax.ts'
import type { Control } from './template.ts'
import type { Found } from './template-contradictions.ts'

/** Dictionaries, specifics, linked values and other forms that a form names and that are not there. */
export function checkReferences(form: Form, others: OtherForms | undefined): Found[] {
  return [
    ...checkTitle(form),
    ...form.sections.flatMap((section) => checkLinks(section, form)),
    ...checkControls(form, others),
  ]
}

function checkTitle({ template }: Form): Found[] {
  const known = new Set(template.dictionaries.map(({ id }) => id))
  return template.title.flatMap(({ field, dictionary }): Found[] => {
    if (!dictionary || known.has(dictionary)) return []
    return [
      {
        code: 'unknown-dictionary',
        where: `Титул, поле «${field}»`,
        text: `Справочника «${dictionary}» в шаблоне нет.`,
      },
    ]
  })
}

/** `attr=#section,row,column` of cells whose values hang on a specific. */
function checkLinks(section: FormSection, form: Form): Found[] {
  return section.rows.flatMap((row) =>
    row.cells.flatMap(({ rule, column }): Found[] => {
      if (rule?.validationType !== 5) return []
      const [, place = ''] = (rule.validation ?? '').split('=#')
      const [inSection = '', inRow = '', inColumn = ''] = place.split(',').map((part) => part.trim())
      const target = form.section(inSection)
      const at = { section: section.code, row: row.code, column: column.code }
      const where = `Раздел ${section.code}, строка ${row.code}, графа ${column.code}, связь со спецификой`
      if (place.split(',').length !== 3) return [] // told as a bad validation
      if (!target) return [{ code: 'unknown-section', ...at, where, text: `Раздела ${inSection} в форме нет.` }]
      if (!target.rows.some(({ code, type }) => type !== 'C' && code === normalCode(inRow)))
        return [{ code: 'unknown-row', ...at, where, text: `Строки ${inRow} в разделе ${target.code} нет.` }]
      if (!target.columns.some(({ code }) => code === normalCode(inColumn)))
        return [{ code: 'unknown-column', ...at, where, text: `Графы ${inColumn} в разделе ${target.code} нет.` }]
      return []
    }),
  )
}

function checkControls(form: Form, others: OtherForms | undefined): Found[] {
  return worksOf(form).controls.flatMap(({ control, references }) =>
    references.flatMap((reference) => {
      const place = {
        control: control.id,
        line: control.line,
        offset: reference.offset,
        where: `Контроль ${control.id}, знак ${reference.offset + 1}`,
      }
      const found =
        reference.form === undefined ? specificFaults(reference, form) : elsewhereFaults(reference, control, others)
      return found.map((part) => ({ ...place, ...part }))
    }),
  )
}

function specificFaults(reference: Reference, form: Form): Pick<Found, 'code' | 'text'>[] {
  const sections = reference.sections
  const named =
    sections === '*' ? [] : form.sections.filter(({ code }) => sections.some(({ from, to }) => !to && from === code))
  return named.flatMap((section) =>
    reference.specifics.flatMap((list, at): Pick<Found, 'code' | 'text'>[] => {
      if (list === '*') return []
      const specific = `s${at + 1}`
      const position = section.columns.findIndex((column) => column.type === 'S' && column.specific === specific)
      if (position < 0)
        return [
          {
            code: 'unknown-column',
            text: `Специфики ${specific} в разделе ${section.code} нет: такой графы в нём не описано.`,
          },
        ]
      const dictionary = section.columns[position]?.cell?.dictionary
      const ids = dictionary ? worksOf(form).dictionaries.get(dictionary) : undefined
      return ids ? unknownTerms(list, dictionary ?? '', (id) => ids.has(id)) : []
    }),
  )
}

function unknownTerms(
  list: CodeItem[],
  dictionary: string,
  has: (id: string) => boolean,
): Pick<Found, 'code' | 'text'>[] {
  return list.flatMap((item): Pick<Found, 'code' | 'text'>[] => {
    if (has(item.text.trim())) return []
    const missing = (item.to === undefined ? [item.from] : [item.from, item.to]).filter((id) => !has(id))
    return missing.map((id) => ({
      code: 'unknown-dictionary',
      text: `Значения «${id}» специфики в справочнике «${dictionary}» нет.`,
    }))
  })
}

function elsewhereFaults(
  reference: Reference,
  control: Control,
  others: OtherForms | undefined,
): Pick<Found, 'code' | 'text'>[] {
  const key = reference.form ?? ''
  const name = formAsWritten(key, control)
  const other = others?.(key)
  if (!others) return []
  if (!other) return [{ code: 'unknown-section', text: `Формы «${name}» нет среди опубликованных.` }]
  return elsewhereCells(reference)
    .cells.filter((address) => !other.cell(address))
    .slice(0, 5)
    .map((address) => ({ code: 'unknown-row', text: `Ячейки ${address} в форме «${name}» нет.` }))
}
