/** «Добавление организации» (manual 2): by whoever works there, also without an account; an operator checks and adds it. */
import { z } from 'zod'
import { OrganisationDetails } from '../../../../contracts/organisations.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'
import { publish } from '../../../kernel/outbox/index.ts'
import { createOrganisation, findHigher, findRegion, findSimilar } from '../../organisations/index.ts'
import { applicationType, type Check } from '../application-type.ts'
import { wrongField } from '../applications.errors.ts'
import type { Application } from '../applications.queries.ts'
import { listAllRegions, noteOrganisation } from '../circumstances.queries.ts'
import { checkMail } from '../mail-checks.ts'
import { detailFields, wordsOfDetail } from './details.fields.ts'

const Form = OrganisationDetails.extend({
  higher: z.string().trim().max(300, 'Слишком длинно: можно не больше 300 знаков').default(''),
})
type Form = z.output<typeof Form>

const Granting = z.object({ higher: z.string().trim().max(700).default('') })
type Granting = z.output<typeof Granting>

export const adding = applicationType<Form, Granting>({
  kind: 'organisation-adding',
  title: 'Добавление организации',
  told: 'Вашей организации нет в реестре: расскажите о ней, оператор проверит и добавит.',
  group: 'organisations',
  about: 'region',
  asks: 'anyone',
  byVisitors: true,
  form: Form,
  fields: async ({ db }) => [
    {
      group: 'Где она',
      name: 'regionCode',
      label: 'Регион',
      kind: 'select',
      empty: 'Выберите регион',
      options: (await listAllRegions(db)).map(({ code, name }) => ({ value: code, text: name })),
    },
    {
      name: 'higher',
      label: 'Кому она подчиняется',
      kind: 'text',
      optional: true,
      hint: 'Учредитель или вышестоящая организация: название или ИНН',
      maxLength: 300,
    },
    ...detailFields,
  ],
  place: ({ regionCode, shortName }) => ({ regionCode, subject: shortName }),
  sameAs: ({ inn, level }) => `${inn}:${level}`,
  stages: () => [{ title: 'Проверка оператором реестра', permission: 'organisation.manage', workingDays: 3 }],
  prepare: async (tx, _asking, form) => {
    if (!(await findRegion(tx, form.regionCode))) throw wrongField('regionCode', 'Выберите регион из списка')
    return form
  },
  facts: async (db, form) => [
    ['Регион', (await findRegion(db, form.regionCode))?.name ?? form.regionCode],
    ['Подчиняется', form.higher || '—'],
    ...detailFields.map(({ name, label }) => [label, wordsOfDetail(name, form[name])] as const),
  ],
  checks: checkAdding,
  granting: {
    form: Granting,
    fields: async () => [
      {
        name: 'higher',
        label: 'Вышестоящая организация',
        kind: 'text',
        hint: 'Название или ИНН. Она проверяет отчёты и решает по заявкам; у верхней организации региона поле пустое',
        maxLength: 700,
        optional: true,
      },
    ],
    values: ({ higher }) => ({ higher }),
  },
  grant: {
    text: 'Добавить в реестр',
    hint: 'Организация сразу появится в реестре; заявитель сможет прикрепиться к ней',
    done: 'Организация добавлена в реестр',
    next: 'письмо заявителю; после этого к организации можно будет прикрепиться',
  },
  effect: async (tx, ctx, { application, form, granting }) => {
    const found = await findHigher({ ...ctx, db: tx }, granting)
    if (found.problem !== undefined) throw wrongField('higher', found.problem)
    const { higher: _higher, ...details } = form
    const cause = { reason: `Заявка № ${application.number}`, applicationId: application.id }
    const id = await createOrganisation(tx, ctx, { ...details, parentId: found.parentId }, cause)
    await publish(tx, 'organisation.added', { organisationId: id })
    await noteOrganisation(tx, application.id, id)
  },
  letter: ({ organisationName }) => ({
    title: 'организация добавлена в реестр',
    body: `${organisationName} теперь есть в реестре. Чтобы работать с её отчётами, зарегистрируйтесь или войдите и подайте заявку на прикрепление к ней.`,
    href: '/applications/new/attachment',
    action: 'Прикрепиться к организации',
  }),
})

async function checkAdding(db: Db | Tx, form: Form, application: Application): Promise<Check[]> {
  const similar = await findSimilar(db, { ...form, parentId: null })
  const confirmed = application.applicantEmailConfirmedAt
  return [
    confirmed
      ? { tone: 'ok', text: 'Почта заявителя подтверждена' }
      : { tone: 'bad', text: 'Почта заявителя не подтверждена' },
    ...(similar.length === 0
      ? [{ tone: 'ok' as const, text: 'Похожей организации в реестре нет' }]
      : similar.slice(0, 3).map(({ id, shortName, why }) => ({
          tone: 'warn' as const,
          text: why === 'inn' ? 'В реестре уже есть организация с этим ИНН:' : 'В реестре есть похожая организация:',
          link: { text: shortName, href: `/organisations/${id}` },
        }))),
    await checkMail(db, application.applicantEmail ?? '', form.email),
  ]
}
