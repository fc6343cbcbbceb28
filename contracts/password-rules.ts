/**
 * The rule of a new password but for the list of known bad ones, so that the browser can say it as it is typed without
 * carrying the list.
 */

/** Which rule an audience has: eight signs of four kinds, or fifteen of any. */
export const passwordProfiles = ['four-classes', 'long'] as const
export type PasswordProfile = (typeof passwordProfiles)[number]

export const shortestPassword: Record<PasswordProfile, number> = { 'four-classes': 8, long: 15 }
export const longestPassword = 128

/** Said beside the field before anything is typed. */
export const passwordHints: Record<PasswordProfile, string> = {
  'four-classes': 'Не меньше 8 знаков: строчная и заглавная буквы, цифра и специальный знак, например ! ? # или дефис',
  long: 'Не меньше 15 знаков, любых: например четыре слова, которые никак не связаны между собой',
}

const signKinds = [
  { name: 'строчную букву', present: /\p{Ll}/u },
  { name: 'заглавную букву', present: /\p{Lu}/u },
  { name: 'цифру', present: /\p{Nd}/u },
  { name: 'специальный знак (например ! ? # или дефис)', present: /[^\p{L}\p{M}\p{N}]/u },
]

/** What a look at the password alone tells to be wrong, in Russian. */
export function shapeProblems(password: string, profile: PasswordProfile): string[] {
  const shortest = shortestPassword[profile]
  const length = [...password].length
  const missing =
    profile === 'four-classes' ? signKinds.filter(({ present }) => !present.test(password)).map(({ name }) => name) : []
  return [
    ...(length < shortest ? [`нужно не меньше ${shortest} знаков`] : []),
    ...(password.length > longestPassword ? [`можно не больше ${longestPassword} знаков`] : []),
    ...(missing.length > 0 ? [`добавьте: ${missing.join(', ')}`] : []),
    // Four kinds of signs cannot all be one sign.
    ...(profile === 'long' && length >= shortest && isMonotonous(password)
      ? ['в нём слишком мало разных знаков или они идут подряд']
      : []),
  ]
}

/** «аааа…», «123456789…», «абвгд…»: long, yet guessed at once. */
function isMonotonous(password: string): boolean {
  const signs = [...password.toLowerCase()].map((sign) => sign.codePointAt(0) ?? 0)
  const inRow = signs.slice(1).filter((sign, place) => Math.abs(sign - (signs[place] ?? 0)) <= 1).length
  return new Set(signs).size < 5 || inRow > signs.length * 0.7
}

/** How a good password is called: the length beyond the least is what makes it strong. */
export function strengthOf(password: string, profile: PasswordProfile): string {
  const beyond = [...password].length - shortestPassword[profile]
  if (beyond >= 8) return 'Пароль надёжный'
  return beyond >= 4 ? 'Пароль хороший' : 'Пароль подходит, а с ещё несколькими знаками будет надёжнее'
}
