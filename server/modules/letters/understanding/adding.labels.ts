/** By what names people call the details of an organisation in a letter. */

export type DetailName =
  | 'fullName'
  | 'shortName'
  | 'address'
  | 'settlement'
  | 'phone'
  | 'email'
  | 'site'
  | 'inn'
  | 'kpp'
  | 'ogrn'
  | 'okpo'
  | 'oktmo'
  | 'okved'
  | 'okvedAdditional'
  | 'kind'
  | 'legalForm'
  | 'legalStanding'
  | 'level'
  | 'headName'
  | 'headPosition'
  | 'higher'
  /** Who writes for the organisation. */
  | 'contact'

const body = '(?:организации|учреждения|юридического\\s+лица|школы|подразделения|филиала)'
const named = '(?:наименование|название|имя|наим\\.?)'
const fullNameOf = '(?:ф\\.?\\s?и\\.?\\s?о\\.?|фамилия,?\\s+имя,?\\s+(?:и\\s+)?отчество)'
const head = '(?:руководител[яьи]|директора?|заведующ(?:его|ей|ий|ая)|начальника?|главы)'

/** In this order: «ФИО руководителя» before «руководитель», the additional ОКВЭД before the main one. */
const labels: readonly (readonly [DetailName, string])[] = [
  [
    'fullName',
    `полное\\s+(?:официальное\\s+|юридическое\\s+)?${named}(?:\\s+${body})?|${named}\\s+(?:${body}\\s+)?полное|полностью`,
  ],
  [
    'shortName',
    `(?:краткое|сокращ[её]нное)\\s+${named}(?:\\s+${body})?|${named}\\s+(?:${body}\\s+)?(?:краткое|сокращ[её]нное)|сокращ[её]нно|кратко`,
  ],
  ['headPosition', `должность(?:\\s+${head})?`],
  [
    'headName',
    `${fullNameOf}\\s+${head}(?:\\s+${body})?(?:\\s+полностью)?|руководитель(?:\\s+${body})?|директор|заведующ(?:ая|ий)`,
  ],
  [
    'contact',
    `(?:контактное\\s+лицо|ответственн(?:ый|ая)(?:\\s+(?:сотрудник|исполнитель|лицо))?|исполнитель|заявитель|кто\\s+обращается)`,
  ],
  [
    'okvedAdditional',
    '(?:коды?\\s+)?(?:дополнительн(?:ый|ые)\\s+(?:коды?\\s+)?оквэд|оквэд(?:\\s?-?2)?\\s*[,(]?\\s*дополнительн(?:ый|ые)(?:\\s+вид(?:ы)?(?:\\s+деятельности)?)?\\)?|дополнительн(?:ый|ые)\\s+вид(?:ы)?\\s+деятельности)',
  ],
  [
    'okved',
    '(?:код\\s+)?(?:основной\\s+(?:код\\s+)?)?оквэд(?:\\s?-?2)?(?:\\s*[,(]?\\s*основной(?:\\s+вид(?:\\s+деятельности)?)?\\)?)?|основной\\s+вид\\s+деятельности',
  ],
  ['inn', 'инн(?:\\s*/\\s*кпп)?'],
  ['kpp', 'кпп'],
  ['ogrn', 'огрн'],
  ['okpo', '(?:код\\s+)?окпо'],
  ['oktmo', '(?:код\\s+)?октмо'],
  ['email', `(?:адрес\\s+)?(?:e-?mail|е-?мейл|эл(?:ектронн(?:ая|ой))?\\.?\\s*почт[аы])(?:\\s+${body})?`],
  ['email', 'почта|адрес\\s+эл(?:ектронной)?\\.?\\s+почты|электронный\\s+адрес'],
  ['phone', `(?:контактный\\s+|рабочий\\s+|номер\\s+)?(?:телефона?|тел\\.?)(?:\\s+${body}|\\s+при[её]мной)?`],
  ['site', `(?:официальный\\s+|адрес\\s+)?(?:веб-?)?сайта?(?:\\s+${body})?(?:\\s+в\\s+сети\\s+интернет)?`],
  [
    'settlement',
    '(?:тип|вид)\\s+(?:насел[её]нного\\s+пункта|поселения|местности)|насел[её]нный\\s+пункт|город\\s*(?:/|или)\\s*село|местность|поселение|где\\s+находится',
  ],
  [
    'address',
    `(?:(?:юридический|фактический|почтовый|местонахождение)(?:\\s+и\\s+фактический)?\\s*)?(?:адрес(?:\\s+${body})?|местонахождение)`,
  ],
  ['legalForm', '(?:организационно[\\s‑–-]+)?правовая\\s+форма|форма\\s+собственности'],
  [
    'legalStanding',
    `правовое\\s+положение|правовой\\s+статус|тип\\s+(?:государственного|муниципального)\\s+учреждения`,
  ],
  ['level', '(?:структурный\\s+)?уровень(?:\\s+организации)?|статус(?:\\s+организации)?'],
  ['kind', `(?:тип|вид)(?:\\s+(?:образовательной\\s+)?${body})?`],
  [
    'higher',
    `учредитель(?:\\s+${body})?|вышестоящ(?:ая|ий)(?:\\s+(?:организация|орган))?|подчиняется|подведомственн\\p{L}+`,
  ],
]

