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
  { id: 'names', title: 'Название и адрес', fields: ['fullName', 'shortName', 'regionCode', 'address', 'site'] },
  { id: 'codes', title: 'Коды', fields: ['inn', 'ogrn', 'okpo'] },
  { id: 'place', title: 'Вид и место в сети', fields: ['kind', 'legalForm', 'level', 'higher'] },
  { id: 'people', title: 'Руководитель и связь', fields: ['headName', 'headPosition', 'phone', 'email'] },
] as const

/** As they stand on the page. */
export const fieldsInOrder: readonly string[] = parts.flatMap(({ fields }) => [...fields])

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

type Told = (name: string) => { name: string; value: string | undefined; error: string | undefined }

export function OrganisationFields({ values, errors, choices, words }: FieldsProps) {
  const told: Told = (name) => ({
    name,
    value: values[name],
    error: errors.find(({ field }) => field === name)?.text,
  })
  return (
    <>
      <ErrorSummary title={words.failed} errors={errors} />
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

const [names, codes, place, people] = parts

const Names = ({ told, regions }: { told: Told; regions: readonly Region[] }) => (
  <Group id={names.id} title={names.title}>
    <TextArea
      {...told('fullName')}
      label="Полное наименование"
      hint="Как в уставе, без сокращений"
      rows={4}
      maxLength={1000}
    />
    <TextField {...told('shortName')} label="Сокращённое наименование" maxLength={300} />
    <Select
      {...told('regionCode')}
      label="Регион"
      empty="Выберите регион"
      options={regions.map(({ code, name }) => ({ value: code, text: `${code} ${name}` }))}
    />
    <TextArea {...told('address')} label="Адрес" hint="С почтовым индексом" rows={2} maxLength={1000} />
    <TextField {...told('site')} label="Сайт" hint="Начинается с https:// или http://" type="url" optional width={20} />
  </Group>
)

const Codes = ({ told }: { told: Told }) => (
  <Group id={codes.id} title={codes.title}>
    <TextField
      {...told('inn')}
      label="ИНН"
      hint="10 цифр; пробелы и дефисы можно не убирать"
      width={14}
      check="inn"
      autocomplete="off"
    />
    <TextField {...told('ogrn')} label="ОГРН" hint="13 цифр" width={14} check="ogrn" autocomplete="off" />
    <TextField
      {...told('okpo')}
      label="Код ОКПО"
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
      label="Тип организации"
      hint="От него зависит, какие отчёты она сдаёт"
      empty="Выберите тип"
      options={organisationKinds.map((value) => ({ value, text: capital(kindNames[value]) }))}
    />
    <Radios
      {...told('legalForm')}
      label="Форма"
      inline
      options={legalForms.map((value) => ({ value, text: legalFormNames[value] }))}
    />
    <Radios
      {...told('level')}
      label="Структурный уровень"
      options={organisationLevels.map((value) => ({ value, text: levelNames[value] }))}
    />
    <TextField
      {...told('higher')}
      label="Вышестоящая организация"
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
    <TextField
      {...told('headName')}
      label="Фамилия, имя и отчество руководителя"
      hint="Полностью"
      maxLength={300}
      optional
    />
    <TextField {...told('headPosition')} label="Должность руководителя" width={20} maxLength={300} optional />
    <TextField
      {...told('phone')}
      label="Номер телефона"
      hint="Можно писать с 8, с +7, со скобками и дефисами"
      type="tel"
      width={14}
      check="phone"
      optional
    />
    <TextField
      {...told('email')}
      label="Электронная почта организации"
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
        {parts.map(({ id, title, fields }) => {
          const wrong = errors.filter(({ field }) => fields.some((name) => name === field)).length
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
