/** Full names of people, as they are typed in letters. */

const word = '\\p{Lu}[\\p{L}]*(?:-\\p{Lu}[\\p{L}]*)?'
const patronymicEnding = '(?:ович|евич|[ьи]ич|овна|евна|ична|инична|ьич)'
const patronymicDative = '(?:овичу|евичу|[ьи]ичу|овне|евне|ичне|иничне)'
const patronymicGenitive = '(?:овича|евича|[ьи]ича|овны|евны|ичны|иничны)'
const eastern = '(?:\\s+(?:оглы|кызы|улы|оглу|гызы|Оглы|Кызы))'

const nominative = new RegExp(
  `(?<![\\p{L}])(${word})\\s+(${word})\\s+(\\p{Lu}\\p{L}*${patronymicEnding}|\\p{Lu}\\p{L}+${eastern})(?![\\p{L}])`,
  'gu',
)
const shouted = new RegExp(
  `(?<![\\p{L}])(\\p{Lu}{2,}(?:-\\p{Lu}+)?)\\s+(\\p{Lu}{2,})\\s+(\\p{Lu}+${patronymicEnding.toUpperCase()})(?![\\p{L}])`,
  'gu',
)
const reversed = new RegExp(
  `(?<![\\p{L}])(${word})\\s+(\\p{Lu}\\p{L}*${patronymicEnding})\\s+(${word})(?![\\p{L}])`,
  'gu',
)
const declined = new RegExp(
  `(?<![\\p{L}])(${word})\\s+(${word})\\s+(\\p{Lu}\\p{L}*(?:${patronymicDative}|${patronymicGenitive}))(?![\\p{L}])`,
  'gu',
)
const initials = new RegExp(`(?<![\\p{L}])(${word})\\s+(\\p{Lu})\\.\\s?(\\p{Lu})\\.`, 'gu')
const initialsFirst = new RegExp(`(?<![\\p{L}])(\\p{Lu})\\.\\s?(\\p{Lu})\\.\\s?(${word})(?![\\p{L}])`, 'gu')

export type FoundName = { name: string; sure: boolean; at: number; length: number }

/** Full names in a text, in order. Unsure: the order of words, a case or initials had to be guessed. */
export function namesIn(text: string): FoundName[] {
  const flat = text.replace(/\s/g, ' ')
  const taken: FoundName[] = []
  const take = (pattern: RegExp, sure: boolean, shape: (parts: readonly string[]) => string) => {
    for (const match of flat.matchAll(pattern)) {
      const [whole, ...parts] = match
      const at = match.index
      const overlaps = taken.some((other) => at < other.at + other.length && other.at < at + whole.length)
      if (!overlaps && !parts.some((part) => notNames.test(part ?? '')))
        taken.push({ name: shape(parts), sure, at, length: whole.length })
    }
  }
  take(nominative, true, (parts) => parts.join(' '))
  take(shouted, true, (parts) => parts.map(inName).join(' '))
  take(reversed, false, ([first, patronymic, surname]) => `${surname} ${first} ${patronymic}`)
  take(declined, false, (parts) => inNominative(parts))
  return taken.sort((one, other) => one.at - other.at)
}

/** «Иванов И. И.», where no full name is given. */
export function initialsIn(text: string): FoundName[] {
  const found = [...text.matchAll(initials)].map((match) => ({ match, name: `${match[1]} ${match[2]}. ${match[3]}.` }))
  const first = [...text.matchAll(initialsFirst)].map((match) => ({
    match,
    name: `${match[3]} ${match[1]}. ${match[2]}.`,
  }))
  return (found.length > 0 ? found : first).map(({ match, name }) => ({
    name,
    sure: false,
    at: match.index,
    length: match[0].length,
  }))
}

const notNames =
  /^(прош[ую]|глава|главы|директор|директора|уважаем|добрый|здравств|администрац|департамент|управлени|комитет|област|район|школ|средн|детск|отдел|фио|инспектор|специалист|организац|учрежден|сотрудник|врач|заведующ|уважени)/i

