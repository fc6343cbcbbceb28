/**
 * «Передача единой учётной записи» (manual 5): one account for a settlement, a clinic, a school. When its holder has
 * left without handing it over, the next one asks, and who decides over the organisation hands it over.
 */
import { z } from 'zod'
import { getRule } from '../../identity/index.ts'
import { audienceOf, handOverSeat, lockSeat } from '../../organisations/index.ts'
import { applicationType } from '../application-type.ts'
import { SeatIsYours, wrongField } from '../applications.errors.ts'

const Form = z.object({
  why: z
    .string()
    .trim()
    .min(3, 'Напишите, почему учётная запись переходит к вам: приказ, должность')
    .max(1000, 'Слишком длинно: можно не больше 1000 знаков'),
})
type Form = z.output<typeof Form>

export const seat = applicationType<Form>({
  kind: 'seat-handover',
  title: 'Передача единой учётной записи',
  told: 'У вашей организации одна учётная запись на всех, и прежний ответственный её не передал: попросите передать её вам.',
  group: 'people',
  about: 'organisation',
  asks: 'anyone',
  form: Form,
  fields: async () => [
    {
      name: 'why',
      label: 'Почему она переходит к вам',
      kind: 'area',
      hint: 'Должность, приказ, что стало с прежним ответственным',
      maxLength: 1000,
    },
  ],
  sameAs: (_form, applicantId) => applicantId ?? '',
  stages: () => [{ title: 'Решение вышестоящей организации', permission: 'seat.manage', workingDays: 2 }],
  prepare: async (tx, { asker, organisation }, form) => {
    if (!asker || !organisation) throw new TypeError('A seat is taken by an account')
    const rule = await getRule(tx, await audienceOf(tx, asker.account.id))
    if (!rule.seat)
      throw wrongField(
        'why',
        'У сотрудников вашей группы нет единой учётной записи организации: попросите прикрепить вас к ней',
      )
    if ((await lockSeat(tx, organisation.id))?.accountId === asker.account.id) throw new SeatIsYours()
    return form
  },
  facts: async (_db, { why }) => [['Почему', why]],
  checks: async (_db, _form, { applicantEmailConfirmedAt }) => [
    applicantEmailConfirmedAt
      ? { tone: 'ok', text: 'Почта подтверждена' }
      : { tone: 'bad', text: 'Почта не подтверждена' },
  ],
  grant: {
    text: 'Передать',
    hint: 'Прежний ответственный сразу потеряет права на организацию, заявитель получит их; письма придут обоим',
    done: 'Единая учётная запись передана',
    next: 'письмо заявителю; права прежнего ответственного закончатся сразу после решения',
  },
  effect: async (tx, ctx, { application: { applicantId, organisationId } }) => {
    if (!applicantId || !organisationId) throw new TypeError('A seat is of an account and an organisation')
    await handOverSeat(tx, ctx, organisationId, applicantId)
  },
  letter: ({ organisationName, organisationId }) => ({
    title: 'единая учётная запись у вас',
    body: `Единая учётная запись организации ${organisationName} теперь у вас. Своим паролем ни с кем не делитесь.`,
    href: `/organisations/${organisationId}`,
    action: 'Перейти к организации',
  }),
})
