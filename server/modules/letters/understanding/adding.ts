/**
 * A letter that asks to add an organisation to the registry: the organisation's details, each marked sure or unsure.
 * What is told under its own name and holds its contract is sure; what is guessed of another field never is.
 */
import { Email, readInn, readKpp, readOgrn, readOkpo, readOktmo, readOkved } from '../../../../contracts/requisites.ts'
import { choiceOf, guessedFrom } from './adding.choices.ts'
import { type DetailName, detailLabelled, isWhollyLabel, partsOfDetails } from './adding.labels.ts'
import { type Block, withoutBullet, wordsOf } from './blocks.ts'
import { asksPlainlyForAccess } from './category.ts'
import { emailsIn, phonesIn } from './contacts.ts'
import { labelledName } from './names.ts'

export type Adding = { details: Details; sure: Sure }
type Details = { [name in DetailName]?: string }
type Sure = { [name in DetailName]?: boolean }
type Told = { name: DetailName; value: string }

const adds = '(?:добав|внес|внест|включ|занес|занест|завест|завед|зарегистрир)\\p{L}*'
const thing =
  '(?:организаци|учрежден|школ|детск\\p{L}+\\s+сад|филиал|юридическ|колледж|техникум|лице[йя]|гимнази|подразделен|центр)\\p{L}*'
const registry =
  '(?:в|во|на)\\s+(?:\\p{L}+\\s+){0,2}?(?:реестр|справочник|перечень|перечня|список|баз[уы]|кабинет|портал|систем)\\p{L}*'
const wish = new RegExp(
  `${adds}[\\s\\S]{0,60}?${thing}[\\s\\S]{0,160}?${registry}|${adds}\\s+(?:\\p{L}+\\s+){0,2}?${registry}[\\s\\S]{0,80}?${thing}|` +
    `(?:добавлени|внесени|включени)\\p{L}*\\s+(?:в\\s+реестр\\s+)?(?:нов\\p{L}+\\s+|наш\\p{L}+\\s+)?${thing}|` +
    `${thing}[\\s\\S]{0,80}?(?:нет|отсутству\\p{L}+|не\\s+(?:найден|числит)\\p{L}*)\\s+(?:в|на)\\s+(?:\\p{L}+\\s+){0,2}?(?:реестр|перечн|справочник|списк|портал)`,
  'iu',
)

/** So many fields, or a number that holds its check digit: fewer are a question about adding, not an application. */
const leastDetails = 4

/**
 * Undefined when the letter asks for something else.
 * @param signature fills what the letter itself leaves out, never surely but for who has written it
 */
export function addingIn(blocks: readonly Block[], signature: readonly Block[], subject: string): Adding | undefined {
  const text = wordsOf(blocks).slice(0, 20_000)
  if (!wish.test(text) && !(wish.test(subject) && text !== '')) return undefined
  if (asksPlainlyForAccess(text)) return undefined
  const adding = readAll(detailsTold(blocks), detailsTold(signature), text)
  const count = Object.keys(adding.details).length
  return count >= leastDetails || (count >= 2 && adding.sure.inn === true) ? adding : undefined
}

function detailsTold(blocks: readonly Block[]): Told[] {
  const told: Told[] = []
  let open: (Told & { last: string; ended: boolean }) | undefined
  const close = () => {
    if (open && open.value !== '') told.push({ name: open.name, value: open.value })
    open = undefined
  }
  const take = (part: string) => {
    const found = detailLabelled(part)
    if (found) {
      close()
      open = { ...found, last: found.value, ended: false }
    } else if (open?.value === '') {
      open = { ...open, value: part, last: part }
    } else if (open && !open.ended && goesOn(open, part)) {
      open = { ...open, value: `${open.value} ${part}`, last: part }
    } else close()
  }
  for (const block of blocks) {
    if (block.kind === 'table') {
      close()
      told.push(...toldInTable(block.rows))
    } else if (block.text.trim() === '') {
      if (open) open = { ...open, ended: open.value !== '' }
    } else for (const part of partsOfDetails(withoutBullet(block.text))) take(part)
  }
  close()
  return told
}

