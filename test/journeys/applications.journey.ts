/** E6, X3, E1: the service of applications, from the asking to what comes of it. */
import { describe, expect, it } from 'vitest'
import {
  enter,
  expectAccessible,
  letterTo,
  typePassword,
  useBrowser,
  useOwnStand,
  type Visit,
  visit,
} from './support/journey.ts'

useOwnStand()
useBrowser()

const clerkLogin = 'ds14@verhneozersk.example'
const operatorLogin = 'operator@svetlorechye.example'
const supervisorLogin = 'uo@verhneozersk.example'

const decide = async ({ page }: Visit, choice: string) => {
  await page.getByRole('form', { name: 'Решение по заявке' }).getByLabel(choice).check()
  await page.getByRole('button', { name: 'Принять решение' }).click()
  await page.getByText('Решение принято').first().waitFor()
}

/** The application's page, by its number, out of the queue of whoever decides. */
async function openFromQueue({ page }: Visit, number: string): Promise<void> {
  await page.goto('/applications?side=queue')
  await expectAccessible(page)
  await page
    .getByRole('row', { name: new RegExp(number) })
    .getByRole('link')
    .first()
    .click()
  await page.getByText(`Заявка № ${number} от`).waitFor()
}

const numberOn = async ({ page }: Visit): Promise<string> =>
  /№ (\d{4}-\d{5})/.exec((await page.title()).replaceAll('\u00a0', ' '))?.[1] ?? ''

