/** Which of the four formats an application is in, and what it asks for, by its own words. */
import { kindOf } from './organisations.ts'

export type Category = 1 | 2 | 3 | 4
export type Judged = { category: Category | null; sure: boolean }

/** By the institution first, then by the words of the formats themselves and by the systems. */
export function categoryOf(organisation: string | null, text: string, systems: readonly string[]): Judged {
  const kind = organisation ? kindOf(organisation) : undefined
  const told = ownWords(text, systems)
  switch (kind) {
    case 'settlement':
      return { category: 2, sure: told === undefined || told === 2 }
    case 'educational':
      return { category: 4, sure: told === undefined || told === 4 }
    case 'medical':
      return { category: 3, sure: told === undefined || told === 3 }
    case 'authority':
      if (told === 2 && /^["«(\s]*администрац/iu.test(organisation ?? '')) return { category: 2, sure: false }
      return { category: 1, sure: told === undefined }
    case 'institution':
      return told ? { category: told, sure: false } : { category: 1, sure: true }
    case 'foreign':
      return { category: null, sure: false }
    case undefined:
      return { category: told ?? byText(text) ?? (organisation || /должность/i.test(text) ? 1 : null), sure: false }
  }
}

function ownWords(text: string, systems: readonly string[]): Category | undefined {
  const all = `${text} ${systems.join(' ')}`
  if (
    /ф[.\s]*и[.\s]*о[.\s]*главы|глава\s+(администрации\s+)?(сельского\s+)?поселения|наименование администрации/i.test(
      all,
    )
  )
    return 2
  if (
    /ф[.\s]*и[.\s]*о[.\s]*(директора|заведующ)|электронн\S+\s+(школ|дневник|журнал|колледж|детск)|сетевой город/i.test(
      all,
    )
  )
    return 4
  if (/1[сc]\s*[.:]?\s*медицин|больниц|предоставить\s*\(восстановить\)|[её]гисз|рмис/i.test(all)) return 3
  return undefined
}

function byText(text: string): Category | undefined {
  switch (kindOf(text)) {
    case 'settlement':
      return 2
    case 'medical':
      return 3
    case 'educational':
      return 4
    case 'authority':
    case 'institution':
      return 1
    case 'foreign':
    case undefined:
      return undefined
  }
}

const asking =
  '(?:предостав|восстанов|откр[оы]|дать|дайте|выда|оформ|получ|созда|завести|заведите|зарегистр|регистрац|подключ|возобнов|обеспеч|организ|активир|нужен|необходим|требуется|добав|прош[уи]м?\\s+(?:вас\\s+)?(?:доступ|уч[её]тн))'
const access =
  '(?:доступ\\p{L}*|уч[её]тн\\p{L}+\\s+запис\\p{L}+|логин\\p{L}*|парол\\p{L}*|регистраци\\p{L}*|зарегистрир\\p{L}*|подключ\\p{L}*|личн\\p{L}+\\s+кабинет\\p{L}*)'
const desk =
  '(?:портал\\p{L}*(?:\\s+\\p{L}+){0,3}\\s+(?:поддержк\\p{L}*|техподдержк\\p{L}*|техническ\\p{L}+)|портал\\p{L}*\\s+(?:тп|sd|сд|стп)(?!\\p{L})|(?:служб\\p{L}+|систем\\p{L}+)?\\s*техподдержк\\p{L}*|техническ\\p{L}+\\s+поддержк\\p{L}*|тех\\.?\\s?поддержк\\p{L}*|service\\s?desk|sd\\.\\p{L}+|сервис[\\s-]?деск\\p{L}*|naumen|наумен\\p{L}*|портал\\p{L}*)'

const asks = new RegExp(
  `${asking}[\\s\\S]{0,80}?${access}|${access}[\\s\\S]{0,40}?${asking}|заявк\\p{L}+\\s+на\\s+(?:предоставление\\s+|получение\\s+)?(?:доступ|регистрац|подключ)|(?:просьба|прошу|просим)\\s.{0,30}(?:зарегистрир|подключ)`,
  'iu',
)
const toDesk = new RegExp(
  `${access}[\\s\\S]{0,120}?${desk}|${desk}[\\s\\S]{0,60}?${access}|${asking}\\p{L}*[\\s\\S]{0,60}?${desk}`,
  'iu',
)

/** How plainly a text asks for access to the portal: its words say so, or only its fields do. */
export function asksForAccess(text: string, subject: string, fields: number): boolean {
  const own = text.slice(0, 20_000)
  if (asks.test(own) && toDesk.test(own)) return fields >= 1 || !isTrouble(own)
  if (fields >= 3 && !isTrouble(own))
    return (
      asks.test(own) ||
      asks.test(subject) ||
      (fields >= 4 && /доступ|регистрац|портал/i.test(`${own} ${subject}`)) ||
      fields >= 5
    )
  return asks.test(subject) && toDesk.test(subject) && !isTrouble(own) && (fields >= 1 || own.length < 400)
}

/** It speaks of access or an account, and of the portal: whatever else it names, access is what it asks for. */
export const asksPlainlyForAccess = (text: string): boolean =>
  asks.test(text) && toDesk.test(text) && /доступ|уч[её]тн\p{L}+\s+запис|логин|парол/iu.test(text)

/** Something does not work: a request, though it may speak of access. */
const isTrouble = (text: string): boolean =>
  /не\s+(работает|открывается|запускается|грузится|загружается|печатает|приходит|могу|можем|удается|удаётся|получается|отображается|формируется|входит|пускает)|ошибк[аиу]|сбо[йяи]|завис|пропал|сломал|перестал|аварийн/i.test(
    text,
  )

export type Restoring = { restore: boolean; sure: boolean }

/** «предоставить (восстановить)» is the format's own either-or: taken for a restoring that an operator looks at. */
export function restoringOf(text: string): Restoring {
  const either = /предостав\p{L}*\s*(?:\(|\/|или\s|,\s*)\s*восстанов/iu.test(text)
  if (either) return { restore: true, sure: false }
  const restore =
    /восстанов(ить|лени|ите|ления)|возобнов|(забыл|утерян|утрачен|потерян|сбро[с])\S*.{0,40}(пароль|пароля|доступ|логин)|(пароль|доступ|логин).{0,30}(утерян|утрачен|забыт|потерян)/iu.test(
      text,
    )
  return { restore, sure: true }
}
