import type {
  LegalForm,
  LegalStanding,
  MembershipRole,
  OrganisationKind,
  OrganisationLevel,
  OrganisationState,
  Settlement,
  SimilarOrganisation,
} from '../../../contracts/organisations.ts'

export const phrases = {
  'organisations.already-attached':
    'Этот человек уже прикреплён к организации. Чтобы изменить роль или срок, сначала завершите прежнее прикрепление.',
  'organisations.inn-taken': ({ shortName }: { shortName: string }) =>
    `Организация с таким ИНН уже есть в реестре: ${shortName}. Проверьте ИНН или найдите её в списке.`,
  'organisations.closed': 'Организации больше нет, новых действий с ней не совершить. Её прошлое хранится.',
  'organisations.open': 'Организация действует: возвращать её не нужно.',
  'organisations.has-lower': ({ count }: { count: number }) =>
    `Под организацией стоят действующие: ${count}. Сначала переведите их под другую или закройте.`,
  'organisations.similar': ({ organisations }: { organisations: readonly SimilarOrganisation[] }) =>
    `В реестре уже есть похожие организации: ${organisations.map(({ shortName }) => shortName).join('; ')}. Посмотрите, не одна ли из них та, которую вы добавляете.`,
  'organisations.okved-unknown': ({ okved }: { okved: string }) =>
    `Кода ${okved} в ОКВЭД 2 нет. Найдите вид деятельности в справочнике.`,
  'organisations.future-day': 'Этот день ещё не наступил. Отметьте, когда это произойдёт.',
  'organisations.wrong-successor': 'Выберите другую действующую организацию: сама в себя организация войти не может.',
  'organisations.parent-missing': 'Подразделение и филиал стоят под своей организацией: укажите её как вышестоящую.',
  'organisations.under-itself': 'Организация не может стоять под собой или под теми, кто стоит под ней.',
  'organisations.wrong-region': 'Выберите регион из списка: в нём те, организации которых вы ведёте.',
}

export const notices = {
  'organisation.added': 'Организация добавлена',
  'organisation.changed': 'Изменения сохранены',
  'organisation.ended': 'Отмечено: организации больше нет. Её отчёты и история сохранены',
  'organisation.reopened': 'Организация снова действует',
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
  division: 'обособленное структурное подразделение',
  branch: 'филиал',
}

export const legalStandingNames: Record<LegalStanding, string> = {
  autonomous: 'автономное',
  budget: 'бюджетное',
  treasury: 'казённое',
}

export const settlementNames: Record<Settlement, string> = { city: 'город', village: 'село' }

export const stateNames: Record<OrganisationState, string> = {
  active: 'действует',
  liquidated: 'ликвидирована',
  merged: 'присоединена',
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