describe.each([
  { scripts: true, width: 1280, how: 'with scripts', phone: '+7 900 000-71-01', inn: '0014014010' },
  { scripts: false, width: 360, how: 'without scripts, on a phone', phone: '+7 900 000-71-02', inn: '0014014028' },
])('$how', ({ scripts, width, how, phone, inn }) => {
  it(`E6 X3 the clerk asks to edit requisites, answers a question, and it is done with a history (${how})`, async () => {
    const clerk = await visit({ scripts, width })
    await enter(clerk, clerkLogin)
    await clerk.page.goto('/applications?side=own')
    await clerk.page.getByRole('link', { name: 'Подать заявку' }).first().click()
    await clerk.page.getByRole('heading', { name: 'Подать заявку' }).waitFor()
    await expectAccessible(clerk.page)
    await clerk.page.getByRole('link', { name: 'Редактирование реквизитов' }).click()
    await expectAccessible(clerk.page)
    await clerk.page.getByLabel('Номер телефона').fill(phone)
    await clerk.page.getByLabel('Город').check()
    await clerk.page.getByLabel('Бюджетн').check()
    await clerk.page.getByLabel('ОКВЭД, основной вид деятельности').fill('85.11')
    await clerk.page.getByLabel('Код ОКПО').fill('00000017')
    await clerk.page.getByRole('button', { name: 'Отправить заявку' }).click()
    await clerk.page.getByRole('alert').first().waitFor()
    await expectAccessible(clerk.page)
    expect(await clerk.page.getByLabel('Номер телефона').inputValue()).toBe(phone)
    await clerk.page.getByLabel('Почему меняются реквизиты').fill('Подключили новую линию, письмо № 8')
    await clerk.page.getByRole('button', { name: 'Отправить заявку' }).click()
    await clerk.page.getByText('Тихомиров Всеволод Игнатьевич').first().waitFor()
    await clerk.page.getByText('Решить до').waitFor()
    await expectAccessible(clerk.page)
    const number = await numberOn(clerk)

    const operator = await visit({ scripts, width })
    await enter(operator, operatorLogin)
    await openFromQueue(operator, number)
    await operator.page.getByText('Сейчас в реестре').first().waitFor({ state: 'attached' })
    await operator.page
      .getByText(`+7${phone.replaceAll(/\D/g, '').slice(1)}`)
      .first()
      .waitFor()
    await expectAccessible(operator.page)
    await operator.page.getByRole('button', { name: 'Взять в работу' }).click()
    await operator.page.getByText('Заявка у вас в работе').first().waitFor()
    await operator.page.getByLabel('Вопрос', { exact: true }).fill('Прежний номер больше не действует?')
    await operator.page.getByRole('button', { name: 'Отправить вопрос' }).click()
    await operator.page.getByText('Ждёт ответа заявителя').first().waitFor()

    await letterTo(clerkLogin, `По заявке № ${number} задан вопрос`)
    await clerk.page.reload()
    await expectAccessible(clerk.page)
    await clerk.page.getByLabel('Ваш ответ').fill('Да, его отключили')
    await clerk.page.getByRole('button', { name: 'Ответить' }).click()
    await clerk.page.getByText('Получен ответ').waitFor()

    await operator.page.reload()
    await operator.page.getByText('Да, его отключили').first().waitFor()
    await decide(operator, 'Внести изменения')
    await expectAccessible(operator.page)
    await clerk.page.reload()
    for (const step of ['Заявка подана', 'Взята в работу', 'Задан вопрос', 'Получен ответ', 'Реквизиты изменены'])
      await clerk.page.getByRole('heading', { name: step }).first().waitFor()
    await expectAccessible(clerk.page)
    await letterTo(clerkLogin, `Заявка № ${number} исполнена`)
    await clerk.end()
    await operator.end()
  })

  it(`E1 a visitor asks to add an organisation, confirms by letter, and an operator adds it (${how})`, async () => {
    const email = `zaveduyushchaya-${width}@ivushka.example`
    const visitor = await visit({ scripts, width })
    await visitor.page.goto('/applications/without-account')
    await expectAccessible(visitor.page)
    await visitor.page.getByRole('link', { name: 'Добавление организации' }).click()
    await visitor.page.getByRole('button', { name: 'Отправить заявку' }).click()
    await visitor.page.getByRole('alert').first().waitFor()
    await expectAccessible(visitor.page)
    const texts: [label: string, value: string][] = [
      ['Ваши фамилия, имя и отчество', 'Рябинина Таисия Фёдоровна'],
      ['Ваша электронная почта', email],
      ['Полное наименование', `Муниципальное бюджетное учреждение «Детский сад № ${width} „Ивушка“»`],
      ['Сокращённое наименование', `МБДОУ «Детский сад № ${width} „Ивушка“»`],
      ['Адрес', '000000, Верхнеозёрск, Садовая улица, дом 3'],
      ['Номер телефона', '8 (900) 000-00-30'],
      ['Электронная почта организации', email],
      ['ИНН', inn],
      ['ОГРН', '1020000001306'],
      ['Код ОКПО', '00000017'],
      ['ОКВЭД, основной вид деятельности', '85.11'],
      ['Фамилия, имя и отчество руководителя', 'Рябинина Таисия Фёдоровна'],
      ['Должность руководителя', 'заведующая'],
    ]
    for (const [label, value] of texts) await visitor.page.getByLabel(label, { exact: true }).fill(value)
    await visitor.page.getByLabel('Регион', { exact: true }).selectOption({ label: 'Светлореченская область' })
    await visitor.page.getByLabel('Город').check()
    await visitor.page.getByLabel('Тип организации').selectOption({ index: 2 })
    await visitor.page.getByLabel('Муниципальная', { exact: true }).check()
    await visitor.page.getByLabel('Бюджетн').check()
    await visitor.page.getByLabel('Самостоятельная организация').check()
    await visitor.page.getByRole('button', { name: 'Отправить заявку' }).click()
    await visitor.page.getByRole('heading', { name: 'Проверьте почту' }).waitFor()
    await expectAccessible(visitor.page)

    const operator = await visit({ scripts, width })
    await enter(operator, operatorLogin)
    await operator.page.goto('/applications?side=queue&kind=organisation-adding&state=waiting')
    expect(await operator.page.getByText('Рябинина').count()).toBe(0)

    const letter = await letterTo(email, 'Подтвердите заявку')
    await visitor.page.goto(letter.links.find((link) => link.includes('/followed')) ?? '')
    await expectAccessible(visitor.page)
    await visitor.page.getByRole('button', { name: 'Подтвердить' }).click()
    await visitor.page.getByText('Решить до').waitFor()
    await expectAccessible(visitor.page)
    const number = await numberOn(visitor)

    await openFromQueue(operator, number)
    await expectAccessible(operator.page)
    await operator.page.getByLabel('Вышестоящая организация').fill('Верхнеозёрского управление')
    await decide(operator, 'Добавить в реестр')
    await visitor.page.reload()
    await visitor.page.getByText('Организация добавлена в реестр').first().waitFor()
    await letterTo(email, `Заявка № ${number} исполнена`)
    await visitor.end()
    await operator.end()
  })
})

