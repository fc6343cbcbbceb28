/** Walks over a letter's blocks and finds the fields of an application, in the order in which they stand. */
import { type Block, hasBullet, withoutBullet } from './blocks.ts'
import { emailsIn, phonesIn } from './contacts.ts'
import { type Field, fieldNamed, type Labelled, labelled, partsOfLine } from './labels.ts'
import { initialsIn, labelledName, namesIn } from './names.ts'
import { kindOf } from './organisations.ts'
import { looksLikeSystem } from './systems.ts'

/** `labelled` false: told by its shape alone. */
export type FoundField = { field: Field; value: string; labelled: boolean }

/** Every field that a letter tells, with its label or by its shape. */
export function fieldsIn(blocks: readonly Block[]): FoundField[] {
  const walk = new Walk()
  for (const block of blocks) {
    if (block.kind === 'table') walk.table(block.rows)
    else walk.line(block.text)
  }
  return walk.finish()
}

const goesOn = new Set<Field>(['organisation', 'full', 'short', 'shortAndFull', 'systems', 'position'])

class Walk {
  private readonly found: FoundField[] = []
  private open: (FoundField & { lastLine: string; bulleted: boolean; blanks: number; below: boolean }) | undefined
  private heads: Field[] = []
  private filled = 0

  line(text: string): void {
    if (text.trim() === '') {
      this.blank()
      return
    }
    const bare = withoutBullet(text)
    for (const part of partsOfLine(bare)) this.part(part, hasBullet(text))
  }

  table(rows: readonly string[][]): void {
    this.close()
    this.found.push(...fieldsOfTable(rows))
  }

  finish(): FoundField[] {
    this.close()
    return this.found
  }

  private part(text: string, bulleted: boolean): void {
    const known = labelled(text)
    if (known) this.label(known, bulleted)
    else if (this.open && this.takes(this.open, text, bulleted)) return
    else {
      this.close()
      this.shape(text)
    }
  }

  private label({ field, value }: Labelled, bulleted: boolean): void {
    const waiting = this.open && this.open.value === '' ? this.open.field : undefined
    if (waiting && value === '') this.heads = this.heads.length > 0 ? [...this.heads, field] : [waiting, field]
    else if (value !== '') this.heads = []
    this.close()
    this.open = { field, value, labelled: true, lastLine: value, bulleted, blanks: 0, below: value === '' }
  }

  /** Names of columns that stand one below another, then values one below another: a table that lost its rules. */
  private column(text: string): boolean {
    if (this.heads.length < 3) return false
    const field = this.heads[this.filled % this.heads.length]
    if (!field) return false
    this.filled += 1
    this.found.push({ field, value: text, labelled: true })
    return true
  }

  private takes(open: NonNullable<Walk['open']>, text: string, bulleted: boolean): boolean {
    if (open.value === '' && this.heads.length >= 3) {
      this.open = undefined
      return this.column(text)
    }
    if (open.value === '') {
      if (!suits(open.field, text)) return false
      open.value = text
      open.lastLine = text
      open.blanks = 0
      if (open.field === 'systems') open.bulleted = bulleted
      return true
    }
    if (!goesOn.has(open.field) || open.blanks > 0) return false
    if (open.field === 'systems' && bulleted && (open.bulleted || looksLikeSystem(text)))
      return this.add(open, text, '\n')
    if (bulleted || isOfAnotherShape(text)) return false
    if (open.field === 'systems' && /^(и|а также)\s/.test(text))
      return this.add(open, text.replace(/^(и|а также)\s+/, ''), '\n')
    if (open.field === 'systems' && open.below && text.length < 90 && !/[.!?]$/.test(text))
      return this.add(open, text, '\n')
    if (!isUnfinished(open.lastLine, text))
      return open.field === 'systems' && looksLikeSystem(text) && this.add(open, text, '\n')
    return this.add(open, text, ' ')
  }

  private add(open: NonNullable<Walk['open']>, text: string, mark: string): true {
    open.value += mark + text
    open.lastLine = text
    return true
  }

  private blank(): void {
    if (!this.open) return
    this.open.blanks += 1
    if (this.open.value !== '' || this.open.blanks > 3) if (!this.heads.length) this.close()
  }

  private close(): void {
    if (this.open && this.open.value !== '') {
      const { field, value } = this.open
      this.found.push({ field, value, labelled: true })
    }
    this.open = undefined
  }

  private shape(text: string): void {
    if (this.column(text)) return
    this.found.push(...fieldsByShape(text))
  }
}

/** Whether a line may be the value of a field whose label stood above it. */
function suits(field: Field, text: string): boolean {
  switch (field) {
    case 'email':
      return text.includes('@')
    case 'phone':
      return phonesIn(text).length > 0 || /^\+?[\d\s()-]{5,}$/.test(text)
    case 'fullName':
      return labelledName(text).length > 0
    case 'surname':
    case 'givenName':
    case 'patronymic':
      return /^\p{Lu}\p{L}+(-\p{Lu}\p{L}+)?$/u.test(text)
    case 'organisation':
    case 'short':
    case 'full':
    case 'shortAndFull':
    case 'position':
      return !isOfAnotherShape(text)
    case 'district':
      return text.length < 80 && !isOfAnotherShape(text)
    case 'systems':
      return !isOfAnotherShape(text) && text.length < 300
    case 'other':
      return true
  }
}

