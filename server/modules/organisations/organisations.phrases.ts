import type {
  LegalForm,
  MembershipRole,
  OrganisationKind,
  OrganisationLevel,
} from '../../../contracts/organisations.ts'

export const phrases = {
  'organisations.already-attached':
    'Этот человек уже прикреплён к организации. Чтобы изменить роль или срок, сначала завершите прежнее прикрепление.',
  'organisations.inn-taken': ({ shortName }: { shortName: string }) =>
    `Организация с таким ИНН уже есть в реестре: ${shortName}. Проверьте ИНН или найдите её в списке.`,
  'organisations.closed': 'Организация закрыта, новых действий с ней не совершить.',
  'organisations.parent-missing': 'Подразделение и филиал стоят под своей организацией: укажите её как вышестоящую.',
  'organisations.under-itself': 'Организация не может стоять под собой или под теми, кто стоит под ней.',
  'organisations.wrong-region': 'Выберите регион из списка: в нём те, организации которых вы ведёте.',
}

export const notices = {
  'organisation.added': 'Организация добавлена',
  'organisation.changed': 'Изменения сохранены',
}

export const kindNames: Record<OrganisationKind, string> = {
  authority: 'орган управления образованием',
  preschool: 'дошкольная образовательная организация',
  school: 'общеобразовательная организация',
  additional: 'организация дополнительного образования',
  vocational: 'профессиональная образовательная организация',
  advanced: 'организация дополнительного профессионального образования',
  other: 'другая организация',
}

export const levelNames: Record<OrganisationLevel, string> = {
  region: 'региональный уровень',
  municipality: 'муниципальный уровень',
  institution: 'самостоятельная организация',
  division: 'обособленное структурное подразделение или филиал',
}

export const legalFormNames: Record<LegalForm, string> = {
  state: 'государственная',
  municipal: 'муниципальная',
  private: 'негосударственная',
}

export const membershipRoleNames: Record<MembershipRole, string> = {
  responsible: 'ответственный в организации',
  member: 'заполняет отчёты',
  supervisor: 'вышестоящая организация: проверяет и решает',
}