const mark = '(?:\\s*[:：=]|\\s+[-–—−]+(?=\\s|$)|\\s*[–—](?=\\s*)|\\t|\\.{3,})'
/** «Структурный уровень (самостоятельная, филиал):» repeats what the form offers. */
const hint = '(?:\\s*\\([^()]{0,160}\\))?'

const compiled = labels.map(([name, words]) => ({
  name,
  marked: new RegExp(`^(?:${words})(?![\\p{L}\\d])${hint}${mark}+\\s*(?<value>[\\s\\S]*)$`, 'iu'),
  bare: new RegExp(`^(?:${words})(?![\\p{L}\\d])${hint}$`, 'iu'),
}))
/** Without a mark only before what cannot be a sentence: a number behind the name of a code. */
const codes = /^(?<label>ИНН(?:\s*\/\s*КПП)?|КПП|ОГРН|ОКПО|ОКТМО|ОКВЭД)\s+(?:№\s*)?(?<value>\d[\s\S]*)$/iu

/** The detail a line begins with and what stands behind its mark; «» when the value is on the next line. */
export function detailLabelled(text: string): { name: DetailName; value: string } | undefined {
  const bare = text.replace(/\*+/g, '').trim()
  for (const { name, marked } of compiled) {
    const value = marked.exec(bare)?.groups?.value
    if (value !== undefined) return { name, value: value.trim() }
  }
  const code = codes.exec(bare)?.groups
  if (code?.label && code.value !== undefined) {
    const found = detailLabelled(`${code.label}:`)
    return found && { name: found.name, value: code.value.trim() }
  }
  const alone = compiled.find((each) => each.bare.test(bare))
  return alone && bare.length > 4 ? { name: alone.name, value: '' } : undefined
}

export const isWhollyLabel = (cell: string): boolean => {
  const bare = cell
    .replace(/[\s:*]+$/, '')
    .replace(/^\d{1,2}[.)]\s*/, '')
    .replace(/\s+/g, ' ')
    .trim()
  return bare.length > 2 && bare.length < 160 && compiled.some(({ bare: pattern }) => pattern.test(bare))
}

/** Puts a mark where a line holds several: «ИНН …, КПП …; тел. …». */
export function partsOfDetails(text: string): string[] {
  const parts: string[] = []
  for (const piece of text.split(/(?<=[;|\t])\s*|(?<=,)\s+/u)) {
    const begins = parts.length === 0 || detailLabelled(piece)?.value
    if (begins) parts.push(piece)
    else parts[parts.length - 1] += ` ${piece}`
  }
  return parts.map((part) => part.replace(/[\s,;|\t]+$/, '')).filter((part) => part !== '')
}
