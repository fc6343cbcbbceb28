/**
 * «Доступ для сотрудника» (manual 5): an account for somebody of a body or an institution, by its corporate mailbox.
 * Asked for by the person itself without an account, or by a colleague who has one.
 */
import { z } from 'zod'
import { AccountEmail, GivenName, Patronymic, Position, Surname } from '../../../../contracts/identity.ts'
import { Phone } from '../../../../contracts/requisites.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { getRule, openInvited, refusalOfMail } from '../../identity/index.ts'
import { findRegion } from '../../organisations/index.ts'
import { applicationType, type Check } from '../application-type.ts'
import { wrongField } from '../applications.errors.ts'
import type { Application } from '../applications.queries.ts'
import { hasAccount, listAllRegions } from '../circumstances.queries.ts'

const orNothing = <S extends z.ZodType<string, string>>(schema: S) =>
  z
    .union([z.literal('').transform(() => null), schema])
    .nullable()
    .default(null)

const words = (least: string, most: number) =>
  z.string().trim().min(3, least).max(most, `Слишком длинно: можно не больше ${most} знаков`)

const Form = z.object({
  regionCode: z.string('Выберите регион').trim().min(1, 'Выберите регион').max(20),
  organisation: words('Напишите, где работает человек', 300),
  surname: Surname,
  name: GivenName,
  patronymic: orNothing(Patronymic),
  position: Position,
  email: AccountEmail,
  phone: orNothing(Phone),
  systems: words('Назовите, с чем человек будет работать', 1000),
})
type Form = z.output<typeof Form>

export const access = applicationType<Form>({
  kind: 'access',
  title: 'Доступ для сотрудника',
  told: 'Учётная запись для сотрудника государственного или муниципального органа и подведомственного учреждения. Нужен рабочий почтовый ящик.',
  group: 'people',
  about: 'region',
  asks: 'anyone',
  byVisitors: true,
  form: Form,
  fields: async ({ db }) => [
    { name: 'surname', label: 'Фамилия', kind: 'text', maxLength: 100 },
    { name: 'name', label: 'Имя', kind: 'text', maxLength: 100 },
    { name: 'patronymic', label: 'Отчество', kind: 'text', optional: true, maxLength: 100 },
    { name: 'position', label: 'Должность', kind: 'text', maxLength: 200 },
    {
      name: 'regionCode',
      label: 'Регион',
      kind: 'select',
      empty: 'Выберите регион',
      options: (await listAllRegions(db)).map(({ code, name }) => ({ value: code, text: name })),
    },
    { name: 'organisation', label: 'Организация', kind: 'text', hint: 'Полное наименование', maxLength: 300 },
    {
      name: 'email',
      label: 'Рабочая электронная почта',
      kind: 'email',
      hint: 'Ящик в служебном домене: бесплатные почтовые службы не подходят',
    },
    { name: 'phone', label: 'Номер телефона', kind: 'text', check: 'phone', width: 14, optional: true },
    {
      name: 'systems',
      label: 'С чем будет работать',
      kind: 'area',
      hint: 'Системы и задачи: например, отчётность организаций',
      maxLength: 1000,
    },
  ],
  visitorOf: ({ surname, name, patronymic, email }) => ({
    name: [surname, name, patronymic].filter(Boolean).join(' '),
    email,
  }),
  place: ({ regionCode, surname, name, patronymic }) => ({
    regionCode,
    subject: [surname, name, patronymic].filter(Boolean).join(' '),
  }),
  sameAs: ({ email }) => email.toLowerCase(),
  stages: () => [{ title: 'Решение оператора региона', permission: 'account.manage', workingDays: 2 }],
  prepare: async (tx, _asking, form) => {
    if (!(await findRegion(tx, form.regionCode))) throw wrongField('regionCode', 'Выберите регион из списка')
    const refusal = await refusalOfMail(tx, await getRule(tx, 'staff'), form.email)
    if (refusal) throw wrongField('email', refusal.text)
    return form
  },
  facts: async (db, form) => [
    ['Кому нужен доступ', [form.surname, form.name, form.patronymic].filter(Boolean).join(' ')],
    ['Должность', form.position],
    ['Организация', form.organisation],
    ['Регион', (await findRegion(db, form.regionCode))?.name ?? form.regionCode],
    ['Рабочая почта', form.email],
    ['Телефон', form.phone ?? '—'],
    ['С чем будет работать', form.systems],
  ],
  checks: checkAccess,
  grant: {
    text: 'Открыть доступ',
    hint: 'Учётная запись появится сразу; на рабочую почту придёт письмо со ссылкой, по которой придумывают пароль',
    done: 'Учётная запись открыта',
    next: 'письмо на рабочую почту со ссылкой для входа',
  },
  effect: async (tx, ctx, { form }) => {
    const { regionCode, systems: _systems, ...person } = form
    await openInvited(tx, ctx, ctx.baseUrl, { ...person, audience: 'staff', regions: [regionCode], role: null }, null)
  },
  letter: () => ({
    title: 'доступ открыт',
    body: 'Учётная запись открыта. Письмо со ссылкой, по которой придумывают пароль, ушло на рабочую почту сотрудника. После входа попросите прикрепить учётную запись к организации.',
  }),
})

async function checkAccess(db: Db, { email }: Form, application: Application): Promise<Check[]> {
  const refusal = await refusalOfMail(db, await getRule(db, 'staff'), email)
  const ownAddress = application.applicantEmail?.toLowerCase() === email.toLowerCase()
  return [
    refusal
      ? { tone: 'bad', text: `Почта не подходит: ${refusal.text}` }
      : { tone: 'ok', text: 'Почта не в бесплатной службе' },
    ownAddress && application.applicantEmailConfirmedAt
      ? { tone: 'ok', text: 'Человек подтвердил рабочую почту по письму' }
      : { tone: 'warn', text: 'За человека просит другой: почту он подтвердит, когда придумает пароль' },
    (await hasAccount(db, email))
      ? { tone: 'bad', text: 'Учётная запись с этой почтой уже есть: откажите и напишите, как восстановить пароль' }
      : { tone: 'ok', text: 'Учётной записи с этой почтой ещё нет' },
  ]
}
