/** «Удаление пользователя»: a person is of the organisation no more; what came with the attachment ends at once. */
import { z } from 'zod'
import { capital } from '../../../../web/kit/text.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import { detachMember, findMembership, listMembers, membershipRoleNames, placeOf } from '../../organisations/index.ts'
import { type Asking, applicationType } from '../application-type.ts'
import { NotAttached } from '../applications.errors.ts'

const Form = z.object({
  membershipId: z.uuid('Выберите, кого открепить'),
  why: z
    .string()
    .trim()
    .min(3, 'Напишите, почему: уволился, перешёл на другую работу')
    .max(1000, 'Слишком длинно: можно не больше 1000 знаков'),
  /** In words, as it was when it was asked for; put by the program. */
  who: z.string().max(400).default(''),
})
type Form = z.output<typeof Form>

export const userRemoval = applicationType<Form>({
  kind: 'user-removal',
  title: 'Удаление пользователя',
  told: 'Сотрудник уволился или больше не занимается отчётами: открепите его от организации.',
  group: 'people',
  about: 'organisation',
  asks: ['report.fill', 'application.decide'],
  form: Form,
  fields: async (asking) => [
    {
      name: 'membershipId',
      label: 'Кого открепить',
      kind: 'radios',
      options: (await listRemovable(asking)).map(({ membershipId, fullName, role, position }) => ({
        value: membershipId,
        text: fullName,
        hint: [capital(membershipRoleNames[role]), position].filter(Boolean).join('; '),
      })),
    },
    {
      name: 'why',
      label: 'Почему',
      kind: 'area',
      hint: 'Приказ, его дата и номер. Это прочитает тот, кто решает',
      maxLength: 1000,
    },
  ],
  sameAs: ({ membershipId }) => membershipId,
  stages: () => [{ title: 'Решение вышестоящей организации', permission: 'application.decide', workingDays: 2 }],
  prepare: async (_tx, asking, form) => {
    const chosen = (await listRemovable(asking)).find(({ membershipId }) => membershipId === form.membershipId)
    if (!chosen) throw new NotFound({ what: 'organisation' })
    return { ...form, who: `${chosen.fullName}, ${membershipRoleNames[chosen.role]}` }
  },
  facts: async (_db, { who, why }) => [
    ['Кого открепить', who],
    ['Почему', why],
  ],
  checks: async (db, { membershipId }, { organisationId, applicantId }) => {
    const membership = await findMembership(db, membershipId)
    if (!membership) return [{ tone: 'bad', text: 'Этот человек уже откреплён' }]
    const others = (await listMembers(db, organisationId ?? '')).filter(
      (member) => member.membershipId !== membershipId,
    )
    return [
      membership.accountId === applicantId
        ? { tone: 'ok', text: 'Человек просит открепить себя сам' }
        : { tone: 'ok', text: 'Человек прикреплён к этой организации' },
      others.some(({ role }) => role === 'responsible')
        ? { tone: 'ok', text: 'В организации остаётся ответственный' }
        : {
            tone: 'warn',
            text: 'После этого в организации не останется ответственного: отправлять отчёты будет некому',
          },
    ]
  },
  grant: {
    text: 'Открепить',
    hint: 'Человек сразу перестанет видеть организацию и её отчёты; его учётная запись останется',
    done: 'Пользователь откреплён',
    next: 'письмо заявителю; человек сразу перестанет видеть организацию',
  },
  effect: async (tx, ctx, { form: { membershipId, why } }) => {
    if (!(await detachMember(tx, ctx, membershipId, why))) throw new NotAttached()
  },
  letter: ({ organisationName }) => ({
    title: 'пользователь откреплён',
    body: `Пользователь откреплён от организации ${organisationName}: её отчёты он больше не видит.`,
  }),
})

/** Whoever may see who is attached removes any of them; others only themselves. */
async function listRemovable({ db, asker, organisation }: Asking) {
  if (!organisation || !asker) return []
  const members = await listMembers(db, organisation.id)
  const seesAll = asker.grants.allow('organisation.members.read', placeOf(organisation))
  return members.filter(({ accountId }) => seesAll || accountId === asker.account.id)
}
