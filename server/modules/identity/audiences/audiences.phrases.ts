import type { AudienceRule, RegistrationField, RuleEffect } from '../../../../contracts/audiences.ts'

export const audiencesPhrases = {
  'mail-domain-free': ({ domain }: { domain: string }) =>
    `Адреса ${domain} не подходят: это бесплатная почта, а сотрудникам нужна служебная. Укажите рабочий ящик своей организации. Если его ещё нет, попросите создать его через техническую поддержку, по отдельной заявке.`,
  'mail-domain-not-listed': ({ domain, listed }: { domain: string; listed: readonly string[] }) =>
    `Адреса ${domain} не подходят: нужна служебная почта (${namedDomains(listed)}). Если такого ящика ещё нет, попросите создать его через техническую поддержку, по отдельной заявке.`,
  'domain-listed': ({ domain }: { domain: string }) => `Домен ${domain} уже есть в списке.`,
  'locks-administrators-out':
    'Так ни один администратор больше не сможет войти, и вернуть прежнее правило будет некому. Оставьте способ входа, который у администраторов есть.',
  'locks-you-out':
    'Так вы сами больше не сможете войти. Оставьте способ входа, который у вас есть, или сначала настройте другой.',
}

/** «@svetlorechye.example, @verhneozersk.example»; of many, the first five. */
const namedDomains = (listed: readonly string[]): string =>
  [...listed.slice(0, 5).map((domain) => `@${domain}`), ...(listed.length > 5 ? ['и другие'] : [])].join(', ')

export const audiencesNotices = {
  'audience.changed': 'Правило сохранено и уже действует',
  'free-mail.added': 'Домен добавлен в список',
  'free-mail.removed': 'Домен убран из списка',
}

/** What a change does, before how many: «Не смогут войти: 12 учётных записей». */
export const effectNames: Record<RuleEffect, string> = {
  'no-door': 'Не останется ни одного способа войти',
  'door-password': 'Не войдут по паролю, которым входят сейчас',
  'door-passkey': 'Не войдут по ключу доступа, который уже настроен',
  'door-domain': 'Не войдут через домен, к которому уже привязаны',
  'door-esia': 'Не войдут через Госуслуги, к которым уже привязаны',
  contacts: 'При входе должны будут подтвердить почту или телефон',
  identification: 'При входе должны будут указать ИНН или СНИЛС',
  'second-factor': 'При входе должны будут настроить второй фактор',
  'mail-domain': 'Почта в домене, который больше не подходит; вход остаётся, новый такой адрес указать нельзя',
  seat: 'Прикреплены к организации не одни; новых туда не прикрепить, пока место не передано одному',
}

export const fieldNames: Record<RegistrationField, string> = {
  position: 'Должность',
  phone: 'Телефон',
  inn: 'ИНН',
  snils: 'СНИЛС',
  organisation: 'Организация',
}

export const yes = (value: boolean): string => (value ? 'да' : 'нет')

export const doorsByEsia: Record<AudienceRule['doors']['esia'], string> = {
  no: 'закрыт',
  tied: 'только привязанным учётным записям',
  yes: 'открыт, первый вход создаёт учётную запись',
}
export const registrations: Record<AudienceRule['registration'], string> = {
  closed: 'закрыта',
  open: 'открыта',
  approved: 'открыта, учётную запись одобряет оператор',
}
export const mailChoices: Record<AudienceRule['mailDomains'], string> = {
  any: 'любая почта',
  'not-free': 'любая, кроме бесплатных почтовых служб',
  listed: 'только в перечисленных доменах',
}
export const confirmations: Record<AudienceRule['confirmation'], string> = {
  email: 'ссылка в письме',
  sms: 'код из СМС',
  either: 'ссылка в письме или код из СМС, что выберет человек',
}
export const unconfirmedChoices: Record<AudienceRule['unconfirmed'], string> = {
  refused: 'во входе отказано, пока контакты не подтверждены',
  limited: 'вход ограничен: можно только подтвердить контакты',
}
export const identifications: Record<AudienceRule['identification'], string> = {
  none: 'ничего',
  'inn-or-snils': 'ИНН или СНИЛС',
}
export const secondFactors: Record<AudienceRule['secondFactor'], string> = {
  'own-choice': 'по желанию человека',
  demanded: 'обязателен',
}
export const passwordProfiles: Record<AudienceRule['passwordProfile'], string> = {
  'four-classes': 'от 8 знаков: строчная, заглавная, цифра, специальный знак',
  long: 'от 15 знаков, без требований к видам знаков',
}

/** A rule in words, line by line: for reading, and for telling what a change has changed. */
export const ruleInWords = (rule: AudienceRule): readonly (readonly [name: string, value: string])[] => [
  ['Вход по паролю', rule.doors.password ? 'открыт' : 'закрыт'],
  ['Вход по ключу доступа', rule.doors.passkey ? 'открыт' : 'закрыт'],
  ['Вход через домен организации', rule.doors.domain ? 'открыт' : 'закрыт'],
  ['Вход через Госуслуги', doorsByEsia[rule.doors.esia]],
  ['Регистрация', registrations[rule.registration]],
  [
    'При регистрации спрашивают',
    rule.fields.map((field) => fieldNames[field]).join(', ') || 'только имя, почту и пароль',
  ],
  ['Почта', mailChoices[rule.mailDomains]],
  ['Домены служебной почты', rule.listedDomains.join(', ') || '—'],
  ['Чем подтверждают регистрацию', confirmations[rule.confirmation]],
  ['Пока контакты не подтверждены', unconfirmedChoices[rule.unconfirmed]],
  ['При первом входе спрашивают', identifications[rule.identification]],
  ['Второй фактор', secondFactors[rule.secondFactor]],
  ['Пароль', passwordProfiles[rule.passwordProfile]],
  ['Одна учётная запись на организацию', yes(rule.seat)],
]
