import { type PersonalData, PersonalDataForm } from '../../../../contracts/personal-data.ts'
import {
  Badge,
  Button,
  Card,
  Checkbox,
  DateField,
  EmptyState,
  Facts,
  FieldRow,
  Form,
  FormEnd,
  formatDate,
  formatDateTime,
  Group,
  LinkButton,
  Muted,
  Note,
  Page,
  Prose,
  Stack,
  Text,
  TextArea,
  TextField,
} from '../../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { Problems, problemOf } from '../form-problems.tsx'
import { crumbsToSettings } from '../profile/settings.pages.tsx'
import { personalDataWords, stateWords } from './personal-data.phrases.ts'
import { changePersonalData, readPersonalData, viewPersonalData } from './personal-data.ts'

const address = '/profile/personal-data'
const title = 'Персональные данные'

export const personalDataPages = pages(address)
  .get('/', { needs: 'signed-in' }, async (ctx) => <DataPage ctx={ctx} told={await viewPersonalData(ctx)} />)
  .get('/edit', { needs: 'signed-in' }, async (ctx) => <EditPage ctx={ctx} values={await valuesOf(ctx)} />)
  .post(
    '/edit',
    {
      needs: 'signed-in',
      form: PersonalDataForm,
      again: async (ctx, _, failure) => <EditPage ctx={ctx} values={failure.values} failure={failure} />,
    },
    async (ctx, _, change) => {
      await changePersonalData(ctx, change)
      return seeOther(address, 'identity.personal-data-saved')
    },
  )

type Told = { ctx: PageContext; told: PersonalData }

function DataPage({ ctx, told }: Told) {
  return (
    <Page
      title={title}
      lead="Видите и меняете их только вы. В базе они хранятся зашифрованными."
      crumbs={crumbsToSettings({ text: title })}
      frame={ctx.frame}
    >
      <Stack>
        {told.data ? <CheckNote ctx={ctx} check={told.check} /> : null}
        {told.data ? <DataCard data={told.data} check={told.check} /> : <NothingYet />}
        {ctx.stand ? (
          <Muted>
            На стенде отвечает вымышленный реестр: <a href="/_stand/registry">какие данные он принимает и какие нет</a>.
          </Muted>
        ) : null}
      </Stack>
    </Page>
  )
}

const NothingYet = () => (
  <EmptyState
    icon="user"
    title="Данные ещё не заполнены"
    actions={
      <LinkButton kind="main" href={`${address}/edit`}>
        Заполнить
      </LinkButton>
    }
  >
    Понадобится паспорт. Дату и место рождения, реквизиты и адреса перепишите как в документе.
  </EmptyState>
)

