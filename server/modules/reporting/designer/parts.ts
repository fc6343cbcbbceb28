/** A form by its parts: what one change of a draft is about, so that two people in two parts do not meet. */
import { z } from 'zod'
import { partContracts } from '../../../../contracts/designer.ts'
import type { FormProblem } from '../../../../contracts/forms.ts'
import { normalCode, type Section, type Template } from '../../../../engine/index.ts'
import { validated } from '../../../kernel/http/index.ts'
import { NoSuchPart } from './designer.errors.ts'

export type PlainPart = Exclude<keyof typeof partContracts, 'section'>
export type Part = PlainPart | `section:${string}`

export const partTitles: Record<PlainPart, string> = {
  head: 'Сведения о форме',
  title: 'Титульный лист',
  sections: 'Состав разделов',
  dictionaries: 'Справочники',
  controls: 'Контроли',
  pulls: 'Подтягивание',
  totals: 'Свод',
  acceptance: 'Приёмка и приложения',
}

const plainParts = Object.keys(partTitles)
const isPlain = (part: string): part is PlainPart => plainParts.includes(part)
export const isPart = (part: string): part is Part => isPlain(part) || part.startsWith('section:')

export const sectionPart = (code: string): Part => `section:${code}`
export const sectionCodeOf = (part: string): string | undefined =>
  part.startsWith('section:') ? part.slice('section:'.length) : undefined

export function partTitle(part: string): string {
  const code = sectionCodeOf(part)
  if (code !== undefined) return `Раздел ${code}`
  return isPlain(part) ? partTitles[part] : part
}

/** Whether a change of one part may undo what was done in the other: the list of sections holds each of them. */
export const overlap = (one: string, other: string): boolean =>
  one === other ||
  (one === 'sections' && sectionCodeOf(other) !== undefined) ||
  (other === 'sections' && sectionCodeOf(one) !== undefined)

export const findSection = (template: Template, code: string): Section | undefined =>
  template.sections.find((section) => normalCode(section.code) === normalCode(code))

/** @throws NoSuchPart 404 */
export function readPart(template: Template, part: Part): unknown {
  const code = sectionCodeOf(part)
  if (code !== undefined) {
    const section = findSection(template, code)
    if (!section) throw new NoSuchPart()
    return section
  }
  if (!isPlain(part)) throw new NoSuchPart()
  switch (part) {
    case 'head': {
      const { okud, cipher, name, periodicity, keyField, validFrom, validTo, renamed } = template
      return { code: template.code, okud, cipher, name, periodicity, keyField, validFrom, validTo, renamed }
    }
    case 'title':
    case 'sections':
    case 'dictionaries':
    case 'controls':
      return template[part]
    case 'pulls':
    case 'totals':
      return template[part] ?? []
    case 'acceptance': {
      const { levels = [], attachments = [], signature } = template
      return { levels, attachments, signature }
    }
  }
}

/** The form with another value of a part, held against its contract. @throws InvalidInput 422, NoSuchPart 404 */
export function withPart(template: Template, part: Part, value: unknown): Template {
  const code = sectionCodeOf(part)
  if (code !== undefined) {
    const section = validated(partContracts.section, value) as Section // as: the contract is the section's own shape
    if (!findSection(template, code)) throw new NoSuchPart()
    const sections = template.sections.map((known) => (normalCode(known.code) === normalCode(code) ? section : known))
    return present({ ...template, sections })
  }
  if (!isPlain(part)) throw new NoSuchPart()
  const given = validated(z.object({ [part]: partContracts[part] }), { [part]: value })[part]
  const nested = part !== 'head' && part !== 'acceptance'
  // as: the contracts of parts are the template's own shapes
  const changed = { ...template, ...(nested ? { [part]: given } : (given as object)) } as Template
  return present(withoutEmpty(changed))
}

/** Extensions that say nothing are left out, as in a file. */
function withoutEmpty(template: Template): Template {
  const { pulls, totals, levels, attachments, renamed, ...rest } = template
  return {
    ...rest,
    ...(pulls?.length ? { pulls } : {}),
    ...(totals?.length ? { totals } : {}),
    ...(levels?.length ? { levels } : {}),
    ...(attachments?.length ? { attachments } : {}),
    ...(renamed && Object.keys(renamed).length > 0 ? { renamed } : {}),
  }
}

/** Without what is undefined: it is kept as JSON. */
const present = (template: Template): Template => JSON.parse(JSON.stringify(template))

/** Where in the designer a problem is mended. */
export function partOfProblem(
  problem: Pick<FormProblem, 'control' | 'section' | 'code' | 'where'> & { extension?: string },
): Part {
  const [extension] = (problem.extension ?? '').split(' ')
  if (extension === 'pulls' || extension === 'totals') return extension
  if (extension === 'levels' || extension === 'attachments') return 'acceptance'
  if (problem.control) return 'controls'
  if (problem.section) return sectionPart(problem.section)
  if (problem.where.startsWith('Справочник')) return 'dictionaries'
  if (problem.where.startsWith('Титул')) return 'title'
  return problem.code === 'unreadable' ? 'sections' : 'head'
}
