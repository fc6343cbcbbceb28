/** A line of the table: what it says, and what is wrong with it. */
import { type AccountsImportLine, NewManagedAccount } from '../../../../../contracts/accounts.ts'
import { type Role, roleNames } from '../../../../kernel/access/index.ts'

export type ImportedPerson = NewManagedAccount
export type ImportProblem = AccountsImportLine['problems'][number]
export type ImportedLine = {
  row: number
  cells: string[]
  person: ImportedPerson | null
  problems: ImportProblem[]
}

/** In the order of the template; the field is that of the contract. */
export const columns = [
  { title: 'Фамилия', field: 'surname' },
  { title: 'Имя', field: 'name' },
  { title: 'Отчество', field: 'patronymic' },
  { title: 'Электронная почта', field: 'email' },
  { title: 'Телефон', field: 'phone' },
  { title: 'Организация', field: 'organisation' },
  { title: 'Должность', field: 'position' },
  { title: 'Коды регионов', field: 'regions' },
  { title: 'Роль', field: 'role' },
] as const

export const titleOf = (field: string): string =>
  columns.find((column) => field === column.field || field.startsWith(`${column.field}.`))?.title ?? field

/** @param row its number in the table, as the person sees it */
export function readLine(row: number, cells: string[]): ImportedLine {
  const [surname = '', name = '', patronymic = '', email = '', phone = '', organisation = '', position = '', ...rest] =
    cells
  const [regions = '', role = ''] = rest
  const parsed = NewManagedAccount.safeParse({
    surname,
    name,
    patronymic: patronymic || null,
    email,
    phone: phone || null,
    organisation: organisation || null,
    position,
    regions: regions.split(/[\s,;]+/).filter(Boolean),
    role: role ? (roleByName(role) ?? role) : null,
  })
  const shown = columns.map((_, index) => cells[index] ?? '')
  if (parsed.success) return { row, cells: shown, person: parsed.data, problems: [] }
  const problems = parsed.error.issues.map(({ path, message }) => ({
    column: titleOf(path.join('.')),
    text: /[а-яё]/i.test(message) ? message : 'Проверьте, как это написано',
  }))
  return { row, cells: shown, person: null, problems }
}

/** As the list of roles calls it, whatever the case of its letters. */
const roleByName = (told: string): Role | undefined =>
  (Object.entries(roleNames) as [Role, string][]).find(([, name]) => name.toLowerCase() === told.toLowerCase())?.[0] // as: the keys of the table are the roles
