/** R4, R9: an operator of two regions works in one of them, and lends a helper one section of its plan. */
import { describe, expect, it } from 'vitest'
import { enter, expectAccessible, letterTo, signIn, useBrowser, type Visit, visit } from './support/journey.ts'

useBrowser()

const operatorLogin = 'operator2@svetlorechye.example'
const password = 'Ручей-8825-весна'
const region = 'Белогорская область'
const section = '2. Обучение и оценка квалификации'

let count = 0
/** One for each run, the one more after a failure included. */
const surnames = ['Раздельная', 'Отделова', 'Участкова', 'Долева', 'Частнова']

describe.each([
  { scripts: true, width: 1280, how: 'with scripts' },
  { scripts: false, width: 360, how: 'without scripts, on a phone' },
])('$how', ({ scripts, width, how }) => {
  it(`R4 R9 a helper sees one section of a region’s plan and reports there, and its operator sees it (${how})`, async () => {
    count += 1
    const email = `razdel-${count}@belogorye.example`
    const surname = surnames[count - 1] ?? ''
    const operator = await visit({ scripts, width })
    await enter(operator, operatorLogin)
    await workInOneRegion(operator)
    const roadmap = new URL(operator.page.url()).pathname
    await operator.page.goto(`${roadmap}/plan`)
    const strange = await addressOf(operator, /^1\.1\b/)
    await inviteToSection(operator, email, surname)

    const helper = await visit({ scripts, width })
    await accept(helper, email)
    await helper.page.goto(roadmap)
    await helper.page.getByRole('heading', { name: `План мероприятий: ${region}` }).waitFor()
    await expectAccessible(helper.page)
    await helper.page.goto(`${roadmap}/plan`)
    expect(await helper.page.getByRole('link', { name: /^1\.1\b/ }).count()).toBe(0)
    expect((await helper.page.goto(strange))?.status()).toBe(404)
    await helper.page.goto(`${roadmap}/plan`)
    const own = await addressOf(helper, /^2\.7\b/)
    await report(helper, own)

    await operator.page.goto('/helpers')
    await operator.page.getByRole('link', { name: surname }).click()
    await operator.page.getByText(section).waitFor()
    await expectAccessible(operator.page)
    const deed = operator.page.getByRole('link', { name: 'Сообщено о ходе мероприятия' })
    expect(await deed.getAttribute('href')).toBe(own)
    await helper.end()
    await operator.end()
  })
})

/** In the corner one of the two is chosen, and the roadmap is about that one. */
async function workInOneRegion({ page }: Visit): Promise<void> {
  await page.goto('/roadmaps')
  await page.getByText('Все мои регионы').first().click()
  await page.getByRole('button', { name: region }).click()
  await page.getByText('Показан один регион').waitFor()
  await page.goto('/roadmaps')
  await page.getByRole('link', { name: 'Профессиональные стандарты' }).first().click()
  await page.getByRole('heading', { name: `План мероприятий: ${region}` }).waitFor()
  await expectAccessible(page)
}

async function addressOf({ page }: Visit, name: RegExp): Promise<string> {
  const href = await page.getByRole('link', { name }).first().getAttribute('href')
  return new URL(href ?? '', page.url()).pathname
}

async function inviteToSection({ page }: Visit, email: string, surname: string): Promise<void> {
  await page.goto('/helpers/new')
  await page.getByLabel('Электронная почта').fill(email)
  await page.getByLabel('Фамилия').fill(surname)
  await page.getByLabel('Имя', { exact: true }).fill('Пелагея')
  await page.getByLabel('Должность').fill('специалист отдела профессионального обучения')
  await page.getByLabel('Видеть план мероприятий и показатели').check()
  await page.getByLabel('Отчитываться о ходе мероприятий').check()
  await page.getByLabel(region, { exact: true }).check()
  await page.getByLabel(/^Только отмеченные/).check()
  await page.getByText('Отметить разделы и показатели').click()
  await page.getByLabel(section).check()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Отправить приглашение' }).click()
  await page.getByText('ждёт до').first().waitFor()
}

async function accept({ page }: Visit, email: string): Promise<void> {
  const letter = await letterTo(email, /помощники/)
  await page.goto(letter.links.find((link) => link.includes('/invitation')) ?? '')
  await page.getByText(section).waitFor()
  await page.getByLabel('Придумайте пароль').fill(password)
  await page.getByLabel('Пароль ещё раз').fill(password)
  await page.getByLabel('Согласен на обработку персональных данных').check()
  await page.getByRole('button', { name: 'Принять приглашение' }).click()
  await page.getByRole('heading', { name: 'Авторизация' }).waitFor()
  await signIn(page, email, password)
}

async function report({ page }: Visit, measure: string): Promise<void> {
  await page.goto(measure)
  const said = 'Группы набраны, занятия начались.'
  const words = page.getByLabel('Что сделано')
  if (!(await words.isVisible())) await page.getByText('Сообщить о ходе выполнения').first().click()
  await words.waitFor()
  await words.fill(said)
  await page.getByLabel('Сделано, %').fill('40')
  await page
    .getByRole('button', { name: /Отправить/ })
    .first()
    .click()
  await page.getByText(said).first().waitFor()
}
