/** N1, S1, S2, S3, S5: who one is, what is asked of whom, and the one account of an organisation. */
import { expect, it } from 'vitest'
import {
  enter,
  expectAccessible,
  letterTo,
  signIn,
  useBrowser,
  useOwnStand,
  type Visit,
  visit,
} from './support/journey.ts'
import { newcomer } from './support/people.ts'

useBrowser()
// The rule of the staff is changed here.
useOwnStand()

const phones = { js: '+79005550101', plain: '+79005550202', letter: '+79005550303' }

async function fillSpecialist({ page }: Visit, email: string, phone: string, password: string): Promise<void> {
  await page.goto('/registration')
  await expectAccessible(page)
  await page.getByRole('link', { name: /Специалист/ }).click()
  await page.getByLabel('Фамилия').fill('Верхотурова-Вознесенская')
  await page.getByLabel('Имя', { exact: true }).fill('Екатерина')
  await page.getByLabel('Отчество', { exact: true }).fill('Всеволодовна')
  await page.getByLabel('ИНН').fill('5001 0073 2259')
  await page.getByLabel('Электронная почта').fill(email)
  await page.getByLabel('Телефон').fill(phone)
  await page.getByLabel('Пароль', { exact: true }).fill(password)
  await page.getByLabel('Пароль ещё раз', { exact: true }).fill(password)
  await page.getByLabel('Согласен на обработку персональных данных').check()
}

const codeTo = async (phone: string) => /\d{6}/.exec((await letterTo(phone, 'Код')).text)?.[0] ?? ''

it.each([
  { scripts: true, width: 1280, how: 'with scripts', kind: 'js' as const },
  { scripts: false, width: 360, how: 'without scripts, on a phone', kind: 'plain' as const },
])('N1 S1 a doctor registers, mends a wrong code, and comes in ($how)', async ({ scripts, width, kind }) => {
  const window = await visit({ scripts, width })
  const { page } = window
  await fillSpecialist(window, `vrach-${kind}@pochta.example`, phones[kind], 'Ромашка-4417')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Отправить данные' }).click()
  await page.getByRole('heading', { name: 'Введите код из СМС' }).waitFor()
  await expectAccessible(page)
  const code = await codeTo(phones[kind])
  await page.getByLabel('Код из СМС').fill(code === '000000' ? '000001' : '000000')
  await page.getByRole('button', { name: 'Подтвердить', exact: true }).click()
  await page.getByText('Код не подошёл').first().waitFor()
  await page.getByLabel('Код из СМС').fill(code)
  await page.getByRole('button', { name: 'Подтвердить', exact: true }).click()
  await page.getByText('Телефон подтверждён').first().waitFor()
  await signIn(page, phones[kind], 'Ромашка-4417')
  await window.end()
})

it('N1 a doctor confirms by the link of a letter instead', async () => {
  const email = 'vrach-letter@pochta.example'
  const window = await visit({ scripts: false })
  const { page } = window
  await fillSpecialist(window, email, phones.letter, 'Ромашка-4417')
  await page.getByLabel('Через ссылку в письме').check()
  await page.getByRole('button', { name: 'Отправить данные' }).click()
  const letter = await letterTo(email, 'Подтвердите почту')
  await page.goto(letter.links.find((link) => link.includes('/activation')) ?? '')
  await page.getByRole('button', { name: 'Подтвердить почту' }).click()
  await signIn(page, email, 'Ромашка-4417')
  await window.end()
})

it('S1 S2 S3 staff find both ways from the sign-in page, and a free mailbox is refused with what to do', async () => {
  const person = newcomer('free')
  const window = await visit()
  const { page } = window
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Сброс пароля' }).click()
  await page.waitForURL(/password-reset/)
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Регистрация' }).first().click()
  await page.getByText('не предназначен для сотрудников').waitFor()
  await page.getByRole('link', { name: /Сотрудник органа власти/ }).click()
  await page.getByLabel('Фамилия').fill(person.surname)
  await page.getByLabel('Имя', { exact: true }).fill(person.name)
  await page.getByLabel('Отчество', { exact: true }).fill(person.patronymic)
  await page.getByLabel('Должность').fill('делопроизводитель')
  await page.getByLabel('Электронная почта').fill('zemlyanikina@bk.ru')
  await page.getByLabel('Логин', { exact: true }).fill(person.login)
  await page.getByLabel('Пароль', { exact: true }).fill(person.password)
  await page.getByLabel('Пароль ещё раз', { exact: true }).fill(person.password)
  await page.getByLabel('Согласен на обработку персональных данных').check()
  await page.getByRole('button', { name: 'Отправить данные' }).click()
  await page.getByText('это бесплатная почта').first().waitFor()
  await page.getByText('техническую поддержку').first().waitFor()
  expect(await page.getByLabel('Электронная почта').getAttribute('aria-invalid')).toBe('true')
  expect(await page.getByLabel('Фамилия').inputValue()).toBe(person.surname)
  await expectAccessible(page)
  await window.end()
})

it('S1 S5 an administrator asks for one account an organisation, seeing whom it meets; it is handed over', async () => {
  const administrator = await visit()
  await enter(administrator, 'admin@kabinet.example')
  const rules = administrator.page
  await rules.goto('/access')
  await expectAccessible(rules)
  await rules.getByRole('link', { name: 'Аудитории' }).click()
  await expectAccessible(rules)
  await rules.getByRole('link', { name: /Сотрудники органов власти/ }).click()
  await expectAccessible(rules)
  await rules.getByRole('link', { name: 'Изменить правило' }).click()
  await expectAccessible(rules)
  await rules.getByLabel('Одна учётная запись на организацию').check()
  await rules.getByRole('button', { name: 'Показать, кого коснётся' }).click()
  await rules.getByText('Прикреплены к организации не одни').waitFor()
  await expectAccessible(rules)
  await rules.getByRole('button', { name: 'Сохранить правило' }).click()
  await rules.getByText('Правило сохранено').first().waitFor()
  await administrator.end()

  const giver = await visit({ scripts: false })
  await enter(giver, 'uo@verhneozersk.example')
  await giver.page.goto('/organisations?q=Ромашка')
  await giver.page
    .locator('main')
    .getByRole('link', { name: /Ромашка/ })
    .first()
    .click()
  await giver.page.getByRole('link', { name: 'Передать, история' }).click()
  await giver.page.getByLabel('Электронная почта того, кому передаёте').fill('a.preobrazhenskaya@verhneozersk.example')
  await giver.page.getByRole('button', { name: 'Предложить' }).click()
  await giver.page.getByText('Ждём ответа').waitFor()
  await giver.end()

  const letter = await letterTo('a.preobrazhenskaya@verhneozersk.example', 'Вам передают')
  const receiver = await visit()
  await enter(receiver, 'a.preobrazhenskaya@verhneozersk.example')
  await receiver.page.goto(letter.links.at(-1) ?? '')
  await expectAccessible(receiver.page)
  await receiver.page.getByRole('button', { name: 'Принять учётную запись' }).click()
  await receiver.page.getByText('теперь у вас').first().waitFor()
  await receiver.page.getByRole('link', { name: 'Передать, история' }).click()
  await expectAccessible(receiver.page)
  await receiver.end()
})
