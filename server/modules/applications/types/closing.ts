/** «Удаление организации»: what hangs on it is said first; agreed by the higher organisation, done by the operator. */
import { z } from 'zod'
import { formatDate, parseDate } from '../../../../web/kit/dates.ts'
import { counted, plural } from '../../../../web/kit/text.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { endOrganisation } from '../../organisations/index.ts'
import { applicationType, type Check } from '../application-type.ts'
import type { Application } from '../applications.queries.ts'
import { countHanging } from '../circumstances.queries.ts'
import { tiesOf } from '../ties.ts'

const Form = z.object({
  on: z
    .string()
    .trim()
    .transform((typed, context) => {
      const day = z.iso.date().safeParse(typed).success ? typed : parseDate(typed)
      if (day) return day
      context.addIssue({ code: 'custom', message: 'Введите дату как ДД.ММ.ГГГГ, например 18.01.2027' })
      return z.NEVER
    }),
  why: z
    .string()
    .trim()
    .min(3, 'Напишите, почему организации больше нет: решение о ликвидации, реорганизация')
    .max(1000, 'Слишком длинно: можно не больше 1000 знаков'),
})
type Form = z.output<typeof Form>

export const closing = applicationType<Form>({
  kind: 'organisation-removal',
  title: 'Удаление организации',
  told: 'Организация ликвидирована или больше не отчитывается. Её отчёты и история останутся.',
  group: 'organisations',
  about: 'organisation',
  asks: ['report.send', 'application.decide'],
  form: Form,
  fields: async () => [
    { name: 'on', label: 'С какого дня', kind: 'date' },
    {
      name: 'why',
      label: 'Почему',
      kind: 'area',
      hint: 'Решение, его дата и номер. Документ можно приложить после отправки',
      maxLength: 1000,
    },
  ],
  stages: () => [
    { title: 'Согласие вышестоящей организации', permission: 'application.decide', workingDays: 2 },
    { title: 'Решение оператора реестра', permission: 'organisation.manage', workingDays: 3 },
  ],
  facts: async (_db, { on, why }) => [
    ['С какого дня', formatDate(on)],
    ['Почему', why],
  ],
  checks: whatHangs,
  grant: {
    text: 'Согласиться',
    hint: 'На последнем этапе организация сразу закроется: новых отчётов и действий с ней не будет',
    done: 'Организация закрыта',
    next: 'согласие вышестоящей организации, решение оператора реестра и письмо заявителю',
  },
  effect: async (tx, ctx, { application: { id, number, organisationId }, form: { on, why } }) => {
    if (!organisationId) throw new TypeError('A removal is of an organisation')
    const reason = `Заявка № ${number}: ${why}`
    await endOrganisation(tx, ctx, organisationId, { state: 'liquidated', on, reason, successorId: null }, id)
  },
  letter: ({ organisationName }) => ({
    title: 'организация закрыта',
    body: `Организация ${organisationName} закрыта в реестре. Её отчёты и история сохранены.`,
  }),
})

async function whatHangs(db: Db, _form: Form, { id, organisationId }: Application): Promise<Check[]> {
  if (!organisationId) return []
  const { below, members, applications } = await countHanging(db, organisationId, id)
  const hangs: Check[] = [
    ...(below > 0
      ? [
          {
            tone: 'bad' as const,
            text: `Под ней стоят действующие организации: ${below}. Пока они есть, закрыть её нельзя`,
          },
        ]
      : []),
    ...(members > 0
      ? [
          {
            tone: 'warn' as const,
            text: `К ней ${plural(members, ['прикреплён', 'прикреплены', 'прикреплено'])} ${counted(members, ['человек', 'человека', 'человек'])}`,
          },
        ]
      : []),
    ...(applications > 0
      ? [{ tone: 'warn' as const, text: `О ней ждут решения и другие заявки: ${applications}` }]
      : []),
    ...(await tiesOf(db, organisationId)).map((text) => ({ tone: 'warn' as const, text })),
  ]
  return hangs.length > 0 ? hangs : [{ tone: 'ok', text: 'На организации ничего не висит' }]
}