/** The value of a field that is called a name: words in capitals, at least two. */
export function labelledName(value: string): FoundName[] {
  const found = namesIn(value)
  if (found.length > 0) return found
  const short = initialsIn(value)
  if (short.length > 0) return short
  const lower = namesIn(value.split(/\s+/).map(inName).join(' '))
  if (lower.length > 0) return lower.map((each) => ({ ...each, sure: false }))
  const words =
    /^\s*(\p{Lu}\p{L}+(?:-\p{Lu}?\p{L}+)?(?:\s+\p{Lu}\p{L}+(?:-\p{Lu}?\p{L}+)?){1,3})(?=\s*(?:[,;.(—–-]|$))/u.exec(
      value,
    )
  const name = words?.[1]
  if (!name || notNames.test(name)) return []
  const parts = name.split(/\s+/)
  return [{ name: parts.map(inName).join(' '), sure: parts.length === 3, at: 0, length: words[0].length }]
}

const inName = (part: string): string =>
  part
    .split('-')
    .map((piece) => piece.slice(0, 1).toUpperCase() + piece.slice(1).toLowerCase())
    .join('-')

/** «Ивановой Марии Петровне» → «Иванова Мария Петровна»: by the endings alone, so never sure. */
function inNominative([surname = '', name = '', patronymic = '']: readonly string[]): string {
  const isWoman = /(вне|чне|вны|чны)$/.test(patronymic)
  const back = (text: string, rules: readonly (readonly [RegExp, string])[]): string => {
    const rule = rules.find(([ending]) => ending.test(text))
    return rule ? text.replace(rule[0], rule[1]) : text
  }
  const dative = /(у|не)$/.test(patronymic)
  return [
    back(surname, isWoman ? womanSurname : dative ? manSurname : manSurnameGenitive),
    back(name, isWoman ? womanName : dative ? manName : manNameGenitive),
    back(patronymic, [
      [/вичу$/, 'вич'],
      [/вича$/, 'вич'],
      [/ичу$/, 'ич'],
      [/ича$/, 'ич'],
      [/вн[еы]$/, 'вна'],
      [/чн[еы]$/, 'чна'],
    ]),
  ].join(' ')
}

const womanSurname = [
  [/([оеё])вой$/, '$1ва'],
  [/([иы])ной$/, '$1на'],
  [/ской$/, 'ская'],
  [/цкой$/, 'цкая'],
] as const
const manSurname = [
  [/([оеё])ву$/, '$1в'],
  [/([иы])ну$/, '$1н'],
  [/скому$/, 'ский'],
  [/цкому$/, 'цкий'],
  [/([бвгджзклмнпрстфхцчшщ])у$/, '$1'],
] as const
const manSurnameGenitive = [
  [/([оеё])ва$/, '$1в'],
  [/([иы])на$/, '$1н'],
  [/ского$/, 'ский'],
  [/цкого$/, 'цкий'],
] as const
const womanName = [
  [/([и])и$/, '$1я'],
  [/ье$|ьи$/, 'ья'],
  [/[еы]$/, 'а'],
  [/ви$/, 'вь'],
  [/([гкх])и$/, '$1а'],
] as const
const manName = [
  [/^Илье$/, 'Илья'],
  [/^Никите$/, 'Никита'],
  [/ью$/, 'ь'],
  [/([рл])ю$/, '$1ь'],
  [/ю$/, 'й'],
  [/^Павлу$/, 'Павел'],
  [/^Льву$/, 'Лев'],
  [/^Петру$/, 'Пётр'],
  [/у$/, ''],
] as const
const manNameGenitive = [
  [/^Ильи$/, 'Илья'],
  [/([рл])я$/, '$1ь'],
  [/я$/, 'й'],
  [/^Павла$/, 'Павел'],
  [/^Петра$/, 'Пётр'],
  [/а$/, ''],
] as const
