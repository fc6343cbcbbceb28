/** People of an application: found fields put together, one person after another. */
import { emailsIn, phonesIn } from './contacts.ts'
import type { FoundField } from './fields.ts'
import type { Field } from './labels.ts'
import { labelledName } from './names.ts'

export type PersonField = 'fullName' | 'position' | 'email' | 'phone'
export type Person = { [field in PersonField]: string | null }
export type SurePerson = Person & { sure: { [field in PersonField]: boolean } }

type Telling = { field: PersonField; value: string; sure: boolean }

/** At least a name, an address or a telephone makes a person; a post alone does not. */
export function peopleIn(found: readonly FoundField[]): SurePerson[] {
  const people: SurePerson[] = []
  let current = nobody()
  let began: PersonField | undefined
  for (const { field, value, sure } of tellings(found)) {
    if (current[field] !== null && beginsNext(field, current, began, value)) {
      people.push(current)
      current = nobody()
      began = undefined
    }
    if (current[field] !== null) continue
    began ??= field
    current[field] = value
    current.sure[field] = sure
  }
  people.push(current)
  return people.filter(({ fullName, email, phone }) => fullName ?? email ?? phone)
}

const nobody = (): SurePerson => ({
  fullName: null,
  position: null,
  email: null,
  phone: null,
  sure: { fullName: false, position: false, email: false, phone: false },
})

/** A second name is a second person; a second post or address only where each began with it. */
function beginsNext(field: PersonField, current: SurePerson, began: PersonField | undefined, value: string): boolean {
  if (current[field] === value) return false
  return field === 'fullName' || (field === began && current.fullName !== null && field !== 'phone')
}

function tellings(found: readonly FoundField[]): Telling[] {
  const labelledFields = new Set(found.filter(({ labelled }) => labelled).map(({ field }) => field))
  const hasNames = labelledFields.has('fullName') || labelledFields.has('surname')
  return withNameParts(found).flatMap(({ field, value, labelled }): Telling[] => {
    // What a label tells once is not guessed once more from the words around it.
    if (!labelled && (labelledFields.has(field) || (field === 'fullName' && hasNames))) return []
    switch (field) {
      case 'fullName':
        return ofName(value, labelled)
      case 'position':
        return value === '' ? [] : [{ field, value: cleaned(value), sure: labelled && value.length < 200 }]
      case 'email':
        return emailsIn(value)
          .slice(0, 1)
          .map((email) => ({ field, ...email }))
      case 'phone':
        return ofPhone(value)
      default:
        return []
    }
  })
}

function ofName(value: string, labelled: boolean): Telling[] {
  const names = labelledName(value)
  return names.flatMap(({ name, sure, at, length }, index): Telling[] => {
    const rest = value.slice(at + length, names[index + 1]?.at)
    return [
      { field: 'fullName', value: name, sure: sure && (labelled || name.split(' ').length === 3) },
      ...behindName(rest),
    ]
  })
}

/** «Иванова Мария Петровна, директор, 8 (3452) …»: what stands behind a name in its line. */
function behindName(rest: string): Telling[] {
  const email = emailsIn(rest)[0]
  const phone = phonesIn(rest)[0]
  const position = /^[\s,;(—–-]+([\p{Ll}][^,;@()\n]{2,100}?)[\s,;)]*(?=$|,|;|\n|\))/u.exec(rest)?.[1]
  return [
    ...(position && !/тел|e-?mail|почт/i.test(position)
      ? [{ field: 'position' as const, value: cleaned(position), sure: false }]
      : []),
    ...(email ? [{ field: 'email' as const, ...email }] : []),
    ...(phone ? [{ field: 'phone' as const, ...phone }] : []),
  ]
}

function ofPhone(value: string): Telling[] {
  const found = phonesIn(value)[0]
  if (found) return [{ field: 'phone', value: found.value, sure: found.sure && phonesIn(value).length === 1 }]
  const typed = value.replace(/[^\d+()\s-]/g, '').trim()
  return typed.replace(/\D/g, '').length >= 4 ? [{ field: 'phone', value: typed, sure: false }] : []
}

/** «Фамилия», «Имя», «Отчество» each by itself. */
function withNameParts(found: readonly FoundField[]): FoundField[] {
  const parts: Field[] = ['surname', 'givenName', 'patronymic']
  if (!found.some(({ field }) => field === 'surname'))
    return found.map((each) =>
      each.field === 'givenName' && /\S\s+\S/.test(each.value) ? { ...each, field: 'fullName' } : each,
    )
  const joined: FoundField[] = []
  let name: FoundField | undefined
  for (const each of found) {
    if (!parts.includes(each.field)) joined.push(each)
    else if (each.field === 'surname' || !name) {
      name = { ...each, field: 'fullName' }
      joined.push(name)
    } else name.value = `${name.value} ${each.value}`
  }
  return joined
}

const cleaned = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\s.,;]+$/, '')
    .trim()
