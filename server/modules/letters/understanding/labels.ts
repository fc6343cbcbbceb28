/** The names people give to the fields of an application, as they type them. */

export type Field =
  | 'fullName'
  | 'surname'
  | 'givenName'
  | 'patronymic'
  | 'position'
  | 'email'
  | 'phone'
  | 'organisation'
  | 'short'
  | 'full'
  | 'shortAndFull'
  | 'district'
  | 'systems'
  | 'other'

/** `weak`: an ordinary word, a field only with a mark after it. */
type Label = { field: Field; words: string; weak?: boolean; head?: boolean }

const whose =
  '(?:\\s+(?:главы|директора|сотрудника|сотрудников|руководителя|заведующего|заведующей|ответственного|ответственных|пользователя|пользователей|администратора|специалиста|системного|заявителя|работника|работников|владельца|полностью|лица|администрации|поселения|сельского|учреждения|организации|школы|контактного|за|ит|it|ис))*'
const naming = '(?:наименовани[ея]|названи[ея]|наим\\.?)'
const body =
  '(?:организации|организация|учреждения|учреждение|оу|оо|администрации|администрация|поселения|школы|органа|лпу|мо|юр\\.?\\s*лица|образовательного учреждения|образовательной организации|медицинской организации|медицинского учреждения|лечебного учреждения|ведомства|муниципального образования|детского сада|колледжа|сельского поселения|органа власти|органа местного самоуправления)'

