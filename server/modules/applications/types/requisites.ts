/** «Редактирование реквизитов»: the organisation says what is true now; whoever keeps the registry sees old and new. */
import { z } from 'zod'
import { OrganisationDetails } from '../../../../contracts/organisations.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { changeRequisites, fieldsOf, findOrganisation, type Organisation } from '../../organisations/index.ts'
import { applicationType, type Difference } from '../application-type.ts'
import { NothingToChange, RequisitesMoved } from '../applications.errors.ts'
import { detailFields, labelOfDetail, wordsOfDetail } from './details.fields.ts'

const Value = z.union([z.string(), z.array(z.string())]).nullable()

/** Where an organisation stands is not its own to change. */
const Form = OrganisationDetails.omit({ regionCode: true, level: true }).extend({
  why: z
    .string()
    .trim()
    .min(3, 'Напишите, почему меняются реквизиты: приказ, выписка из ЕГРЮЛ')
    .max(1000, 'Слишком длинно: можно не больше 1000 знаков'),
  /** What stood in the registry when it was asked for, of the fields that would change; put by the program. */
  before: z.record(z.string(), Value).default({}),
})
type Form = z.output<typeof Form>

const asked = detailFields.filter(({ name }) => name !== 'level' && name !== 'regionCode')

export const requisites = applicationType<Form>({
  kind: 'requisites',
  title: 'Редактирование реквизитов',
  told: 'Сменились адрес, руководитель, телефон или другие сведения об организации. Старое и новое увидят рядом.',
  group: 'organisations',
  about: 'organisation',
  asks: ['report.fill', 'application.decide'],
  form: Form,
  fields: async () => [
    ...asked,
    {
      group: 'Основание',
      name: 'why',
      label: 'Почему меняются реквизиты',
      kind: 'area',
      hint: 'Приказ, выписка из ЕГРЮЛ: это прочитает тот, кто решает. Документы можно приложить после отправки',
      maxLength: 1000,
    },
  ],
  values: async ({ organisation }) => (organisation ? valuesOf(organisation) : {}),
  stages: () => [{ title: 'Решение оператора реестра', permission: 'organisation.manage', workingDays: 3 }],
  prepare: async (_tx, { organisation }, form) => {
    if (!organisation) throw new TypeError('Requisites are of an organisation')
    const before = valuesNow(organisation)
    const changed = changesOf(form).filter(([name, value]) => !same(before.get(name) ?? null, value))
    if (changed.length === 0) throw new NothingToChange()
    return { ...form, before: Object.fromEntries(changed.map(([name]) => [name, before.get(name) ?? null])) }
  },
  facts: async (_db, { why }) => [['Основание', why]],
  differences: async (_db, form) => differencesOf(form),
  checks: async (db, form, { organisationId }) => {
    const moved = await movedSince(db, form, organisationId ?? '')
    return moved.length === 0
      ? [{ tone: 'ok', text: 'С тех пор, как заявку подали, эти реквизиты в реестре не менялись' }]
      : [{ tone: 'bad', text: `Пока заявка ждала, в реестре изменили: ${moved.join(', ')}` }]
  },
  grant: {
    text: 'Внести изменения',
    hint: 'В реестре сразу будет то, что в столбце «Станет»; прежние значения останутся в истории реквизитов',
    done: 'Реквизиты изменены',
    next: 'письмо заявителю; реквизиты в реестре изменятся сразу после решения',
  },
  effect: async (tx, ctx, { application: { id, number, organisationId }, form }) => {
    if (!organisationId) throw new TypeError('Requisites are of an organisation')
    const moved = await movedSince(tx, form, organisationId)
    if (moved.length > 0) throw new RequisitesMoved({ fields: moved.join(', ') })
    const changes = Object.fromEntries(changesOf(form).filter(([name]) => name in form.before))
    await changeRequisites(tx, ctx, organisationId, changes, {
      reason: `Заявка № ${number}: ${form.why}`,
      applicationId: id,
    })
  },
  letter: ({ organisationName, organisationId }) => ({
    title: 'реквизиты изменены',
    body: `Реквизиты организации ${organisationName} в реестре изменены так, как вы просили.`,
    href: `/organisations/${organisationId}`,
    action: 'Перейти к организации',
  }),
})

type Changed = [name: string, value: string | string[] | null]

const changesOf = ({ why: _why, before: _before, ...details }: Form): Changed[] => Object.entries(details)

const valuesNow = (organisation: Organisation) => new Map<string, Changed[1]>(Object.entries(fieldsOf(organisation)))

const same = (one: Changed[1], other: Changed[1]): boolean => JSON.stringify(one) === JSON.stringify(other)

const differencesOf = (form: Form): Difference[] =>
  changesOf(form)
    .filter(([name]) => name in form.before)
    .map(([name, value]) => ({
      label: labelOfDetail(name),
      before: wordsOfDetail(name, form.before[name]),
      after: wordsOfDetail(name, value),
    }))

/** Labels of the fields that somebody else has changed meanwhile: granting would undo that unseen. */
async function movedSince(db: Db, { before }: Form, organisationId: string): Promise<string[]> {
  const organisation = await findOrganisation(db, organisationId)
  const now = organisation ? valuesNow(organisation) : new Map<string, Changed[1]>()
  return Object.entries(before)
    .filter(([name, value]) => !same(now.get(name) ?? null, value))
    .map(([name]) => labelOfDetail(name))
}

const valuesOf = (organisation: Organisation): Record<string, string> =>
  Object.fromEntries(
    [...valuesNow(organisation)].map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