const isOfAnotherShape = (text: string): boolean =>
  text.includes('@') ||
  /^\+?[78]?[\s(]*\d{3}/.test(text) ||
  /^(с уважением|прош[уи]м?[\s,]|заранее|здравствуйте|добрый день|спасибо|дата[:\s]|исп\.)/i.test(text) ||
  (namesIn(text)[0]?.at === 0 && namesIn(text)[0]?.length === text.length)

/** A value that a mailer has wrapped: a long line, an open quotation or bracket, or a line that begins in the middle. */
function isUnfinished(before: string, next: string): boolean {
  if (before.length >= 55 || /[,«(–—-]$|\s(и|по|в|с|на|для|г\.|№)$/i.test(before)) return true
  const opened = (before.match(/[«(]/g) ?? []).length > (before.match(/[»)]/g) ?? []).length
  return opened || (/^[\p{Ll}(«"№]/u.test(next) && before.length >= 20)
}

/** Fields of a line without labels: by the shape of each of its parts. */
export function fieldsByShape(text: string): FoundField[] {
  const found: FoundField[] = []
  const add = (field: Field, value: string) => found.push({ field, value, labelled: false })
  const isSentence = /прош[ую]|просим|предостав|добрый день|здравствуйте|уважаем/i.test(text)
  const names = namesIn(text)
  // «Глава администрации   И. О. Фамилия»: a signature that no farewell begins.
  if (names.length === 0 && initialsIn(text).length > 0 && !text.includes('@')) return []
  for (const part of isSentence ? [text] : text.split(/[,;|\t]+\s*|\s+[–—-]\s+/)) {
    const email = emailsIn(part)[0]
    const phone = phonesIn(part)[0]
    const name = namesIn(part)[0]
    if (name) add('fullName', part.slice(name.at, name.at + name.length))
    if (email) add('email', part)
    if (phone) add('phone', part)
    if (email || phone || name || isSentence || part.trim().length < 3) continue
    add(shapeOf(part.trim()), part.trim())
  }
  if (names.length === 0 && found.every(({ field }) => field === 'organisation' || field === 'other') && kindOf(text))
    return isSentence || text.length > 250 ? [] : [{ field: 'organisation', value: text, labelled: false }]
  if (found.length > 1 && found.every(({ field }) => field === 'systems'))
    return [{ field: 'systems', value: text, labelled: false }]
  return found.filter(({ field }) => field !== 'other')
}

const position =
  /^(главный|ведущий|старший|младший|заместитель|зам\.|начальник|специалист|консультант|бухгалтер|директор|руководитель|заведующ|системный администратор|инженер|программист|секретарь|делопроизводитель|инспектор|глава|методист|учитель|преподаватель|референт|эксперт|оператор|администратор|техник|врач|юрист|юрисконсульт|экономист|архивариус|документовед|помощник|советник|и\.?\s?о\.|вр\.?\s?и\.?\s?о)/i

function shapeOf(text: string): Field {
  if (position.test(text) && !/^(глава|главный)\s.{0,6}$/i.test(text)) return 'position'
  if (looksLikeSystem(text) && text.length < 90) return 'systems'
  if (kindOf(text) && text.length < 300 && !/[.!?]\s/.test(text)) return 'organisation'
  return 'other'
}

/** Tables: columns with heads, or two columns of names and values. */
export function fieldsOfTable(rows: readonly string[][]): FoundField[] {
  const filled = rows.filter((cells) => cells.some((cell) => cell.trim() !== ''))
  const head = filled.findIndex(
    (cells) => cells.filter((cell) => fieldNamed(cell)).length >= Math.max(2, cells.length - 2),
  )
  const columns = head === -1 ? [] : (filled[head] ?? []).map((cell) => fieldNamed(cell))
  const isColumns = columns.length >= 2 && !(columns.length === 2 && filled.length > 2 && sidewise(filled) >= 2)
  if (isColumns && filled.length > head + 1)
    return filled.slice(head + 1).flatMap((cells) => columns.flatMap((field, at) => ofCell(field, cells[at])))
  return ofSides(filled)
}

const sidewise = (rows: readonly string[][]): number =>
  rows.filter((cells) => fieldNamed(cells.at(-2) ?? '') && !fieldNamed(cells.at(-1) ?? '')).length

const ofCell = (field: Field | undefined, cell: string | undefined): FoundField[] =>
  field && cell && cell.trim() !== '' && cell.trim() !== '-' ? [{ field, value: cell.trim(), labelled: true }] : []

/** Name and value side by side; a number may stand before them, more people behind. */
function ofSides(rows: readonly string[][]): FoundField[] {
  const byPerson: FoundField[][] = []
  const loose: FoundField[] = []
  for (const cells of rows) {
    const named = cells.findIndex((cell) => fieldNamed(cell) !== undefined)
    const field = named === -1 ? undefined : fieldNamed(cells[named] ?? '')
    if (!field) loose.push(...cells.flatMap((cell) => cell.split('\n').flatMap(ofLooseCell)))
    else
      for (const [at, cell] of cells.slice(named + 1).entries()) {
        byPerson[at] = [...(byPerson[at] ?? []), ...ofCell(field, cell)]
      }
  }
  return [...byPerson.flat(), ...loose]
}

function ofLooseCell(text: string): FoundField[] {
  const known = labelled(withoutBullet(text))
  if (known) return known.value === '' ? [] : [{ field: known.field, value: known.value, labelled: true }]
  return fieldsByShape(text)
}

/** Initials with a surname, where a signature alone names its writer. */
export const signedName = (text: string): string | undefined => (namesIn(text)[0] ?? initialsIn(text)[0])?.name