const labels: readonly Label[] = [
  {
    field: 'fullName',
    words: `(?:\\(?ф[.\\s]{0,2}и[.\\s]{0,2}о\\.?\\)?|фамилия,?\\s*имя,?\\s*(?:и\\s+)?отчество)${whose}(?:\\s*\\(полностью\\))?`,
  },
  { field: 'fullName', words: `(?:полное имя|контактное лицо|ответственное лицо|имя и фамилия|фамилия и имя)${whose}` },
  {
    field: 'fullName',
    weak: true,
    words: `(?:глава|директор|руководитель|заведующ(?:ий|ая)|сотрудник|пользователь|ответственный|ответственная|ответственный сотрудник|системный администратор|сисадмин|заявитель|кому|главный врач|глава (?:администрации|поселения|сельского поселения))${whose}`,
    head: true,
  },
  { field: 'surname', words: 'фамилия', weak: true },
  { field: 'givenName', words: 'имя', weak: true },
  { field: 'patronymic', words: 'отчество(?:\\s*\\(при наличии\\))?', weak: true },
  { field: 'position', words: '(?:занимаемая\\s+)?должность(?:\\s+(?:сотрудника|работника|руководителя))?|долж\\.' },
  {
    field: 'email',
    words:
      '(?:(?:адрес|рабоч(?:ий|ая)|служебн(?:ый|ая)|корпоративн(?:ый|ая)|контактн(?:ый|ая))\\s+)?(?:[eе][\\s‑–-]?[mм][aа][iи][lл]|е-?мэйл|е-?мейл|и-?мейл|имейл|емайл|мыло|эл(?:ектронн(?:ая|ой|ый))?\\.?\\s*(?:почт[аы]|адрес(?:\\s+почты)?|ящик|п\\.)|почтовый (?:ящик|адрес электронной почты))(?:\\s+(?:адрес|для связи|рабочий|рабочая|служебный|служебная|организации|учреждения|\\(служебн\\p{L}+\\)|\\(рабоч\\p{L}+\\)))?',
  },
  {
    field: 'email',
    words: '(?:рабочая |служебная |корпоративная |контактная )?почта|mail|адрес почты|ящик',
    weak: true,
  },
  {
    field: 'phone',
    words:
      '(?:(?:контактный|рабочий|служебный|мобильный|сотовый|городской|раб\\.?|моб\\.?|сот\\.?|конт\\.?|номер|№)\\s*)*(?:номер(?:а)?\\s+)?(?:контактн(?:ый|ого)\\s+|рабочего\\s+|мобильного\\s+|служебного\\s+)?(?:телефон(?:а|ы)?|тел\\.?(?:/факс)?|phone)(?:\\s+(?:для связи|рабочий|мобильный|контактный|сотовый|служебный|\\(рабочий\\)|\\(моб\\p{L}*\\)|\\(раб\\p{L}*\\)|раб\\.?|моб\\.?|приёмной|приемной|учреждения|организации))?',
  },
  { field: 'phone', words: 'моб\\.?|сот\\.?|сотовый|мобильный|т\\.|раб\\.|контактный номер|номер', weak: true },
  {
    field: 'shortAndFull',
    words: `(?:кратк\\p{L}+|сокращ[её]н\\p{L}+)\\s+и\\s+полн\\p{L}+\\s+${naming}(?:\\s+${body})?|полн\\p{L}+\\s+и\\s+(?:кратк\\p{L}+|сокращ[её]н\\p{L}+)\\s+${naming}(?:\\s+${body})?`,
  },
  {
    field: 'full',
    words: `полн(?:ое|ым?)\\s+(?:юридическое\\s+)?${naming}(?:\\s+${body}){0,2}|${naming}\\s+(?:${body}\\s*){0,2}\\(?\\s*полн\\p{L}+\\)?|(?:организация|учреждение)\\s*\\(\\s*полн\\p{L}+(?:\\s+${naming})?\\s*\\)`,
  },
  {
    field: 'short',
    words: `(?:кратк|сокращ[её]нн)(?:ое|ым?)\\s+${naming}(?:\\s+${body}){0,2}|${naming}\\s+(?:${body}\\s*){0,2}\\(?\\s*(?:кратк|сокр)\\p{L}+\\)?|(?:организация|учреждение)\\s*\\(\\s*(?:кратк|сокр)\\p{L}+(?:\\s+${naming})?\\s*\\)|сокращ[её]нно|кратко`,
  },
  {
    field: 'organisation',
    words: `организация|орг\\.|${naming}\\s+${body}(?:\\s+${body})?|место работы|образовательн(?:ая|ое) (?:организация|учреждение)|медицинск(?:ая|ое) (?:организация|учреждение)|лечебное учреждение|орган власти|орган местного самоуправления`,
  },
  {
    field: 'organisation',
    words:
      'учреждение|ведомство|орган|оу|оо|лпу|мо|школа|детский сад|компания|подразделение|администрация|поселение|сельское поселение|наименование|название|полностью|предприятие',
    weak: true,
  },
  {
    field: 'district',
    words:
      'город\\s*[/,]\\s*район|район\\s*[/,]\\s*город|город\\s+(?:или|\\(?район\\)?)\\s*(?:район)?|муниципальный\\s+(?:район|округ)|городской округ|населенный пункт|населённый пункт|территория|нас\\.?\\s*пункт|муниципалитет',
  },
  { field: 'district', words: 'район|город|округ|муниципальное образование', weak: true },
  {
    field: 'systems',
    words:
      '(?:прошу\\s+)?(?:укажите|указать|указываем)\\s+несколько\\s+систем(?:,?\\s*с\\s+которыми\\s+\\p{L}+)?|(?:наименовани[ея]|названи[ея]|перечень|список)\\s+(?:информационн\\p{L}+\\s+)?(?:систем\\p{L}*|ис|программ\\p{L}*|ресурс\\p{L}*)(?:,?\\s*с\\s+котор\\p{L}+\\s+(?:работа\\p{L}+|взаимодейств\\p{L}+)(?:\\s+(?:сотрудник|пользователь|учреждение)\\p{L}*)?)?|(?:используемые|применяемые|информационные|рабочие|эксплуатируемые)\\s+(?:информационные\\s+)?(?:системы|программы|ресурсы)|(?:информационн\\p{L}+\\s+)?(?:несколько\\s+)?(?:системы?|систем|программы)\\s*,?\\s*(?:с|в)\\s+котор\\p{L}+\\s+(?:вы\\s+)?(?:работа\\p{L}+|взаимодейств\\p{L}+)(?:\\s+(?:сотрудник|пользователь|учреждение)\\p{L}*)?|(?:системы|систем[аы])\\s+для\\s+работы',
  },
  {
    field: 'systems',
    words:
      '(?:работа\\p{L}+\\s+(?:в|с)\\s+(?:следующими?|следующих)?\\s*(?:информационн\\p{L}+\\s+)?(?:системами|системах|системой|ис|программами)|систем[аы]?|ис|информационная система|программы?|программное обеспечение|по|использу(?:ем|ю)|сервисы|ас|работа\\p{L}+ в|работа\\p{L}+ с)',
    weak: true,
  },
  {
    field: 'other',
    words:
      'инн|кпп|огрн|снилс|юридический адрес|почтовый адрес|фактический адрес|дата(?:\\s+рождения)?|примечание|основание|логин|сайт|кабинет|причина|обоснование|дополнительно|факс|тема|приложение|вложение|ip(?:-адрес)?|октмо|комментарий|роль|уровень доступа|руководитель подразделения',
    weak: true,
  },
  { field: 'other', words: 'адрес|отдел', weak: true },
]

