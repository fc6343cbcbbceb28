import { letterTo, type Visit } from './journey.ts'

export type Newcomer = {
  surname: string
  name: string
  patronymic: string
  login: string
  email: string
  password: string
}

let counter = 0

/** A new fictional person each time, so that journeys do not meet. */
export function newcomer(kind: string): Newcomer {
  counter += 1
  const login = `zemlyanikina-${kind}-${counter}`
  const email = `${login}@verhneozersk.example`
  return { surname: 'Земляникина', name: 'Евдокия', patronymic: 'Саввишна', login, email, password: 'Родник-4417' }
}

export async function register({ page }: Visit, person: Newcomer): Promise<void> {
  await page.goto('/registration/staff')
  await page.getByLabel('Фамилия').fill(person.surname)
  await page.getByLabel('Имя', { exact: true }).fill(person.name)
  await page.getByLabel('Отчество', { exact: true }).fill(person.patronymic)
  await page.getByLabel('Должность').fill('делопроизводитель')
  await page.getByLabel('Электронная почта').fill(person.email)
  await page.getByLabel('Логин', { exact: true }).fill(person.login)
  await page.getByLabel('Пароль', { exact: true }).fill(person.password)
  await page.getByLabel('Пароль ещё раз', { exact: true }).fill(person.password)
  await page.getByLabel('Согласен на обработку персональных данных').check()
  await page.getByRole('button', { name: 'Отправить данные' }).click()
  await page.waitForURL((url) => url.pathname !== '/registration/staff')
}

/** With scripts the page of the link confirms by itself; without them there is one button. */
export async function activate({ page }: Visit, person: Newcomer, scripts: boolean): Promise<void> {
  const letter = await letterTo(person.email, /подтвер|актив|регистрац/i)
  const link = letter.links.find((candidate) => candidate.includes('/activation'))
  if (!link) throw new Error('The letter has no link of activation')
  await page.goto(link)
  if (!scripts) await page.getByRole('button', { name: 'Подтвердить почту' }).click()
  await page.waitForURL(/sign-in|activation\/|activated/)
}