describe('people who have left', () => {
  it('E6 the clerk asks to remove a user, the supervisor agrees, and the organisation is closed to that person', async () => {
    const clerk = await visit({ scripts: false })
    await enter(clerk, clerkLogin)
    await clerk.page.goto('/applications/new')
    await clerk.page.getByRole('link', { name: 'Удаление пользователя' }).click()
    await clerk.page.getByLabel('Крылатская Евпраксия Дормидонтовна').check()
    await clerk.page.getByLabel('Почему').fill('Уволилась, приказ № 4')
    await expectAccessible(clerk.page)
    await clerk.page.getByRole('button', { name: 'Отправить заявку' }).click()
    await clerk.page.getByText('Решить до').waitFor()
    const number = await numberOn(clerk)

    const supervisor = await visit()
    await enter(supervisor, supervisorLogin)
    await openFromQueue(supervisor, number)
    await decide(supervisor, 'Открепить')
    await letterTo('ds14.deloproizvodstvo@verhneozersk.example', 'Вас открепили от организации')
    await clerk.page.reload()
    await clerk.page.getByRole('heading', { name: 'Пользователь откреплён' }).waitFor()
    await clerk.end()
    await supervisor.end()
  })
})

describe.each([
  { scripts: true, width: 1280, how: 'with scripts' },
  { scripts: false, width: 360, how: 'without scripts, on a phone' },
])('access and the one account of an organisation, $how', ({ scripts, width, how }) => {
  it(`S3 who has a working mailbox asks for access without an account, puts a file, and comes in (${how})`, async () => {
    const email = `podberyozkina-${width}@verhneozersk.example`
    const visitor = await visit({ scripts, width })
    await visitor.page.goto('/applications/without-account')
    await visitor.page.getByRole('link', { name: 'Доступ для сотрудника' }).click()
    const texts: [label: string, value: string][] = [
      ['Фамилия', 'Подберёзкина'],
      ['Имя', 'Аглая'],
      ['Должность', 'делопроизводитель'],
      ['Организация', 'МБДОУ «Детский сад № 14 „Ромашка“»'],
      ['Рабочая электронная почта', 'podberyozkina@mail.ru'],
      ['С чем будет работать', 'Отчётность организаций'],
    ]
    for (const [label, value] of texts) await visitor.page.getByLabel(label, { exact: true }).fill(value)
    await visitor.page.getByLabel('Регион', { exact: true }).selectOption({ label: 'Светлореченская область' })
    await visitor.page.getByRole('button', { name: 'Отправить заявку' }).click()
    await visitor.page.getByText('бесплатн').first().waitFor()
    await expectAccessible(visitor.page)
    await visitor.page.getByLabel('Рабочая электронная почта', { exact: true }).fill(email)
    await visitor.page.getByRole('button', { name: 'Отправить заявку' }).click()
    await visitor.page.getByRole('heading', { name: 'Проверьте почту' }).waitFor()

    const letter = await letterTo(email, 'Подтвердите заявку')
    await visitor.page.goto(letter.links.find((link) => link.includes('/followed')) ?? '')
    await putFile(visitor, 'страница.pdf', '<html></html>')
    await visitor.page.getByText('Такой файл приложить нельзя').first().waitFor()
    await expectAccessible(visitor.page)
    await putFile(visitor, 'приказ.pdf', '%PDF-1.7')
    await visitor.page.getByRole('link', { name: 'приказ.pdf' }).waitFor()
    await visitor.page.getByRole('button', { name: 'Подтвердить' }).click()
    await visitor.page.getByText('Решить до').waitFor()
    await expectAccessible(visitor.page)
    const number = await numberOn(visitor)

    const operator = await visit({ scripts, width })
    await enter(operator, operatorLogin)
    await openFromQueue(operator, number)
    await operator.page.getByRole('link', { name: 'приказ.pdf' }).waitFor()
    await operator.page.getByText('Человек подтвердил рабочую почту').waitFor()
    await expectAccessible(operator.page)
    await decide(operator, 'Открыть доступ')
    await letterTo(email, `Заявка № ${number} исполнена`)
    const invitation = await letterTo(email, 'Приглашение')
    await visitor.page.goto(invitation.links.find((link) => link.includes('/password-reset/new')) ?? '')
    await visitor.page.locator('#password').fill(ownPassword)
    await visitor.page.getByLabel('Новый пароль ещё раз').fill(ownPassword)
    await visitor.page.getByRole('button', { name: 'Сохранить' }).click()
    await typePassword(visitor.page, email, ownPassword)
    await visitor.page.waitForURL(/consent|cabinet|agreement|contacts/)
    await visitor.end()
    await operator.end()
  })

  it(`S5 the holder has left, the next one asks, and the one account is handed over (${how})`, async () => {
    if (scripts) await keepOneAccount()
    const { asker, name, holder } = scripts
      ? { asker: 'a.preobrazhenskaya@verhneozersk.example', name: 'Преображенская', holder: clerkLogin }
      : { asker: clerkLogin, name: 'Добронравова', holder: 'a.preobrazhenskaya@verhneozersk.example' }
    const next = await visit({ scripts, width })
    await enter(next, asker)
    await next.page.goto('/applications/new/seat-handover')
    await next.page.getByLabel('Название или ИНН').fill('14 Ромашка')
    await next.page.getByRole('button', { name: 'Найти' }).click()
    await next.page
      .getByRole('link', { name: /Ромашка/ })
      .first()
      .click()
    await expectAccessible(next.page)
    await next.page.getByLabel('Почему она переходит к вам').fill('Назначена ответственной, приказ № 9')
    await next.page.getByRole('button', { name: 'Отправить заявку' }).click()
    await next.page.getByText('Решить до').waitFor()
    const number = await numberOn(next)

    const supervisor = await visit({ scripts, width })
    await enter(supervisor, supervisorLogin)
    await openFromQueue(supervisor, number)
    await expectAccessible(supervisor.page)
    await decide(supervisor, 'Передать')
    await letterTo(asker, `Заявка № ${number} исполнена: единая учётная запись у вас`)
    await letterTo(holder, 'Единая учётная запись организации передана')
    await next.page.goto('/cabinet')
    await next.page
      .getByRole('link', { name: /Ромашка/ })
      .first()
      .click()
    await next.page.getByText(name).first().waitFor()
    await next.end()
    await supervisor.end()
  })
})

const ownPassword = 'Podberyozkina-2027!'
const administratorLogin = 'admin@kabinet.example'

/** The rule of staff: one account an organisation. */
async function keepOneAccount(): Promise<void> {
  const administrator = await visit()
  await enter(administrator, administratorLogin)
  const { page } = administrator
  await page.goto('/access')
  await page.getByRole('link', { name: 'Аудитории' }).click()
  await page.getByRole('link', { name: /Сотрудники органов власти/ }).click()
  await page.getByRole('link', { name: 'Изменить правило' }).click()
  await page.getByLabel('Одна учётная запись на организацию').check()
  await page.getByRole('button', { name: 'Показать, кого коснётся' }).click()
  await page.getByRole('button', { name: 'Сохранить правило' }).click()
  await page.getByText('Правило сохранено').first().waitFor()
  await administrator.end()
}

async function putFile({ page }: Visit, name: string, text: string): Promise<void> {
  await page.getByLabel('Файл', { exact: true }).setInputFiles({
    name,
    mimeType: 'application/pdf',
    buffer: Buffer.from(text),
  })
  await page.getByRole('button', { name: 'Приложить' }).click()
}
