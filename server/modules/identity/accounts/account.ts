/** What an account is: one person's way in. */
export type { Audience } from '../../../../contracts/audiences.ts'

type FullName = { surname: string; name: string; patronymic: string | null }

/** An account as other rooms see it. */
export type Account = FullName & {
  id: string
  position: string | null
  /** The confirmed address, to which letters may go; null until it is confirmed. */
  email: string | null
}

/** «Добронравова Светлана Викторовна» */
export const accountName = ({ surname, name, patronymic }: FullName): string =>
  [surname, name, patronymic].filter(Boolean).join(' ')

/** «Орлова-Чернышевская Маргарита Станиславовна» → its parts; the first word is the surname. */
export function partsOfName(fullName: string): FullName {
  const [surname = '', name = '', ...rest] = fullName.trim().split(/\s+/)
  return { surname, name, patronymic: rest.join(' ') || null }
}
