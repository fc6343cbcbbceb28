/** The form of an organisation: its fields in groups, and the table of its parts beside it. */
import type { VNode } from 'preact'
import {
  legalForms,
  legalStandings,
  type OrganisationHit,
  organisationKinds,
  organisationLevels,
  type SimilarOrganisation,
  settlements,
} from '../../../contracts/organisations.ts'
import {
  Aside,
  Badge,
  Button,
  Card,
  type Children,
  capital,
  counted,
  ErrorSummary,
  type FieldError,
  FormEnd,
  Group,
  List,
  ListItem,
  Note,
  Radios,
  Select,
  Stack,
  TextArea,
  TextField,
} from '../../../web/kit/index.ts'
import { suggestedOkved } from './okved.ts'
import { kindNames, legalFormNames, legalStandingNames, levelNames, settlementNames } from './organisations.phrases.ts'
import type { Region } from './regions.queries.ts'

const parts = [
  {
    id: 'names',
    title: 'Название и адрес',
    labels: {
      fullName: 'Полное наименование',
      shortName: 'Сокращённое наименование',
      regionCode: 'Регион',
      settlement: 'Тип населённого пункта',
      address: 'Адрес',
      site: 'Сайт',
    },
  },
  {
    id: 'codes',
    title: 'Коды',
    labels: { inn: 'ИНН', kpp: 'КПП', ogrn: 'ОГРН', okpo: 'Код ОКПО', oktmo: 'Код ОКТМО' },
  },
  {
    id: 'activities',
    title: 'Виды деятельности',
    labels: { okved: 'Основной код ОКВЭД', okvedAdditional: 'Дополнительные коды ОКВЭД' },
  },
  {
    id: 'place',
    title: 'Вид и место в сети',
    labels: {
      kind: 'Тип организации',
      legalForm: 'Организационно-правовая форма',
      legalStanding: 'Правовое положение',
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
  { id: 'why', title: 'Почему меняются сведения', labels: { reason: 'Причина изменения' } },
] as const

const labels = new Map<string, string>(parts.flatMap((part) => Object.entries(part.labels)))

/** As they stand on the page. */
export const fieldsInOrder: readonly string[] = [...labels.keys()]

export const labelOf = (field: string): string => labels.get(field) ?? field

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
  /** It stands in the registry already, so a change of it is explained. */
  explains: boolean
}

type Told = (name: string) => {
  name: string
  label: string
  value: string | undefined
  error: string | undefined
}

/** What a field of E1 shows: its label, what was typed, what is wrong with it. */
const toldBy =
  (values: Readonly<Record<string, string>>, errors: readonly FieldError[]): Told =>
  (name) => ({
    name,
    label: labelOf(name),
    value: values[name],
    error: errors.find(({ field }) => field === name)?.text,
  })

export function OrganisationFields({ values, errors, choices, words, explains }: FieldsProps) {
  const told = toldBy(values, errors)
  return (
    <>
      <ErrorSummary title={words.failed} errors={errors.map(withLabel)} />
      <Names told={told} regions={choices.regions} />
      <Codes told={told} />
      <Activities told={told} />
      <Place told={told}>
        <Higher told={told} choices={choices} picked={values.parentId} />
      </Place>
      <People told={told} />
      {explains ? <Why told={told} /> : null}
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
  text: `${labelOf(field)}: ${text.replace(/^[А-ЯЁ](?=[а-яё ])/u, (first) => first.toLowerCase())}`,
})

const [names, codes, activities, place, people, why] = parts

const Names = ({ told, regions }: { told: Told; regions: readonly Region[] }) => (
  <Group id={names.id} title={names.title}>
    <TextArea {...told('fullName')} hint="Как в уставе, без сокращений" rows={4} maxLength={1000} />
    <TextField {...told('shortName')} maxLength={300} />
    <Select
      {...told('regionCode')}
      empty="Выберите регион"
      options={regions.map(({ code, name }) => ({ value: code, text: `${code} ${name}` }))}
    />
    <Radios
      {...told('settlement')}
      inline
      optional
      options={settlements.map((value) => ({ value, text: settlementNames[value] }))}
    />
    <TextField
      {...told('address')}
      hint="С почтовым индексом. Начните вводить улицу и дом: подскажем из справочника"
      suggestionsFrom="/api/v1/addresses"
      autocomplete="off"
      maxLength={1000}
    />
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
    <TextField
      {...told('kpp')}
      hint="9 знаков; у подразделения и филиала он свой"
      width={14}
      autocomplete="off"
      optional
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
    <TextField
      {...told('oktmo')}
      hint="8 цифр муниципалитета или 11 цифр населённого пункта"
      width={14}
      inputMode="numeric"
      autocomplete="off"
      optional
    />
  </Group>
)

const Activities = ({ told }: { told: Told }) => (
  <Group id={activities.id} title={activities.title}>
    <TextField
      {...told('okved')}
      hint="Начните вводить код или слово, например 85.11 или «дошкольное»"
      autocomplete="off"
      suggestions={suggestedOkved()}
      optional
    />
    <TextArea
      {...told('okvedAdditional')}
      hint={
        <>
          По одному в строке или через запятую. <a href="/organisations/activities">Найти код по словам</a>
        </>
      }
      rows={2}
      maxLength={2000}
      optional
    />
  </Group>
)

const Place = ({ told, children }: { told: Told; children: Children }) => (
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
    <Radios
      {...told('legalStanding')}
      inline
      optional
      options={legalStandings.map((value) => ({ value, text: legalStandingNames[value] }))}
    />
    <Radios {...told('level')} options={organisationLevels.map((value) => ({ value, text: levelNames[value] }))} />
    {children}
  </Group>
)

const Higher = ({ told, choices, picked }: { told: Told; choices: Choices; picked: string | undefined }) => (
  <>
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
  </>
)

const People = ({ told }: { told: Told }) => {
  return (
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
}

const Why = ({ told }: { told: Told }) => (
  <Group id={why.id} title={why.title}>
    <TextArea
      {...told('reason')}
      hint="Останется в истории реквизитов: «Новый устав», «Сменился руководитель, приказ № 12»"
      rows={2}
      maxLength={2000}
    />
  </Group>
)

/** What was found like the one that is being added: each can be opened and looked at before it is added all the same. */
export const Similar = ({ organisations }: { organisations: readonly SimilarOrganisation[] }) => (
  <Note tone="warn" title="Похоже, такая организация уже есть в реестре" live="alert">
    <Stack>
      <List label="Похожие организации">
        {organisations.map(({ id, shortName, inn, address, higher, why: reason }) => (
          <ListItem
            key={id}
            title={shortName}
            href={`/organisations/${id}`}
            under={[
              reason === 'inn' ? 'тот же ИНН и структурный уровень' : 'похожее название в том же муниципалитете',
              `ИНН ${inn}`,
              address,
              higher?.shortName ?? '',
            ].filter(Boolean)}
          />
        ))}
      </List>
      <p>Откройте каждую. Если добавляемой среди них нет, добавьте её: всё введённое сохранено ниже.</p>
    </Stack>
  </Note>
)

export const Parts = ({ errors, explains }: { errors: readonly FieldError[]; explains: boolean }) => (
  <Aside label="Части анкеты" sticky>
    <Card title="Части анкеты">
      <List>
        {parts
          .filter((part) => explains || part !== why)
          .map(({ id, title, labels }) => {
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
