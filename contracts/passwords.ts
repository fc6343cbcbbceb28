/**
 * The rule for a new password: at least 8 signs of four kinds, none of those that are tried first, nothing of the
 * person's own. Length alone decides most, so there is no upper limit below 128 and nothing is ever cut off.
 */
import { wellKnownPasswords } from './well-known-passwords.ts'

export const shortestPassword = 8
export const longestPassword = 128

/** Said beside the field before anything is typed. */
export const passwordHint =
  'Не меньше 8 знаков: строчная и заглавная буквы, цифра и специальный знак, например ! ? # или дефис'

/** Everything that is wrong with a password, in Russian; empty when it is a good one. */
export function passwordProblems(password: string): string[] {
  const missing = signKinds.filter(({ present }) => !present.test(password)).map(({ name }) => name)
  const length = [...password].length
  return [
    ...(length < shortestPassword ? [`нужно не меньше ${shortestPassword} знаков`] : []),
    ...(password.length > longestPassword ? [`можно не больше ${longestPassword} знаков`] : []),
    ...(missing.length > 0 ? [`добавьте: ${missing.join(', ')}`] : []),
    ...(isWellKnown(password) ? ['такие пароли подбирают первыми, придумайте другой'] : []),
  ]
}

const signKinds = [
  { name: 'строчную букву', present: /\p{Ll}/u },
  { name: 'заглавную букву', present: /\p{Lu}/u },
  { name: 'цифру', present: /\p{Nd}/u },
  { name: 'специальный знак (например ! ? # или дефис)', present: /[^\p{L}\p{M}\p{N}]/u },
]

/** Whether a password leans on what others know of its owner: login, e-mail, name. Short words do not count. */
export function holdsOwnData(password: string, own: readonly (string | null | undefined)[]): boolean {
  const plain = password.toLowerCase()
  return own
    .flatMap((datum) => (datum ?? '').toLowerCase().split(/[@\s]/).slice(0, 2))
    .some((word) => word.length >= 4 && plain.includes(word))
}

/** «пароль не подходит: …», all that is wrong in one line. */
export const passwordProblem = (password: string): string | undefined => {
  const problems = passwordProblems(password)
  return problems.length === 0 ? undefined : `Пароль не подходит: ${problems.join('; ')}`
}

export const ownDataProblem = 'Пароль не подходит: в нём есть ваш логин, почта или имя, а их знают другие'

/** Also with the usual disguise: a capital letter, a year and a sign at the end, a few letters as digits. */
function isWellKnown(password: string): boolean {
  const plain = password.toLowerCase()
  const core = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const undisguised = core.replace(/[@0134$5]/g, (sign) => disguises[sign] ?? sign)
  return [plain, plain.replace(/[^\p{L}\p{N}]/gu, ''), core, undisguised].some((form) => wellKnownPasswords.has(form))
}

const disguises: Record<string, string> = { '@': 'a', '0': 'o', '1': 'i', '3': 'e', '4': 'a', $: 's', '5': 's' }
