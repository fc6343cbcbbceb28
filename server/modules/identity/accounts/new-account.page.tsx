import type { InitialPassword } from '../../../../contracts/accounts.ts'
import { audienceNames, audiences } from '../../../../contracts/audiences.ts'
import {
  Button,
  Card,
  Checkboxes,
  CopyCode,
  cabinetCrumb,
  Form,
  FormEnd,
  formatDateTime,
  LinkButton,
  Note,
  Page,
  Row,
  Select,
  Stack,
  Text,
  TextField,
} from '../../../../web/kit/index.ts'
import { roleNames } from '../../../kernel/access/index.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { Problems, problemOf } from '../form-problems.tsx'
import { rolesToGive, scopesOfRole } from '../grants/reach.ts'
import { givingGrants } from './accounts.access.ts'
import type { ListedRegion } from './list.queries.ts'

const crumbs = [cabinetCrumb, { text: 'Учётные записи', href: '/accounts' }, { text: 'Новая учётная запись' }]
const order = [
  'regions',
  'surname',
  'name',
  'patronymic',
  'email',
  'phone',
  'organisation',
  'position',
  'role',
  'audience',
]

type NewAccountProps = { ctx: PageContext; regions: readonly ListedRegion[]; failure?: FormFailure }

export function NewAccountPage({ ctx, regions, failure }: NewAccountProps) {
  const values = failure?.values ?? {}
  const told = (name: string) => ({ name, value: values[name], error: problemOf(failure, name) })
  const chosen = values.regions?.split('\n') ?? (regions.length === 1 ? regions.map(({ code }) => code) : [])
  return (
    <Page
      title="Новая учётная запись"
      lead="Человек подтвердит почту по ссылке из письма и при первом входе сменит временный пароль на свой."
      frame={ctx.frame}
      crumbs={crumbs}
      hasErrors={failure !== undefined}
    >
      <Card>
        <Form action="/accounts/new" label="Новая учётная запись">
          <Problems title="Учётная запись не создана" failure={failure} order={order} />
          <Stack>
            <RegionsField regions={regions} chosen={chosen} error={regionProblem(failure)} />
            <TextField {...told('surname')} label="Фамилия" autocomplete="off" />
            <TextField {...told('name')} label="Имя" autocomplete="off" />
            <TextField {...told('patronymic')} label="Отчество" autocomplete="off" optional />
            <TextField
              {...told('email')}
              label="Электронная почта"
              hint="Станет логином; на неё придёт письмо со ссылкой"
              type="email"
              autocomplete="off"
              check="email"
            />
            <TextField
              {...told('phone')}
              label="Телефон"
              type="tel"
              autocomplete="off"
              check="phone"
              width={14}
              optional
            />
            <TextField {...told('organisation')} label="Организация" optional />
            <TextField {...told('position')} label="Должность" />
            <Select
              {...told('role')}
              label="Роль в каждом из регионов"
              empty="Без роли"
              value={values.role ?? ''}
              options={rolesToGive(givingGrants(ctx))
                .filter((role) => scopesOfRole[role].includes('region'))
                .map((role) => ({ value: role, text: roleNames[role] }))}
            />
            <Select
              {...told('audience')}
              label="Аудитория"
              value={values.audience ?? 'staff'}
              options={audiences.map((audience) => ({ value: audience, text: audienceNames[audience] }))}
            />
          </Stack>
          <FormEnd>
            <Button kind="main">Создать учётную запись</Button>
            <LinkButton kind="quiet" href="/accounts">
              Не создавать
            </LinkButton>
          </FormEnd>
        </Form>
      </Card>
    </Page>
  )
}

const regionProblem = (failure: FormFailure | undefined): string | undefined =>
  failure?.problems.find(({ field }) => field === 'regions' || field.startsWith('regions.'))?.text

type RegionsFieldProps = { regions: readonly ListedRegion[]; chosen: readonly string[]; error: string | undefined }

const RegionsField = ({ regions, chosen, error }: RegionsFieldProps) => (
  <Checkboxes
    name="regions"
    label="Регионы"
    hint={regions.length > 1 ? 'Один или несколько: за какие регионы человек отвечает' : undefined}
    error={error}
    values={chosen}
    options={regions.map(({ code, name }) => ({ value: code, text: name }))}
  />
)

type PasswordShownProps = {
  ctx: PageContext
  id: string
  fullName: string
  email: string
  shown: InitialPassword
  made: boolean
}

/** The one page on which an initial password is ever seen. */
export const PasswordShownPage = ({ ctx, id, fullName, email, shown, made }: PasswordShownProps) => (
  <Page
    title={made ? 'Учётная запись создана' : 'Временный пароль выдан'}
    frame={ctx.frame}
    crumbs={[...crumbs.slice(0, 2), { text: fullName, href: `/accounts/${id}` }, { text: 'Временный пароль' }]}
  >
    <Card title={fullName}>
      <Stack>
        <Text>Логин: {email}</Text>
        <Text>Временный пароль:</Text>
        <CopyCode code={shown.password} label="Временный пароль" />
        <Note tone="warn" title="Пароль показан один раз">
          {`Передайте его человеку лично или по телефону: в письме его нет. Войти с ним можно до ${formatDateTime(shown.until, ctx.timeZone)}, при входе человек придумает свой. Если пароль потеряется, выдайте новый.`}
        </Note>
        <Row>
          <LinkButton kind="main" href={`/accounts/${id}`}>
            К учётной записи
          </LinkButton>
          <LinkButton href="/accounts">Все учётные записи</LinkButton>
        </Row>
      </Stack>
    </Card>
  </Page>
)
