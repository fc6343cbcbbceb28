/**
 * What a letter asks for (manual 5, «Регистрация через письмо»): its kind, and of an application the category, people,
 * organisation and systems, each marked sure or unsure. Pure: the same letter is always understood in the same way.
 */
import { type Adding, addingIn } from './adding.ts'
import { type Block, blocksOfText, isEmpty, withinReason, wordsOf } from './blocks.ts'
import { asksForAccess, type Category, categoryOf, restoringOf } from './category.ts'
import { emailsIn, phonesIn } from './contacts.ts'
import { type FoundField, fieldsIn, signedName } from './fields.ts'
import { blocksOfHtml } from './html-blocks.ts'
import { isForged, markOf, returnPathOf } from './marks.ts'
import { organisationFrom } from './organisation-fields.ts'
import { districtIn } from './organisations.ts'
import { type Person, type PersonField, peopleIn, type SurePerson } from './people.ts'
import { type Divided, divide } from './quotes.ts'
import { type ReadLetter, readLetter } from './reading.ts'
import { systemsIn, systemsInProse } from './systems.ts'

export const letterKinds = ['application', 'request', 'reply-to-thread', 'auto-reply', 'bounce', 'unparseable'] as const
export type LetterKind = (typeof letterKinds)[number]

export const sureFields = [
  'category',
  'restore',
  'fullName',
  'position',
  'email',
  'phone',
  'organisation',
  'short',
  'full',
  'district',
  'systems',
] as const
export type SureField = (typeof sureFields)[number]

export type Understanding = {
  kind: LetterKind
  category: Category | null
  restore: boolean
  persons: Person[]
  organisation: { short: string | null; full: string | null; district: string | null }
  systems: string[]
  senderAllowed: boolean
  sure: Record<SureField, boolean>
  /** Asks to add an organisation instead of for access: its details. */
  adding?: Adding
}

/** Whether an address may be of the staff's audience. */
export type AddressRule = (email: string) => boolean | Promise<boolean>

export type Understood = { letter: ReadLetter | undefined; understanding: Understanding }

/** Reads and understands a raw letter; whatever it is, an answer comes. */
export async function understand(raw: Buffer, isAllowed: AddressRule): Promise<Understood> {
  const letter = await readLetter(raw)
  if (!letter) return { letter, understanding: nothing('unparseable', false) }
  const senderAllowed = await isSenderAllowed(letter, isAllowed)
  return { letter, understanding: understandLetter(letter, senderAllowed) }
}

async function isSenderAllowed(letter: ReadLetter, isAllowed: AddressRule): Promise<boolean> {
  if (!letter.from || isForged(letter) || !(await isAllowed(letter.from.address))) return false
  const path = returnPathOf(letter)
  return path === undefined || isAllowed(path)
}

function understandLetter(letter: ReadLetter, senderAllowed: boolean): Understanding {
  const mark = markOf(letter)
  if (mark) return nothing(mark, senderAllowed)
  const blocks = withinReason(blocksOf(letter))
  if (isUnreadable(blocks)) return nothing('unparseable', senderAllowed)
  const parts = divide(blocks)
  const own = applied(parts, letter)
  const isReply = isThreaded(letter, parts)
  if (own && (!isReply || own.adding || own.persons.length > 0)) return { ...own, senderAllowed }
  if (isReply) return nothing('reply-to-thread', senderAllowed)
  const forwarded = divide(parts.quoted)
  const passedOn = isForward(letter, parts) ? applied(forwarded, letter) : undefined
  if (passedOn) return { ...passedOn, senderAllowed }
  const isBlank = isEmpty(parts.own) && isEmpty(parts.quoted)
  return nothing(isBlank ? 'unparseable' : 'request', senderAllowed)
}

/** Both forms are read where there are both: only HTML keeps a table's cells apart. */
export function blocksOf({ text, html }: ReadLetter): Block[] {
  const typed = blocksOfText(text)
  if (html === '') return typed
  if (!isEmpty(typed) && !/<table/i.test(html) && !/<blockquote/i.test(html)) return typed
  const shown = blocksOfHtml(html)
  return isEmpty(shown) || (!isEmpty(typed) && wordsOf(shown).length * 2 < wordsOf(typed).length) ? typed : shown
}

/** No words at all, or signs that no charset has made letters of. */
function isUnreadable(blocks: readonly Block[]): boolean {
  const words = wordsOf(blocks)
  const letters = words.match(/\p{L}/gu)?.length ?? 0
  const broken = words.match(/\uFFFD/g)?.length ?? 0
  return letters < 3 || broken * 4 > letters
}

const isAnswer = (subject: string): boolean => /^\s*(re|ha|на|отв(ет)?|ответ на)(\[\d+\])?\s*[:：]/i.test(subject)
const isPassedOn = (subject: string): boolean => /^\s*(fwd?|fw|пересл?|пер|вс|переслано|wg)\s*[:：]/i.test(subject)

function isThreaded(letter: ReadLetter, parts: Divided): boolean {
  const told = letter.inReplyTo !== null || letter.references.length > 0
  if (isPassedOn(letter.subject)) return false
  return told || (isAnswer(letter.subject) && !isEmpty(parts.quoted))
}

