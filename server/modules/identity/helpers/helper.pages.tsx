import type { HelperView } from '../../../../contracts/helpers.ts'
import {
  Badge,
  Button,
  Card,
  Checkboxes,
  type Crumb,
  Disclosure,
  Facts,
  Form,
  FormEnd,
  formatDate,
  LinkButton,
  Muted,
  Page,
  Row,
  Stack,
  Text,
  TextField,
} from '../../../../web/kit/index.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { Problems, problemOf } from '../form-problems.tsx'
import { PermissionChoice, tickedIn } from '../grants/permission-choice.tsx'
import type { Offer } from './helpers.ts'

const crumbsTo = (...rest: Crumb[]): Crumb[] => [
  { text: 'Личный кабинет', href: '/cabinet' },
  { text: 'Помощники', href: '/helpers' },
  ...rest,
]

type LimitsProps = { offer: Offer; values: Record<string, string>; failure?: FormFailure | undefined }

const Limits = ({ offer, values, failure }: LimitsProps) => (
  <>
    <PermissionChoice
      legend="Что можно помощнику"
      permissions={offer.permissions}
      chosen={tickedIn(values.permissions)}
      error={problemOf(failure, 'permissions')}
    />
    <Checkboxes
      name="places"
      label="Где"
      options={offer.places}
      values={tickedIn(values.places)}
      error={problemOf(failure, 'places')}
    />
    <Muted>
      Здесь только ваши права и ваши регионы и организации. Когда что-то из них закончится у вас, закончится и у
      помощника.
    </Muted>
  </>
)

export function NewHelperPage({ ctx, offer, values, failure }: LimitsProps & { ctx: PageContext }) {
  const told = (name: string) => ({ name, value: values[name], error: problemOf(failure, name) })
  return (
    <Page
      title="Приглашение помощника"
      lead="На почту придёт письмо со ссылкой: она действует 7 дней и срабатывает один раз."
      crumbs={crumbsTo({ text: 'Приглашение' })}
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Card>
        <Form action="/helpers/new" label="Приглашение помощника">
          <Problems title="Приглашение не отправлено" failure={failure} order={['email']} />
          <Stack>
            <TextField
              {...told('email')}
              label="Электронная почта"
              hint="Если у человека уже есть учётная запись с этой почтой, он примет приглашение в ней"
              type="email"
              check="email"
            />
            <TextField {...told('surname')} label="Фамилия" />
            <TextField {...told('name')} label="Имя" />
            <TextField {...told('patronymic')} label="Отчество" optional />
            <TextField {...told('position')} label="Должность" />
            <Limits offer={offer} values={values} failure={failure} />
          </Stack>
          <FormEnd>
            <Button kind="main">Отправить приглашение</Button>
            <LinkButton kind="quiet" href="/helpers">
              Не приглашать
            </LinkButton>
          </FormEnd>
        </Form>
      </Card>
    </Page>
  )
}

export const LimitsPage = ({
  ctx,
  helper,
  offer,
  values,
  failure,
}: LimitsProps & { ctx: PageContext; helper: HelperView }) => (
  <Page
    title="Права помощника"
    lead={helper.fullName}
    crumbs={crumbsTo({ text: helper.fullName, href: `/helpers/${helper.id}` }, { text: 'Права' })}
    frame={ctx.frame}
    hasErrors={failure !== undefined}
  >
    <Card>
      <Form action={`/helpers/${helper.id}/limits`} label="Права помощника">
        <Problems title="Права не изменены" failure={failure} />
        <Stack>
          <Limits offer={offer} values={values} failure={failure} />
        </Stack>
        <FormEnd>
          <Button kind="main">Сохранить</Button>
          <LinkButton kind="quiet" href={`/helpers/${helper.id}`}>
            Не менять
          </LinkButton>
        </FormEnd>
      </Form>
    </Card>
  </Page>
)

export const HelperPage = ({ ctx, helper }: { ctx: PageContext; helper: HelperView }) => (
  <Page title={helper.fullName} crumbs={crumbsTo({ text: helper.fullName })} frame={ctx.frame}>
    <Stack>
      <Card
        title="Права"
        aside={
          helper.state === 'suspended' ? (
            <Badge tone="warn" text="Приостановлен" />
          ) : (
            <Badge tone="ok" text="Работает" />
          )
        }
        foot={
          <Row>
            <LinkButton kind="main" href={`/helpers/${helper.id}/limits`}>
              Изменить права
            </LinkButton>
            <Pause helper={helper} />
          </Row>
        }
      >
        <Facts
          facts={[
            ['Должность', helper.position ?? '—'],
            ['Электронная почта', helper.email ?? '—'],
            ['Помощник', `с ${formatDate(helper.since, ctx.timeZone)}`],
            ['Что можно', <Names key="what" named={helper.permissions} />],
            ['Где', <Names key="where" named={helper.places} />],
          ]}
        />
      </Card>
      <Card>
        <Disclosure title="Убрать из помощников" under="Права закончатся сразу и насовсем">
          <Stack space="small">
            <Muted>
              Учётная запись человека останется, закончится только то, что дали вы. Вернуть его можно новым
              приглашением.
            </Muted>
            <Form action={`/helpers/${helper.id}/removal`} label="Убрать из помощников">
              <Button kind="bad">Убрать</Button>
            </Form>
          </Stack>
        </Disclosure>
      </Card>
    </Stack>
  </Page>
)

const Names = ({ named }: { named: readonly { name: string }[] }) =>
  named.length === 0 ? (
    <>сейчас ничего: этих прав больше нет у вас самих</>
  ) : (
    <Stack space="small">
      {named.map(({ name }) => (
        <Text key={name}>{name}</Text>
      ))}
    </Stack>
  )

const Pause = ({ helper: { id, state } }: { helper: HelperView }) =>
  state === 'suspended' ? (
    <Form action={`/helpers/${id}/resumption`} label="Возобновить работу">
      <Button>Возобновить</Button>
    </Form>
  ) : (
    <Form action={`/helpers/${id}/suspension`} label="Приостановить работу">
      <Button>Приостановить</Button>
    </Form>
  )
