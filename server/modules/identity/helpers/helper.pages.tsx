import type { HelperDeeds, HelperView } from '../../../../contracts/helpers.ts'
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
  formatDateTime,
  LinkButton,
  List,
  ListItem,
  Muted,
  Page,
  Radios,
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
  { text: 'Мой профиль', href: '/cabinet' },
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
    {offer.parts.length > 0 ? <PartsChoice offer={offer} values={values} failure={failure} /> : null}
    <Muted>
      Здесь только ваши права и ваши регионы и организации. Когда что-то из них закончится у вас, закончится и у
      помощника.
    </Muted>
  </>
)

/** The words «Только отмеченные» stand before what is ticked, so that nothing but the form is needed. */
const PartsChoice = ({ offer, values, failure }: LimitsProps) => (
  <Stack space="small">
    <Radios
      name="partsChoice"
      label="Разделы плана и показатели дорожной карты"
      options={[
        { value: 'all', text: 'Все', hint: 'И те, что появятся позже' },
        { value: 'some', text: 'Только отмеченные', hint: 'Остальных помощник не увидит' },
      ]}
      value={values.partsChoice ?? 'all'}
    />
    <Disclosure
      title="Отметить разделы и показатели"
      under={`Всего их ${offer.parts.length}`}
      open={values.partsChoice === 'some' || problemOf(failure, 'parts') !== undefined}
    >
      <Stack space="small">
        {[...Map.groupBy(offer.parts, ({ group }) => group)].map(([group, parts], index) => (
          <Checkboxes
            key={group}
            name="parts"
            label={group}
            {...(index === 0 ? { error: problemOf(failure, 'parts') } : { id: `parts-of-${index}` })}
            options={parts.map(({ part, name }) => ({ value: part, text: name }))}
            values={tickedIn(values.parts)}
          />
        ))}
      </Stack>
    </Disclosure>
  </Stack>
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

export const HelperPage = ({ ctx, helper, deeds }: { ctx: PageContext; helper: HelperView; deeds: HelperDeeds }) => (
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
            [
              'Разделы плана и показатели',
              worksOnRoadmaps(helper) ? <PartsNamed key="parts" helper={helper} /> : undefined,
            ],
          ]}
        />
      </Card>
      <DeedsCard ctx={ctx} helper={helper} deeds={deeds} />
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

const worksOnRoadmaps = ({ permissions, parts }: HelperView): boolean =>
  parts !== null || permissions.some(({ permission }) => /^(roadmap|plan|indicator)\./.test(permission))

const PartsNamed = ({ helper: { parts } }: { helper: HelperView }) =>
  parts ? <Names named={parts} none="ничего: отмеченного больше нет" /> : <Text>Все</Text>

/** What a helper has done in the operator's name; 30 to a page. */
const DeedsCard = ({ ctx, helper, deeds }: { ctx: PageContext; helper: HelperView; deeds: HelperDeeds }) => (
  <Card
    title="Что сделал помощник"
    foot={
      deeds.next === null ? undefined : (
        <LinkButton href={`/helpers/${helper.id}?before=${deeds.next}`}>Показать более ранние</LinkButton>
      )
    }
  >
    {deeds.deeds.length === 0 ? (
      <Muted>От вашего имени пока ничего не сделано.</Muted>
    ) : (
      <List label="Что сделал помощник">
        {deeds.deeds.map(({ id, at, text, href }) => (
          <ListItem key={id} title={text} href={href ?? undefined} under={[formatDateTime(at, ctx.timeZone)]} />
        ))}
      </List>
    )}
  </Card>
)

const Names = ({ named, none }: { named: readonly { name: string }[]; none?: string }) =>
  named.length === 0 ? (
    <Text>{none ?? 'сейчас ничего: этих прав больше нет у вас самих'}</Text>
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
