/**
 * The one policy table: what each role may do. A role holds over the scope of its grant; nothing else decides.
 * Roles are those of docs/glossary.md.
 */
export const roles = [
  'administrator',
  'coordinator',
  'region-operator',
  'helper',
  'supervisor',
  'responsible',
  'member',
  'municipal-officer',
  'education-manager',
  'support-agent',
  'support-manager',
  'auditor',
] as const
export type Role = (typeof roles)[number]

export const roleNames: Record<Role, string> = {
  administrator: 'Администратор системы',
  coordinator: 'Координатор дорожной карты',
  'region-operator': 'Оператор региона',
  helper: 'Помощник оператора',
  supervisor: 'Вышестоящая организация',
  responsible: 'Ответственный в организации',
  member: 'Заполняет отчёты',
  'municipal-officer': 'Специалист муниципалитета',
  'education-manager': 'Специалист по образованию',
  'support-agent': 'Техническая поддержка',
  'support-manager': 'Руководитель поддержки',
  auditor: 'Аудитор',
}

/** What each permission lets a person do, and the roles that have it. A helper has of these what its operator gave. */
const everyReader = [
  'administrator',
  'region-operator',
  'helper',
  'supervisor',
  'responsible',
  'member',
  'auditor',
] as const
const everyDecider = ['administrator', 'region-operator', 'helper', 'supervisor'] as const

export const policy = {
  'organisation.read': [...everyReader, 'coordinator'],
  'organisation.manage': ['administrator', 'region-operator', 'helper'],
  'organisation.members.read': ['administrator', 'region-operator', 'helper', 'supervisor', 'responsible', 'auditor'],
  'application.decide': everyDecider,
  'report.read': everyReader,
  'report.fill': ['responsible', 'member'],
  'report.send': ['responsible'],
  'report.comment': ['administrator', 'region-operator', 'helper', 'supervisor', 'responsible', 'member'],
  'report.decide': everyDecider,
  'campaign.read': ['administrator', 'region-operator', 'helper', 'supervisor', 'auditor'],
  'campaign.manage': ['administrator', 'region-operator', 'helper'],
  'roadmap.read': ['administrator', 'coordinator', 'region-operator', 'helper', 'auditor'],
  'roadmap.manage': ['administrator', 'coordinator'],
  'roadmap.coordinate': ['administrator', 'coordinator'],
  'plan.edit': ['region-operator', 'helper'],
  'plan.report': ['region-operator', 'helper'],
  'indicator.enter': ['region-operator', 'helper'],
  'account.read': ['administrator', 'region-operator', 'helper', 'auditor'],
  'account.manage': ['administrator', 'region-operator', 'helper'],
  'audience.manage': ['administrator'],
  'grant.give': ['administrator', 'region-operator'],
  'factor.reset': ['administrator'],
  'helper.manage': ['region-operator', 'supervisor'],
  'form.manage': ['administrator'],
  'seat.manage': everyDecider,
  'journal.read': ['administrator', 'auditor'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof policy
export const permissions = Object.keys(policy) as Permission[] // as: the keys of the table are the permissions

export const allows = (role: Role, permission: Permission): boolean =>
  (policy[permission] as readonly Role[]).includes(role)

export const isRole = (value: string): value is Role => (roles as readonly string[]).includes(value)

export const isPermission = (value: string): value is Permission => Object.hasOwn(policy, value)
