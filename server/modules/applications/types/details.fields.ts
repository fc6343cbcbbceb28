/** The fields of an organisation's details, for those who ask to add one or to edit what is said of it. */
import {
  legalForms,
  legalStandings,
  type OrganisationDetails,
  organisationKinds,
  organisationLevels,
  settlements,
} from '../../../../contracts/organisations.ts'
import { capital } from '../../../../web/kit/text.ts'
import {
  kindNames,
  legalFormNames,
  legalStandingNames,
  levelNames,
  settlementNames,
} from '../../organisations/index.ts'
import { type Field, wordsOf } from '../fields.tsx'

const optionsOf = <K extends string>(values: readonly K[], names: Record<K, string>) =>
  values.map((value) => ({ value, text: capital(names[value]) }))

type Name = keyof OrganisationDetails

/** In the order in which they are asked for. */
export const detailFields: readonly (Field & { name: Name })[] = [
  {
    group: 'Название и адрес',
    name: 'fullName',
    label: 'Полное наименование',
    kind: 'area',
    hint: 'Как в уставе, без сокращений',
    maxLength: 1000,
  },
  { name: 'shortName', label: 'Сокращённое наименование', kind: 'text', maxLength: 300 },
  { name: 'address', label: 'Адрес', kind: 'area', hint: 'С почтовым индексом', maxLength: 1000 },
  { name: 'settlement', label: 'Где находится', kind: 'radios', options: optionsOf(settlements, settlementNames) },
  { name: 'phone', label: 'Номер телефона', kind: 'text', check: 'phone', width: 14 },
  { name: 'email', label: 'Электронная почта организации', kind: 'email' },
  {
    name: 'site',
    label: 'Сайт',
    kind: 'text',
    optional: true,
    hint: 'Начинается с https:// или http://',
    maxLength: 300,
  },
  {
    group: 'Коды',
    name: 'inn',
    label: 'ИНН',
    kind: 'text',
    check: 'inn',
    width: 14,
    hint: '10 цифр; пробелы и дефисы можно не убирать',
  },
  { name: 'kpp', label: 'КПП', kind: 'text', width: 14, optional: true, hint: '9 знаков' },
  { name: 'ogrn', label: 'ОГРН', kind: 'text', check: 'ogrn', width: 14, hint: '13 цифр' },
  { name: 'okpo', label: 'Код ОКПО', kind: 'text', check: 'okpo', width: 14, hint: '8 цифр, у подразделения 14' },
  { name: 'oktmo', label: 'Код ОКТМО', kind: 'text', width: 14, optional: true, hint: '8 или 11 цифр' },
  {
    name: 'okved',
    label: 'ОКВЭД, основной вид деятельности',
    kind: 'text',
    width: 10,
    hint: 'Код, например 85.11',
  },
  {
    name: 'okvedAdditional',
    label: 'ОКВЭД, дополнительные виды деятельности',
    kind: 'area',
    optional: true,
    hint: 'Коды через запятую',
  },
  {
    group: 'Вид и место в сети',
    name: 'kind',
    label: 'Тип организации',
    kind: 'select',
    empty: 'Выберите тип',
    options: optionsOf(organisationKinds, kindNames),
  },
  {
    name: 'legalForm',
    label: 'Организационно-правовая форма',
    kind: 'radios',
    options: optionsOf(legalForms, legalFormNames),
  },
  {
    name: 'legalStanding',
    label: 'Правовое положение',
    kind: 'radios',
    options: optionsOf(legalStandings, legalStandingNames),
  },
  { name: 'level', label: 'Структурный уровень', kind: 'radios', options: optionsOf(organisationLevels, levelNames) },
  {
    group: 'Руководитель',
    name: 'headName',
    label: 'Фамилия, имя и отчество руководителя',
    kind: 'text',
    maxLength: 300,
  },
  { name: 'headPosition', label: 'Должность руководителя', kind: 'text', maxLength: 300 },
]

export const wordsOfDetail = (name: string, value: unknown): string => {
  const field = detailFields.find((candidate) => candidate.name === name)
  return field ? wordsOf(field, value) : String(value ?? '—')
}

export const labelOfDetail = (name: string): string =>
  detailFields.find((candidate) => candidate.name === name)?.label ?? name
