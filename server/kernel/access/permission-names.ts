import { allows, type Permission, permissions } from './policy.ts'

/** What a permission lets a person do, in the words of a list to choose from, under the heading of its group. */
export const permissionNames: Record<Permission, { group: string; name: string }> = {
  'organisation.read': { group: 'Организации', name: 'Видеть организации и их сведения' },
  'organisation.manage': { group: 'Организации', name: 'Вести реестр: добавлять и изменять организации' },
  'organisation.members.read': { group: 'Организации', name: 'Видеть сотрудников организаций' },
  'application.decide': { group: 'Заявки', name: 'Решать заявки' },
  'report.read': { group: 'Отчёты', name: 'Видеть отчёты' },
  'report.fill': { group: 'Отчёты', name: 'Заполнять отчёты' },
  'report.send': { group: 'Отчёты', name: 'Отправлять отчёты' },
  'report.comment': { group: 'Отчёты', name: 'Писать замечания к отчётам' },
  'report.decide': { group: 'Отчёты', name: 'Принимать и возвращать отчёты' },
  'campaign.read': { group: 'Отчёты', name: 'Видеть ход сборов отчётности' },
  'campaign.manage': { group: 'Отчёты', name: 'Открывать и вести сборы отчётности' },
  'roadmap.read': { group: 'Дорожная карта', name: 'Видеть план мероприятий и показатели' },
  'roadmap.manage': {
    group: 'Дорожная карта',
    name: 'Вести дорожную карту: разделы, шаблон плана, показатели, публикацию',
  },
  'roadmap.coordinate': { group: 'Дорожная карта', name: 'Проверять ход плана и подтверждать показатели' },
  'plan.edit': { group: 'Дорожная карта', name: 'Вести план мероприятий региона' },
  'plan.report': { group: 'Дорожная карта', name: 'Отчитываться о ходе мероприятий' },
  'indicator.enter': { group: 'Дорожная карта', name: 'Вносить показатели региона' },
  'account.read': { group: 'Учётные записи', name: 'Видеть учётные записи' },
  'account.manage': { group: 'Учётные записи', name: 'Заводить, изменять и блокировать учётные записи' },
  'grant.give': { group: 'Учётные записи', name: 'Выдавать роли' },
  'helper.manage': { group: 'Учётные записи', name: 'Приглашать помощников' },
  'seat.manage': { group: 'Учётные записи', name: 'Передавать учётную запись организации другому сотруднику' },
  'factor.reset': { group: 'Учётные записи', name: 'Снимать второй фактор' },
  'audience.manage': { group: 'Система', name: 'Менять правила входа и регистрации' },
  'form.manage': { group: 'Система', name: 'Вести формы' },
  'journal.read': { group: 'Система', name: 'Читать журнал действий' },
}

/** What an operator can lend to a helper, as far as it has it. */
export const lendable: readonly Permission[] = permissions.filter((permission) => allows('helper', permission))

/** A program must not give rights on: who has got hold of its token would outlive the token. */
const handingOn: readonly Permission[] = ['grant.give', 'helper.manage', 'factor.reset']
export const tokenable: readonly Permission[] = permissions.filter((permission) => !handingOn.includes(permission))

/** The permissions by groups, each group once, in the order of the table. */
export function inGroups(some: readonly Permission[]): { group: string; permissions: Permission[] }[] {
  const groups = new Map<string, Permission[]>()
  for (const [permission, { group }] of Object.entries(permissionNames) as [Permission, { group: string }][]) // as: the keys of the table are the permissions
    if (some.includes(permission)) groups.set(group, [...(groups.get(group) ?? []), permission])
  return [...groups].map(([group, members]) => ({ group, permissions: members }))
}