export type Labelled = { field: Field; value: string /** The value's label says whose name it is. */; label: string }

const marks =
  '(?:\\s*[:：=]|\\s*\\.{3,}|\\s*…+|\\s*_{2,}|\\s+[-–—−]+(?=\\s|$|["«„])|\\s*[–—](?=\\s*)|-(?=\\s|$)|\\t|\\s*[-–—]>)'
/** «организация (полное наименование администрации поселения и район)»: the format's own hint, not a value. */
const hint = '(?:\\s*\\([^()]{0,160}\\))?'

const compiled = labels.map(({ field, words, weak = false }) => ({
  field,
  weak,
  marked: new RegExp(`^(?<label>(?:${words}))(?![\\p{L}\\d])(?<hint>${hint})${marks}+\\s*(?<value>[\\s\\S]*)$`, 'iu'),
  bare: new RegExp(`^(?<label>(?:${words}))(?![\\p{L}\\d@-])(?<hint>${hint})[.,;]?(?:\\s+(?<value>[\\s\\S]*))?$`, 'iu'),
}))

/** The field a line begins with, and what stands after its mark; «» when the value is on the next line. */
export function labelled(text: string): Labelled | undefined {
  const bare = text.replace(/^\*+\s*|\*+(?=\s*[:—–-])/g, '').trim()
  const asked = templateSystems(bare)
  if (asked) return asked
  for (const { field, marked } of compiled) {
    const groups = marked.exec(bare)?.groups
    if (groups) return withHint(field, groups)
  }
  for (const { field, weak, bare: pattern } of compiled) {
    const groups = pattern.exec(bare)?.groups
    if (groups && (weak ? isColumnHead(field, groups) : standsAlone(field, groups))) return withHint(field, groups)
  }
  return undefined
}

