/**
 * The rule for a new password: long enough, none of those that are tried first, nothing of the person's own, and of
 * four kinds of signs where the audience's profile asks for it. Length alone decides most, so there is no upper limit
 * below 128 and nothing is ever cut off.
 */
import { type PasswordProfile, passwordProfiles, shapeProblems } from './password-rules.ts'
import { wellKnownPasswords } from './well-known-passwords.ts'

export { type PasswordProfile, passwordHints } from './password-rules.ts'

/**
 * Everything that is wrong with a password, in Russian; empty when it is a good one.
 * @param known besides those that are known here: the server has a longer list
 */
export function passwordProblems(
  password: string,
  profile: PasswordProfile = 'four-classes',
  known: ReadonlySet<string> = wellKnownPasswords,
): string[] {
  return [
    ...shapeProblems(password, profile),
    ...(isWellKnown(password, known) ? ['такие пароли подбирают первыми, придумайте другой'] : []),
  ]
}

/** Good by one profile at least: which one is the account's, the action looks. */
export function anyProfileProblem(password: string): string | undefined {
  const problems = passwordProfiles.map((profile) => passwordProblems(password, profile))
  return problems.some(({ length }) => length === 0) ? undefined : passwordProblem(password)
}

/** Whether a password leans on what others know of its owner: login, e-mail, name. Short words do not count. */
export function holdsOwnData(password: string, own: readonly (string | null | undefined)[]): boolean {
  const plain = password.toLowerCase()
  return own
    .flatMap((datum) => (datum ?? '').toLowerCase().split(/[@\s]/).slice(0, 2))
    .some((word) => word.length >= 4 && plain.includes(word))
}

/** «пароль не подходит: …», all that is wrong in one line. */
export const passwordProblem = (
  password: string,
  profile?: PasswordProfile,
  known?: ReadonlySet<string>,
): string | undefined => {
  const problems = passwordProblems(password, profile, known)
  return problems.length === 0 ? undefined : `Пароль не подходит: ${problems.join('; ')}`
}

export const ownDataProblem = 'Пароль не подходит: в нём есть ваш логин, почта или имя, а их знают другие'

/** Also with the usual disguise: a capital letter, a year and a sign at the end, a few letters as digits, twice. */
function isWellKnown(password: string, known: ReadonlySet<string>): boolean {
  const plain = password.toLowerCase()
  const core = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const undisguised = core.replace(/[@0134$5]/g, (sign) => disguises[sign] ?? sign)
  const forms = [plain, plain.replace(/[^\p{L}\p{N}]/gu, ''), core, undisguised]
  return forms.some((form) => known.has(form) || known.has(onceOf(form)))
}

/** «парольпароль» is «пароль»; what does not repeat stays as it is. */
function onceOf(text: string): string {
  const period = (text + text).indexOf(text, 1)
  return period > 0 ? text.slice(0, period) : text
}

const disguises: Record<string, string> = { '@': 'a', '0': 'o', '1': 'i', '3': 'e', '4': 'a', $: 's', '5': 's' }