function CheckNote({ ctx, check }: { ctx: PageContext; check: PersonalData['check'] }) {
  switch (check.state) {
    case 'not-checked':
      return <Note title="Проверка по реестру">{personalDataWords.noRegistry}</Note>
    case 'checking':
      return (
        <Note tone="wait" title="Проверка по реестру">
          {check.waitsForRegistry ? personalDataWords.registrySilent : personalDataWords.checking}
        </Note>
      )
    case 'accepted':
      return (
        <Note tone="ok" title={`Проверено ${check.checkedAt ? formatDateTime(check.checkedAt, ctx.timeZone) : ''}`}>
          {personalDataWords.accepted}
        </Note>
      )
    case 'refused':
      return (
        <Note tone="bad" title="Реестр не принял данные">
          <Prose>
            <ul>
              {check.reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          </Prose>
          <Text>Сверьте данные с паспортом и исправьте: проверка начнётся заново сама.</Text>
        </Note>
      )
  }
}

type DataCardProps = { data: NonNullable<PersonalData['data']>; check: PersonalData['check'] }

const DataCard = ({ data, check }: DataCardProps) => (
  <Card
    title="Паспорт и адреса"
    aside={<Badge {...stateWords[check.state]} />}
    foot={
      <LinkButton kind={check.state === 'refused' ? 'main' : undefined} href={`${address}/edit`}>
        {check.state === 'refused' ? 'Исправить' : 'Изменить'}
      </LinkButton>
    }
  >
    <Facts
      facts={[
        ['Дата рождения', formatDate(data.birthDate)],
        ['Место рождения', data.birthPlace],
        ['Серия и номер паспорта', data.passport],
        ['Выдан', `${formatDate(data.issuedOn)}, ${data.issuedBy}`],
        ['Код подразделения', data.divisionCode],
        ['Адрес регистрации', data.registrationAddress],
        ['Адрес проживания', data.actualAddress ?? 'совпадает с адресом регистрации'],
      ]}
    />
  </Card>
)

type Values = Record<string, string>

async function valuesOf(ctx: PageContext): Promise<Values> {
  const own = await readPersonalData(ctx)
  if (!own) return { version: '0', sameAddress: 'on' }
  const { version, actualAddress, birthDate, issuedOn, ...rest } = own
  return {
    ...rest,
    birthDate: formatDate(birthDate),
    issuedOn: formatDate(issuedOn),
    actualAddress: actualAddress ?? '',
    ...(actualAddress === null ? { sameAddress: 'on' } : {}),
    version: String(version),
  }
}

type EditPageProps = { ctx: PageContext; values: Values; failure?: FormFailure }

function EditPage({ ctx, values, failure }: EditPageProps) {
  const told = (name: string) => ({ name, value: values[name], error: problemOf(failure, name) })
  return (
    <Page
      title="Изменение персональных данных"
      crumbs={crumbsToSettings({ text: title, href: address }, { text: 'Изменение' })}
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Card>
        <Form action={`${address}/edit`} hidden={{ version: values.version }} label="Персональные данные">
          <Problems title="Данные не сохранены" failure={failure} order={order} />
          <Muted>Перепишите всё как в паспорте. Данные проверит реестр, если он подключён; итог придёт письмом.</Muted>
          <Stack>
            <Group id="birth" title="Рождение">
              <DateField {...told('birthDate')} label="Дата рождения" autocomplete="bday" />
              <TextField {...told('birthPlace')} label="Место рождения" hint="Как в паспорте" />
            </Group>
            <Group id="passport" title="Паспорт">
              <FieldRow>
                <TextField {...told('series')} label="Серия" hint="4 цифры" inputMode="numeric" width={6} />
                <TextField {...told('number')} label="Номер" hint="6 цифр" inputMode="numeric" width={10} />
              </FieldRow>
              <DateField {...told('issuedOn')} label="Дата выдачи" />
              <TextArea {...told('issuedBy')} label="Кем выдан" hint="Как в паспорте" rows={2} />
              <TextField
                {...told('divisionCode')}
                label="Код подразделения"
                hint="6 цифр, например 770-001"
                inputMode="numeric"
                width={10}
              />
            </Group>
            <Group id="addresses" title="Адреса">
              <TextArea
                {...told('registrationAddress')}
                label="Адрес регистрации"
                hint="По штампу в паспорте: регион, населённый пункт, улица, дом, квартира"
                rows={2}
              />
              <Checkbox
                name="sameAddress"
                label="Адрес проживания совпадает с адресом регистрации"
                checked={values.sameAddress === 'on'}
              />
              <TextArea
                {...told('actualAddress')}
                label="Адрес проживания"
                hint="Если он другой. Пока отмечено, что адрес совпадает, это поле не нужно"
                rows={2}
              />
            </Group>
          </Stack>
          <FormEnd>
            <Button kind="main">Отправить данные</Button>
            <LinkButton kind="quiet" href={address}>
              Не менять
            </LinkButton>
          </FormEnd>
        </Form>
      </Card>
    </Page>
  )
}

const order = [
  'birthDate',
  'birthPlace',
  'series',
  'number',
  'issuedOn',
  'issuedBy',
  'divisionCode',
  'registrationAddress',
  'actualAddress',
]