/** Without a mark a label is one only before a value that looks like its field, or alone in its line. */
function standsAlone(field: Field, { value = '' }: Record<string, string | undefined>): boolean {
  if (value === '') return true
  switch (field) {
    case 'email':
      return value.includes('@')
    case 'phone':
      return /^[+\d(]/.test(value)
    case 'fullName':
      return /^\p{Lu}/u.test(value)
    case 'organisation':
    case 'full':
    case 'short':
    case 'shortAndFull':
      return /^[\p{Lu}"«„]/u.test(value)
    case 'position':
      return true
    case 'systems':
    case 'district':
      return /^[\p{Lu}\d"«„]/u.test(value)
    case 'surname':
    case 'givenName':
    case 'patronymic':
    case 'other':
      return false
  }
}

/** An ordinary word alone in its line names the value below it, where no value could be that word. */
const isColumnHead = (field: Field, { label = '', value = '' }: Record<string, string | undefined>): boolean =>
  value === '' &&
  label.length > 3 &&
  ['systems', 'district', 'surname', 'givenName', 'patronymic', 'email', 'phone'].includes(field)

const isHint =
  /полн|кратк|сокращ|наимен|указ|наприм|рабоч|служебн|район|город|контакт|корпоратив|систем|обязательн|приемн|приёмн|моб|сот/i

function withHint(
  field: Field,
  { label = '', hint: said = '', value = '' }: Record<string, string | undefined>,
): Labelled {
  const kept = said.trim() !== '' && !isHint.test(said) ? `${said.trim().slice(1, -1)} ${value}`.trim() : value
  const narrower = field === 'organisation' ? narrowed(said) : field
  return { field: narrower, value: kept.trim(), label: `${label}${said}` }
}

function narrowed(said: string): Field {
  const [full, short] = [/полн/i.test(said), /кратк|сокр/i.test(said)]
  if (full && short) return 'shortAndFull'
  if (short) return 'short'
  return 'organisation'
}

const example =
  /^(?<label>[^:]{0,60}?систем[^:]{0,60}?)[\s,(—–-]*(?:например|напр\.|к примеру)\s*[:,]?\s*(?<rest>[\s\S]*)$/i

/** The format's line for systems is often left as it was, with its own example, and the value is put behind it. */
function templateSystems(text: string): Labelled | undefined {
  const groups = example.exec(text)?.groups
  if (!groups || !/^(прошу|укаж|указ|наимен|назван|систем|несколько|перечень|информ)/i.test(text)) return undefined
  const rest = groups.rest ?? ''
  const told = /(?:и\s*т\.?\s*[пд]\.?|и\s+др(?:угие|\.)?)\s*["»”)]*\s*(?<value>[\s\S]*)$/i.exec(rest)
  if (told) return { field: 'systems', value: cleanValue(told.groups?.value ?? ''), label: groups.label ?? '' }
  const closed = /^[^)]*\)\s*[:—–-]*\s*(?<value>[\s\S]*)$/.exec(rest)
  const value = closed ? (closed.groups?.value ?? '') : rest
  return { field: 'systems', value: cleanValue(value), label: groups.label ?? '' }
}

const cleanValue = (value: string): string => value.replace(/^[\s:.,;)—–-]+/, '').trim()

/** Whether a text is nothing but the name of a field: the head of a table's column, a value below it. */
export const fieldNamed = (text: string): Field | undefined => {
  const bare = text
    .replace(/[\s:*.]+$/, '')
    .replace(/^\*+/, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (bare === '' || bare.length > 150) return undefined
  const found = labelled(`${bare}:`)
  return found && found.value === '' ? found.field : undefined
}

/** Puts a mark where a line holds several fields: «тел. 8…, e-mail: …; должность: …». */
export function partsOfLine(text: string): string[] {
  const pieces = text.split(/(?:[;|\t]|,(?=\s)|\.(?=\s+\p{Lu})|\s\/\s|\s{3,})/u)
  if (pieces.length === 1) return [text]
  const parts: string[] = []
  let at = 0
  for (const piece of pieces) {
    const begins = text.indexOf(piece, at)
    const mark = text.slice(at, begins)
    at = begins + piece.length
    const found = parts.length > 0 ? labelled(piece.trim()) : undefined
    const isField = found !== undefined && (found.value !== '' || /[:—–-]\s*$/.test(piece))
    if (parts.length === 0 || (isField && mayFollow(found, piece))) parts.push(piece.trim())
    else parts[parts.length - 1] += mark + piece
  }
  return parts.filter((part) => part !== '')
}

/** Within a line only what is plainly a field parts it: a value may hold words that are labels elsewhere. */
const mayFollow = ({ field }: Labelled, piece: string): boolean =>
  field === 'phone' || field === 'email' ? true : field !== 'other' && /[:：]|\s[—–-]\s/.test(piece)
