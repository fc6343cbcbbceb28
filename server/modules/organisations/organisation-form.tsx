/** The form of an organisation: its fields in groups, and the table of its parts beside it. */
import type { VNode } from 'preact'
import {
  legalForms,
  type OrganisationHit,
  organisationKinds,
  organisationLevels,
} from '../../../contracts/organisations.ts'
import {
  Aside,
  Badge,
  Button,
  Card,
  capital,
  counted,
  ErrorSummary,
  type FieldError,
  FormEnd,
  Group,
  List,
  ListItem,
  Radios,
  Select,
  TextArea,
  TextField,
} from '../../../web/kit/index.ts'
import { kindNames, legalFormNames, levelNames } from './organisations.phrases.ts'
import type { Region } from './regions.queries.ts'

const parts = [
  {
    id: 'names',
    title: 'Название и адрес',
    labels: {
      fullName: 'Полное наименование',
      shortName: 'Сокращённое наименование',
      regionCode: 'Регион',
      address: 'Адрес',
      site: 'Сайт',
    },
  },
  { id: 'codes', title: 'Коды', labels: { inn: 'ИНН', ogrn: 'ОГРН', okpo: 'Код ОКПО' } },
  {
    id: 'place',
    title: 'Вид и место в сети',
    labels: {
      kind: 'Тип организации',
      legalForm: 'Организационно-правовая форма',
      level: 'Структурный уровень',
      higher: 'Вышестоящая организация',
    },
  },
  {
    id: 'people',
    title: 'Руководитель и связь',
    labels: {
      headName: 'Фамилия, имя и отчество руководителя',
      headPosition: 'Должность руководителя',
      phone: 'Номер телефона',
      email: 'Электронная почта организации',
    },
  },
] as const

const labels = new Map<string, string>(parts.flatMap((part) => Object.entries(part.labels)))

/** As they stand on the page. */
export const fieldsInOrder: readonly string[] = [...labels.keys()]

export type Choices = {
  regions: readonly Region[]
  suggestions: readonly string[]
  /** Organisations that answer to the words for the higher one. */
  hits: readonly OrganisationHit[]
}

type FieldsProps = {
  values: Readonly<Record<string, string>>
  errors: readonly FieldError[]
  choices: Choices
  words: { failed: string; submit: string; cancel: VNode }
}

type Told = (name: string) => { name: string; label: string; value: string | undefined; error: string | undefined }

export function OrganisationFields({ values, errors, choices, words }: FieldsProps) {
  const told: Told = (name) => ({
    name,
    label: labels.get(name) ?? name,
    value: values[name],
    error: errors.find(({ field }) => field === name)?.text,
  })
  return (
    <>
      <ErrorSummary title={words.failed} errors={errors.map(withLabel)} />
      <Names told={told} regions={choices.regions} />
      <Codes told={told} />
      <Place told={told} choices={choices} picked={values.parentId} />
      <People told={told} />
      <FormEnd>
        <Button kind="main">{words.submit}</Button>
        {words.cancel}
      </FormEnd>
    </>
  )
}

/** «ИНН: контрольная цифра не сходится»: away from its field a fault names it. */
const withLabel = ({ field = '', text }: FieldError): FieldError => ({
  field,
  text: `${labels.get(field) ?? field}: ${text.replace(/^[А-ЯЁ](?=[а-яё ])/u, (first) => first.toLowerCase())}`,
})

const [names, codes, place, people] = parts

const Names = ({ told, regions }: { told: Told; regions: readonly Region[] }) => (
  <Group id={names.id} title={names.title}>
    <TextArea {...told('fullName')} hint="Как в уставе, без сокращений" rows={4} maxLength={1000} />
    <TextField {...told('shortName')} maxLength={300} />
    <Select
      {...told('regionCode')}
      empty="Выберите регион"
      options={regions.map(({ code, name }) => ({ value: code, text: `${code} ${name}` }))}
    />
    <TextArea {...told('address')} hint="С почтовым индексом" rows={2} maxLength={1000} />
    <TextField {...told('site')} hint="Начинается с https:// или http://" type="url" optional width={20} />
  </Group>
)

const Codes = ({ told }: { told: Told }) => (
  <Group id={codes.id} title={codes.title}>
    <TextField
      {...told('inn')}
      hint="10 цифр; пробелы и дефисы можно не убирать"
      width={14}
      check="inn"
      autocomplete="off"
    />
    <TextField {...told('ogrn')} hint="13 цифр" width={14} check="ogrn" autocomplete="off" />
    <TextField
      {...told('okpo')}
      hint="8 цифр, у обособленного подразделения 14"
      width={14}
      check="okpo"
      autocomplete="off"
      optional
    />
  </Group>
)

const Place = ({ told, choices, picked }: { told: Told; choices: Choices; picked: string | undefined }) => (
  <Group id={place.id} title={place.title}>
    <Select
      {...told('kind')}
      hint="От него зависит, какие отчёты она сдаёт"
      empty="Выберите тип"
      options={organisationKinds.map((value) => ({ value, text: capital(kindNames[value]) }))}
    />
    <Radios
      {...told('legalForm')}
      inline
      options={legalForms.map((value) => ({ value, text: legalFormNames[value] }))}
    />
    <Radios {...told('level')} options={organisationLevels.map((value) => ({ value, text: levelNames[value] }))} />
    <TextField
      {...told('higher')}
      hint="Начните вводить название или ИНН. Она проверяет отчёты и решает по заявкам. У верхней организации региона поле пустое"
      autocomplete="off"
      maxLength={700}
      suggestions={choices.suggestions}
      optional
    />
    {choices.hits.length > 0 ? (
      <Radios
        name="parentId"
        label="Какая из них вышестоящая"
        value={picked}
        options={choices.hits.map(({ id, shortName, inn }) => ({ value: id, text: shortName, hint: `ИНН ${inn}` }))}
      />
    ) : null}
  </Group>
)

const People = ({ told }: { told: Told }) => (
  <Group id={people.id} title={people.title}>
    <TextField {...told('headName')} hint="Полностью" maxLength={300} optional />
    <TextField {...told('headPosition')} width={20} maxLength={300} optional />
    <TextField
      {...told('phone')}
      hint="Можно писать с 8, с +7, со скобками и дефисами"
      type="tel"
      width={14}
      check="phone"
      optional
    />
    <TextField
      {...told('email')}
      hint="С её доменом сравнивается почта тех, кто просит прикрепить их"
      type="email"
      width={20}
      check="email"
      optional
    />
  </Group>
)

export const Parts = ({ errors }: { errors: readonly FieldError[] }) => (
  <Aside label="Части анкеты" sticky>
    <Card title="Части анкеты">
      <List>
        {parts.map(({ id, title, labels }) => {
          const wrong = errors.filter(({ field }) => field !== undefined && field in labels).length
          return (
            <ListItem
              key={id}
              title={title}
              href={`#${id}`}
              end={wrong > 0 ? <Badge tone="bad" text={counted(wrong, ['ошибка', 'ошибки', 'ошибок'])} /> : undefined}
            />
          )
        })}
      </List>
    </Card>
  </Aside>
)
