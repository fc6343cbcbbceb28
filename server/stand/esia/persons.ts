/** Whom the stand-in ЕСИА knows. All of them are fictional; the numbers, though their check digits agree, are nobody's. */
import { standOgrn } from '../../seeds/stand.organisations.ts'
import { standDoctor } from '../../seeds/stand.people.ts'
import { ogrnOf, personInnOf } from './numbers.ts'

export type StandOrganisationRole = {
  oid: number
  fullName: string
  shortName: string
  ogrn: string
  chief: boolean
}

export type StandEsiaPerson = {
  key: string
  oid: number
  /** What the page of choice says of them. */
  about: string
  lastName: string
  firstName: string
  middleName: string
  birthDate: string
  gender: 'M' | 'F'
  snils: string
  inn: string
  trusted: boolean
  email: string | undefined
  mobile: string | undefined
  /** An address that ЕСИА has not confirmed: it must not be believed. */
  unconfirmedEmail: string | undefined
  roles: StandOrganisationRole[]
}

type Told = Pick<StandEsiaPerson, 'key' | 'about' | 'lastName' | 'firstName' | 'middleName' | 'gender'> &
  Partial<StandEsiaPerson>

let made = 0
function person(told: Told): StandEsiaPerson {
  made += 1
  return {
    oid: 1_000_000_000 + made,
    birthDate: '14.05.1984',
    snils: `000-000-6${String(made).padStart(2, '0')} 01`,
    inn: personInnOf(`00147700${String(made).padStart(2, '0')}`),
    trusted: true,
    email: `${told.key}@pochta.example`,
    mobile: `+7(000)700${String(made).padStart(4, '0')}`,
    unconfirmedEmail: undefined,
    roles: [],
    ...told,
  }
}

const municipal = {
  oid: 1_100_000_002,
  fullName: 'Муниципальное дошкольное образовательное учреждение «Детский сад № 14 „Ромашка“»',
  shortName: 'Детский сад № 14 «Ромашка»',
  ogrn: standOgrn('romashka'),
}

export const standEsiaPersons: readonly StandEsiaPerson[] = [
  person({
    key: 'lugovaya',
    about: 'гражданка',
    lastName: 'Луговая-Заозёрная',
    firstName: 'Пелагея',
    middleName: 'Константиновна',
    gender: 'F',
    unconfirmedEmail: 'admin@kabinet.example',
  }),
  person({
    key: 'podorozhnikova',
    about: 'врач стенда, у которого есть учётная запись',
    lastName: 'Подорожникова',
    firstName: 'Таисия',
    middleName: 'Серафимовна',
    gender: 'F',
    email: 'podorozhnikova@gosuslugi.example',
    snils: standDoctor.snils.replace(/(...)(...)(...)(..)/, '$1-$2-$3 $4'),
  }),
  person({
    key: 'dobronravova',
    about: 'сотрудница муниципального детского сада',
    lastName: 'Добронравова',
    firstName: 'Светлана',
    middleName: 'Викторовна',
    gender: 'F',
    roles: [{ ...municipal, chief: false }],
  }),
  person({
    key: 'neproverenny',
    about: 'неподтверждённая учётная запись',
    lastName: 'Непроверенный',
    firstName: 'Савелий',
    middleName: 'Ильич',
    gender: 'M',
    trusted: false,
  }),
  person({
    key: 'podryadchikov',
    about: 'руководитель коммерческой организации',
    lastName: 'Подрядчиков',
    firstName: 'Лаврентий',
    middleName: 'Фомич',
    gender: 'M',
    roles: [
      {
        oid: 1_100_000_001,
        fullName: 'Общество с ограниченной ответственностью «Светлореченские строительные технологии»',
        shortName: 'ООО «Светлореченские строительные технологии»',
        ogrn: ogrnOf('102000007701'),
        chief: true,
      },
    ],
  }),
  person({
    key: 'mstislavskaya',
    about: 'руководитель муниципального органа',
    lastName: 'Мстиславская',
    firstName: 'Людмила',
    middleName: 'Аркадьевна',
    gender: 'F',
    roles: [
      {
        oid: 1_100_000_003,
        fullName: 'Управление образования администрации Верхнеозёрского муниципального района Светлореченской области',
        shortName: 'Управление образования администрации Верхнеозёрского муниципального района',
        ogrn: standOgrn('verhneozersk'),
        chief: true,
      },
    ],
  }),
  person({
    key: 'bespochtova',
    about: 'гражданка без подтверждённой почты',
    lastName: 'Беспочтова',
    firstName: 'Агриппина',
    middleName: 'Тихоновна',
    gender: 'F',
    email: undefined,
    unconfirmedEmail: 'bespochtova@pochta.example',
  }),
]