const isForward = ({ subject }: ReadLetter, parts: Divided): boolean => isPassedOn(subject) || parts.forwarded

/** E1 first: whoever tells an organisation's requisites to have it added tells people and addresses as well. */
const applied = (parts: Divided, letter: ReadLetter): Understanding | undefined =>
  organisationAdding(parts, letter) ?? application(parts.own, letter, parts)

function organisationAdding({ own, signature }: Divided, letter: ReadLetter): Understanding | undefined {
  const adding = addingIn(own, signature, letter.subject)
  if (!adding) return undefined
  const { shortName = null, fullName = null, contact, ...details } = adding.details
  const signed = signedName(wordsOf(signature)) ?? null
  const name = contact ?? signed
  const district = districtIn(details.address ?? '')
  const none = nothing('application', false)
  return {
    ...none,
    persons: [{ fullName: name, position: null, email: letter.from?.address ?? null, phone: null }],
    organisation: { short: shortName, full: fullName, district: district?.value ?? null },
    sure: {
      ...none.sure,
      restore: true,
      fullName: contact !== undefined && adding.sure.contact === true,
      email: true,
      organisation: adding.sure.fullName === true || adding.sure.shortName === true,
      short: adding.sure.shortName === true,
      full: adding.sure.fullName === true,
      district: district?.sure ?? false,
    },
    adding,
  }
}

function application(blocks: readonly Block[], letter: ReadLetter, { signature }: Divided): Understanding | undefined {
  const text = wordsOf(blocks)
  const found = fieldsIn(blocks)
  const told = new Set(found.filter(({ labelled }) => labelled).map(({ field }) => field))
  const shapes = new Set(found.map(({ field }) => field))
  if (!asksForAccess(text, letter.subject, told.size >= 2 ? told.size : Math.max(told.size, shapes.size)))
    return undefined

  const people = withSignature(peopleIn(found), signature)
  const organisation = organisationFrom(found, wordsOf(signature), text)
  const systems = systemsFrom(found, text)
  const named = [organisation.full, organisation.short].filter((name) => name !== null).join(' ') || null
  const category = categoryOf(named, `${letter.subject} ${text}`, systems.names)
  const restoring = restoringOf(`${letter.subject}. ${text}`)
  return {
    kind: 'application',
    category: category.category,
    restore: restoring.restore,
    persons: people.map(({ fullName, position, email, phone }) => ({ fullName, position, email, phone })),
    organisation: { short: organisation.short, full: organisation.full, district: organisation.district },
    systems: systems.names,
    senderAllowed: false,
    sure: {
      category: category.category !== null && category.sure && organisation.sure,
      restore: restoring.sure,
      fullName: isSureOfAll(people, 'fullName'),
      position: isSureOfAll(people, 'position'),
      email: isSureOfAll(people, 'email'),
      phone: isSureOfAll(people, 'phone'),
      organisation: organisation.sure,
      short: organisation.sure && organisation.short !== null,
      full: organisation.sure && organisation.full !== null,
      district: organisation.sureOfDistrict,
      systems: systems.sure,
    },
  }
}

const isSureOfAll = (people: readonly SurePerson[], field: PersonField): boolean =>
  people.length > 0 && people.every(({ sure }) => sure[field])

/** A signature fills what a single person's fields have left out; never surely. */
function withSignature(people: readonly SurePerson[], signature: readonly Block[]): SurePerson[] {
  if (people.length > 1) return [...people]
  const words = wordsOf(signature)
  const name = signedName(words)
  const [person] = people
  if (!person) {
    if (!name) return []
    const sure = { fullName: false, position: false, email: false, phone: false }
    return [{ fullName: name, position: null, email: null, phone: null, sure }]
  }
  if (person.fullName || !name) return [person]
  return [
    {
      ...person,
      fullName: name,
      phone: person.phone ?? phonesIn(words)[0]?.value ?? null,
      email: person.email ?? emailsIn(words)[0]?.value ?? null,
    },
  ]
}

function systemsFrom(found: readonly FoundField[], text: string): { names: string[]; sure: boolean } {
  const labelled = found.filter((each) => each.field === 'systems' && each.labelled)
  const named = unique(labelled.flatMap(({ value }) => systemsIn(value)))
  if (named.length > 0) return { names: named, sure: true }
  if (labelled.length > 0) return { names: [], sure: false }
  const told = systemsInProse(text)
  if (told.length > 0) return { names: told, sure: false }
  return {
    names: unique(found.filter(({ field }) => field === 'systems').flatMap(({ value }) => systemsIn(value))),
    sure: false,
  }
}

const unique = (names: readonly string[]): string[] => [...new Set(names)]

/** What is said of a letter that is no application. */
export const nothing = (kind: LetterKind, senderAllowed: boolean): Understanding => ({
  kind,
  category: null,
  restore: false,
  persons: [],
  organisation: { short: null, full: null, district: null },
  systems: [],
  senderAllowed,
  sure: {
    category: false,
    restore: false,
    fullName: false,
    position: false,
    email: false,
    phone: false,
    organisation: false,
    short: false,
    full: false,
    district: false,
    systems: false,
  },
})