/** What a mailer has wrapped: of what is long by nature, a long line or one that begins in the middle. */
const goesOn = ({ name, last }: { name: DetailName; last: string }, next: string): boolean =>
  ['fullName', 'shortName', 'address', 'okvedAdditional', 'headPosition', 'higher'].includes(name) &&
  !/^(с уважением|прош[уи]м?[\s,]|заранее|спасибо|исп\.)/i.test(next) &&
  (last.length >= 55 || /[,«(–—-]$|\s(и|по|в|с|на|для|г\.|№)$/i.test(last) || /^[\p{Ll}(«"№\d]/u.test(next))

/** Name and value side by side, a number may stand before them; or names in the first row, values in the second. */
function toldInTable(rows: readonly string[][]): Told[] {
  const [head = [], values = []] = rows
  if (rows.length === 2 && head.filter(isWhollyLabel).length >= 3)
    return head.flatMap((cell, at) => pair(cell, values[at] ?? ''))
  return rows.flatMap((cells) => {
    const at = cells.findIndex(isWhollyLabel)
    return at === -1 ? cells.flatMap((cell) => detailLabelled(cell) ?? []) : pair(cells[at] ?? '', cells[at + 1] ?? '')
  })
}

function pair(label: string, cell: string): Told[] {
  const found = detailLabelled(`${label.replace(/[\s:]+$/, '')}:`)
  const value = cell.replace(/\s+/g, ' ').trim()
  return found && value !== '' && value !== '-' ? [{ name: found.name, value }] : []
}

/** Each told field read by its own rule; then what can be guessed of the others. */
function readAll(told: readonly Told[], signed: readonly Told[], text: string): Adding {
  const adding: Adding = { details: {}, sure: {} }
  const put = (name: DetailName, value: string, sure: boolean) => {
    if (value === '' || adding.details[name] !== undefined) return
    adding.details[name] = value.slice(0, 1000)
    adding.sure[name] = sure
  }
  for (const { name, value } of told) for (const read of readDetail(name, value)) put(read.name, read.value, read.sure)
  for (const [name, pattern] of codesInText) {
    const value = pattern.exec(text)?.[1]
    if (value) for (const read of readDetail(name, value)) put(read.name, read.value, read.sure)
  }
  for (const { name, value } of signed)
    for (const read of readDetail(name, value)) put(read.name, read.value, read.sure && name === 'contact')
  for (const [name, value] of guessedFrom(adding.details)) put(name, value, false)
  return adding
}

const codesInText: readonly (readonly [DetailName, RegExp])[] = [
  ['inn', /(?<!\p{L})ИНН[^\d\n]{0,12}(\d[\d ]{8,12}\d)(?!\d)/u],
  ['ogrn', /(?<!\p{L})ОГРН[^\d\n]{0,12}(\d[\d ]{11,16}\d)(?!\d)/u],
  ['okpo', /(?<!\p{L})ОКПО[^\d\n]{0,12}(\d{8,14})(?!\d)/u],
]

type Read = { name: DetailName; value: string; sure: boolean }

function readDetail(name: DetailName, typed: string): Read[] {
  const value = typed
    .replace(/\s+/g, ' ')
    .replace(/[\s;]+$/, '')
    .trim()
  const one = (read: string | undefined, sure: boolean): Read[] => (read ? [{ name, value: read, sure }] : [])
  switch (name) {
    case 'inn': {
      const [inn = '', kpp] = value.split('/')
      return [...code('inn', inn, readInn), ...(kpp ? code('kpp', kpp, readKpp) : [])]
    }
    case 'kpp':
      return code(name, value, readKpp)
    case 'ogrn':
      return code(name, value, readOgrn)
    case 'okpo':
      return code(name, value, readOkpo)
    case 'oktmo':
      return code(name, value, readOktmo)
    case 'okved': {
      const [first, ...others] = okvedsIn(value)
      return [
        ...one(first ?? value, first !== undefined),
        ...(others.length > 0 ? [{ name: 'okvedAdditional' as const, value: others.join(', '), sure: false }] : []),
      ]
    }
    case 'okvedAdditional': {
      const codes = okvedsIn(value)
      return one(codes.join(', '), codes.length > 0)
    }
    case 'email': {
      const [found] = emailsIn(value)
      return one(found?.value ?? value, found?.sure === true && Email.safeParse(found.value).success)
    }
    case 'phone': {
      const [found] = phonesIn(value)
      return one(found?.value ?? value, found?.sure === true)
    }
    case 'site': {
      const host = value.split(/[\s,;]/)[0]?.replace(/[.]+$/, '') ?? ''
      if (!/^(https?:\/\/)?[\p{L}\d-]+(\.[\p{L}\d-]+)+(\/\S*)?$/iu.test(host)) return []
      return one(/^https?:/i.test(host) ? host : `https://${host}`, /^https?:/i.test(host))
    }
    case 'headName':
    case 'contact': {
      const [found] = labelledName(value)
      return one(found?.name ?? value, found?.sure === true)
    }
    case 'settlement':
    case 'kind':
    case 'legalForm':
    case 'legalStanding':
    case 'level':
      return one(choiceOf(name, value), true)
    case 'fullName':
    case 'shortName':
      return one(value.replace(/[.,]+$/, ''), value.length >= 5 && value.length <= 400)
    case 'address':
      return one(value, /\d/.test(value) && value.length >= 12)
    case 'headPosition':
    case 'higher':
      return one(value.replace(/[.,]+$/, ''), value.length <= 200)
  }
}

function code(name: DetailName, typed: string, reading: (typed: string) => { value?: string | undefined }): Read[] {
  const signs = /^[\d\sA-Za-z‑–-]+/.exec(typed.trim())?.[0].trim() ?? ''
  const { value } = reading(signs)
  return signs === '' ? [] : [{ name, value: value ?? signs, sure: value !== undefined }]
}

const okvedsIn = (value: string): string[] => [
  ...new Set(
    [...value.matchAll(/(?<![\d.])\d{2}(?:\.\d{1,2}){0,2}(?![\d.]*\d)/g)].flatMap(
      ([each]) => readOkved(each).value ?? [],
    ),
  ),
]
