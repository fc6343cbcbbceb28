/** The people of the stand's fictional region. Nobody here exists; the domains end in `.example` (RFC 2606). */
import type { Audience } from '../../contracts/audiences.ts'
import type { Permission, Role } from '../kernel/access/index.ts'

export const standPassword = 'Stend-2027!'

export type StandPerson = {
  key: string
  login: string
  password: string
  /** What the list of accounts shows. */
  role: Role | 'visitor'
  roleName: string
  name: string
  position: string
  /** Key of the organisation in stand.organisations.ts that the role holds over; absent: everywhere, or nowhere yet. */
  organisation?: string
  /** The role holds over the neighbouring region as well. */
  bothRegions?: boolean
  /** Absent: staff. */
  audience?: Audience
  /** 11 digits. */
  snils?: string
  /** Key of the operator that has lent these permissions over its region. */
  helps?: { operator: string; permissions: readonly Permission[] }
}

const person = (
  key: string,
  login: string,
  role: StandPerson['role'],
  roleName: string,
  name: string,
  position: string,
  organisation?: string,
): StandPerson => ({
  key,
  login,
  password: standPassword,
  role,
  roleName,
  name,
  position,
  organisation,
})

/** Comes in by a password, and may tie «Госуслуги» to the account. */
export const standDoctor = {
  ...person(
    'podorozhnikova',
    'podorozhnikova@bolnica.example',
    'visitor',
    'Врач',
    'Подорожникова Таисия Серафимовна',
    'врач-терапевт участковый',
  ),
  audience: 'specialist',
  snils: '00000060201',
} as const satisfies StandPerson

export const standAccounts: readonly StandPerson[] = [
  person(
    'orlova',
    'admin@kabinet.example',
    'administrator',
    'Администратор системы',
    'Орлова-Чернышевская Маргарита Станиславовна',
    'администратор системы',
  ),
  person(
    'aleksandriyskaya',
    'coordinator@dorozhnaya-karta.example',
    'coordinator',
    'Координатор дорожной карты',
    'Александрийская Варвара Леонидовна',
    'заместитель директора департамента',
  ),
  person(
    'tihomirov',
    'operator@svetlorechye.example',
    'region-operator',
    'Оператор региона',
    'Тихомиров Всеволод Игнатьевич',
    'ведущий специалист отдела мониторинга',
    'ministry',
  ),
  {
    ...person(
      'radonezhsky',
      'operator2@svetlorechye.example',
      'region-operator',
      'Оператор двух регионов',
      'Радонежский Мстислав Всеволодович',
      'начальник отдела межрегионального мониторинга',
    ),
    bothRegions: true,
  },
  {
    ...person(
      'zadunayskaya',
      'helper@svetlorechye.example',
      'helper',
      'Помощник оператора региона',
      'Невская-Задунайская Клавдия Прохоровна',
      'специалист отдела мониторинга',
    ),
    helps: {
      operator: 'tihomirov',
      permissions: ['organisation.read', 'application.decide', 'report.read', 'report.comment'],
    },
  },
  person(
    'voznesensky',
    'uo@verhneozersk.example',
    'supervisor',
    'Вышестоящая организация',
    'Вознесенский Аркадий Петрович',
    'начальник отдела дошкольного образования',
    'verhneozersk',
  ),
  person(
    'belozertseva',
    'uo@zarechye.example',
    'supervisor',
    'Вышестоящая организация соседнего округа',
    'Белозерцева Раиса Тимофеевна',
    'заместитель председателя комитета',
    'zarechye',
  ),
  person(
    'dobronravova',
    'ds14@verhneozersk.example',
    'responsible',
    'Ответственный в организации',
    'Добронравова Светлана Викторовна',
    'заместитель заведующего по воспитательной и методической работе',
    'romashka',
  ),
  person(
    'krylatskaya',
    'ds14.deloproizvodstvo@verhneozersk.example',
    'member',
    'Заполняет отчёты',
    'Крылатская Евпраксия Дормидонтовна',
    'делопроизводитель',
    'romashka',
  ),
  person(
    'zlatovratskaya',
    'ds21@verhneozersk.example',
    'responsible',
    'Ответственный соседнего детского сада',
    'Златовратская Ольга Никифоровна',
    'старший воспитатель',
    'zhuravushka',
  ),
  person(
    'auditor',
    'audit@svetlorechye.example',
    'auditor',
    'Аудитор',
    'Счастливцев Иннокентий Дмитриевич',
    'главный специалист контрольного управления',
  ),
  person(
    'preobrazhenskaya',
    'a.preobrazhenskaya@verhneozersk.example',
    'visitor',
    'Ещё не прикреплена к организации',
    'Преображенская Аполлинария Константиновна',
    'делопроизводитель',
  ),
  standDoctor,
]
