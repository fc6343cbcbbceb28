import {
  HelperDeedsQuery,
  HelperLimitsForm,
  type HelpersView,
  type HelperView,
  type InvitationView,
  NewHelperForm,
  textOfPlace,
} from '../../../../contracts/helpers.ts'
import {
  Badge,
  Button,
  Card,
  type Crumb,
  Form,
  formatDate,
  LinkButton,
  List,
  ListItem,
  Muted,
  Page,
  Row,
  Stack,
  Table,
  Under,
} from '../../../../web/kit/index.ts'
import { type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { sendInvitationAgain, withdrawOwnInvitation } from '../invitations/invitations.ts'
import { HelperPage, LimitsPage, NewHelperPage } from './helper.pages.tsx'
import {
  inviteHelper,
  limitHelper,
  removeHelper,
  resumeHelper,
  suspendHelper,
  viewHelper,
  viewHelperDeeds,
  viewHelpers,
  viewOffer,
} from './helpers.ts'

const needs = 'helper.manage'

export const helpersPages = pages('/helpers')
  .get('/', { needs }, async (ctx) => <HelpersPage ctx={ctx} view={await viewHelpers(ctx)} />)
  .get('/new', { needs }, async (ctx) => <NewHelperPage ctx={ctx} offer={await viewOffer(ctx)} values={{}} />)
  .post(
    '/new',
    {
      needs,
      form: NewHelperForm,
      again: async (ctx, _, failure) => (
        <NewHelperPage ctx={ctx} offer={await viewOffer(ctx)} values={failure.values} failure={failure} />
      ),
    },
    async (ctx, _, helper) => {
      await inviteHelper(ctx, helper)
      return seeOther('/helpers', 'identity.helper-invited')
    },
  )
  .post('/invitations/{id}/letter', { needs }, async (ctx, { id }) => {
    await sendInvitationAgain(ctx, id)
    return seeOther('/helpers', 'identity.invitation-sent-again')
  })
  .post('/invitations/{id}/withdrawal', { needs }, async (ctx, { id }) => {
    await withdrawOwnInvitation(ctx, id)
    return seeOther('/helpers', 'identity.invitation-withdrawn')
  })
  .get('/{id}', { needs, query: HelperDeedsQuery }, async (ctx, { id }, { before }) => {
    const helper = await viewHelper(ctx, id)
    return <HelperPage ctx={ctx} helper={helper} deeds={await viewHelperDeeds(ctx, id, before)} />
  })
  .get('/{id}/limits', { needs }, async (ctx, { id }) => {
    const helper = await viewHelper(ctx, id)
    return <LimitsPage ctx={ctx} helper={helper} offer={await viewOffer(ctx)} values={valuesOf(helper)} />
  })
  .post(
    '/{id}/limits',
    {
      needs,
      form: HelperLimitsForm,
      again: async (ctx, { id }, failure) => (
        <LimitsPage
          ctx={ctx}
          helper={await viewHelper(ctx, id)}
          offer={await viewOffer(ctx)}
          values={failure.values}
          failure={failure}
        />
      ),
    },
    async (ctx, { id }, limits) => {
      await limitHelper(ctx, id, limits)
      return seeOther(`/helpers/${id}`, 'identity.helper-limited')
    },
  )
  .post('/{id}/suspension', { needs }, async (ctx, { id }) => {
    await suspendHelper(ctx, id)
    return seeOther(`/helpers/${id}`, 'identity.helper-suspended')
  })
  .post('/{id}/resumption', { needs }, async (ctx, { id }) => {
    await resumeHelper(ctx, id)
    return seeOther(`/helpers/${id}`, 'identity.helper-resumed')
  })
  .post('/{id}/removal', { needs }, async (ctx, { id }) => {
    await removeHelper(ctx, id)
    return seeOther('/helpers', 'identity.helper-removed')
  })

const valuesOf = ({ permissions, places, parts }: HelperView): Record<string, string> => ({
  partsChoice: parts ? 'some' : 'all',
  parts: (parts ?? []).map(({ part }) => part).join('\n'),
  permissions: permissions.map(({ permission }) => permission).join('\n'),
  places: places.map(textOfPlace).join('\n'),
})

const crumbs: Crumb[] = [{ text: 'Мой профиль', href: '/cabinet' }, { text: 'Помощники' }]

const HelpersPage = ({ ctx, view: { helpers, invitations } }: { ctx: PageContext; view: HelpersView }) => (
  <Page
    title="Помощники"
    lead="Помощник работает от своего имени и не может больше, чем вы ему дали и чем можете вы сами. В журнале его действий стоят оба имени."
    crumbs={crumbs}
    actions={
      <LinkButton kind="main" href="/helpers/new">
        Пригласить помощника
      </LinkButton>
    }
    frame={ctx.frame}
  >
    <Stack>
      <Card flush>
        <Table
          label="Мои помощники"
          rows={helpers}
          rowKey={({ id }) => id}
          empty={<Muted>Помощников пока нет. Пригласите сотрудника по почте: он получит письмо со ссылкой.</Muted>}
          columns={[
            {
              key: 'name',
              title: 'Помощник',
              cell: ({ id, fullName, position }) => (
                <>
                  <a href={`/helpers/${id}`}>{fullName}</a>
                  {position ? <Under>{position}</Under> : null}
                </>
              ),
            },
            { key: 'what', title: 'Что можно', full: true, cell: (helper) => listOf(helper.permissions) },
            { key: 'where', title: 'Где', full: true, cell: (helper) => listOf(helper.places) },
            { key: 'state', title: 'Состояние', width: 'state', cell: (helper) => <HelperState helper={helper} /> },
          ]}
        />
      </Card>
      {invitations.length > 0 ? <Invitations ctx={ctx} invitations={invitations} /> : null}
    </Stack>
  </Page>
)

/** Rights that have ended with the operator's own leave nothing to tell. */
const listOf = (named: readonly { name: string }[]): string => named.map(({ name }) => name).join('; ') || '—'

const HelperState = ({ helper }: { helper: HelperView }) =>
  helper.state === 'suspended' ? <Badge tone="warn" text="Приостановлен" /> : <Badge tone="ok" text="Работает" />

const Invitations = ({ ctx, invitations }: { ctx: PageContext; invitations: InvitationView[] }) => (
  <Card title="Приглашения">
    <List label="Приглашения, на которые ещё не ответили">
      {invitations.map(({ id, fullName, email, position, expiresAt, state }) => (
        <ListItem
          key={id}
          title={fullName}
          under={[
            position ?? '',
            email,
            state === 'waiting' ? `ждёт до ${formatDate(expiresAt, ctx.timeZone)}` : 'срок ссылки вышел',
          ]}
          end={
            <Row>
              <Form action={`/helpers/invitations/${id}/letter`} label={`Отправить ещё раз: ${fullName}`}>
                <Button size="small" about={fullName}>
                  Отправить ещё раз
                </Button>
              </Form>
              <Form action={`/helpers/invitations/${id}/withdrawal`} label={`Отозвать: ${fullName}`}>
                <Button size="small" kind="quiet" about={fullName}>
                  Отозвать
                </Button>
              </Form>
            </Row>
          }
        />
      ))}
    </List>
  </Card>
)
