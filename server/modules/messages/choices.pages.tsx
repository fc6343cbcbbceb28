/** «Уведомления»: about what a letter comes at once, about what once a day, and about what not at all. */
import { z } from 'zod'
import {
  GroupChoice,
  type MessageChoices,
  NewChoices,
  NewPushDevice,
  type PushDevices,
} from '../../../contracts/messages.ts'
import {
  Button,
  Card,
  type Column,
  cabinetCrumb,
  Facts,
  Form,
  formatDateTime,
  List,
  ListItem,
  Page,
  PushForm,
  Row,
  Select,
  Stack,
  Table,
  Text,
  Under,
} from '../../../web/kit/index.ts'
import { type PageContext, pages, seeOther } from '../../kernel/http/index.ts'
import { chooseDeliveries, chooseForGroup, viewChoices } from './choices.ts'
import { digestHour } from './digest.ts'
import { groupNames } from './kinds.ts'
import { deliveryNames } from './messages.phrases.ts'
import { subscribeDevice, unsubscribeDevice, viewDevices } from './push/push.ts'

const address = '/profile/messages'
const Group = z.enum(groupNames)

export const choicesPages = pages(address)
  .get('/', { needs: 'signed-in' }, async (ctx) => {
    const [choices, push] = await Promise.all([viewChoices(ctx), viewDevices(ctx)])
    return <ChoicesPage ctx={ctx} choices={choices} push={push} />
  })
  .post('/', { needs: 'signed-in', form: NewChoices }, async (ctx, _params, choices) => {
    await chooseDeliveries(ctx, choices)
    return seeOther(address, 'messages.chosen')
  })
  .post(
    '/groups/{group}',
    { needs: 'signed-in', form: GroupChoice, params: { group: Group } },
    async (ctx, { group }, { delivery }) => {
      await chooseForGroup(ctx, Group.parse(group), delivery)
      return seeOther(address, 'messages.chosen')
    },
  )
  .post('/devices', { needs: 'signed-in', form: NewPushDevice }, async (ctx, _params, device) => {
    await subscribeDevice(ctx, device)
    return seeOther(address, 'messages.device-on')
  })
  .post('/devices/{id}/removal', { needs: 'signed-in' }, async (ctx, { id }) => {
    await unsubscribeDevice(ctx, id)
    return seeOther(address, 'messages.device-off')
  })

type ShownGroup = MessageChoices['groups'][number]
type Kind = ShownGroup['kinds'][number]

type ChoicesProps = { ctx: PageContext; choices: MessageChoices; push: PushDevices }

const ChoicesPage = ({ ctx, choices, push }: ChoicesProps) => (
  <Page
    title="Уведомления"
    lead={`Все сообщения всегда есть в кабинете. Здесь вы выбираете, о чём присылать письмо: сразу, в сводке раз в день (в ${digestHour}:00) или не присылать.`}
    crumbs={[cabinetCrumb, { text: 'Настройки аккаунта', href: '/profile/settings' }, { text: 'Уведомления' }]}
    help={{ href: '/guide/kabinet', text: 'сообщения' }}
    frame={ctx.frame}
    scripts={[ctx.frame.assets.islands?.push ?? []].flat()}
  >
    <Stack>
      {choices.groups.map((group) =>
        group.kinds.every(({ always }) => always) ? (
          <AlwaysTold key={group.name} group={group} />
        ) : (
          <GroupCard key={group.name} group={group} />
        ),
      )}
      <Devices push={push} zone={ctx.timeZone} />
    </Stack>
  </Page>
)

const ways = Object.entries(deliveryNames).map(([value, text]) => ({ value, text }))

const GroupCard = ({ group: { name, title, kinds } }: { group: ShownGroup }) => (
  <Form action={address} label={title}>
    <Card
      title={title}
      flush
      foot={
        <Row>
          <Button kind="main" about={title}>
            Сохранить
          </Button>
          {ways.map(({ value, text }) => (
            <Button
              key={value}
              size="small"
              kind="quiet"
              name="delivery"
              value={value}
              formAction={`${address}/groups/${name}`}
              about={title}
            >
              {`Всё: ${text.toLowerCase()}`}
            </Button>
          ))}
        </Row>
      }
    >
      <Table label={`${title}: как приходят письма`} rows={kinds} rowKey={({ kind }) => kind} columns={columns} />
    </Card>
  </Form>
)

const columns: Column<Kind>[] = [
  {
    key: 'kind',
    title: 'О чём',
    cell: ({ title, toWhom }) => (
      <>
        {title}
        <Under>Приходит {toWhom}</Under>
      </>
    ),
  },
  {
    key: 'delivery',
    title: 'Как приходит письмо',
    full: true,
    cell: ({ kind, title, always, delivery }) =>
      always ? (
        'Всегда и сразу'
      ) : (
        <Select name={kind} label={title} labelHidden options={ways} value={delivery} width={20} />
      ),
  },
]

const AlwaysTold = ({ group: { title, kinds } }: { group: ShownGroup }) => (
  <Card title={title}>
    <Stack>
      <Text>
        Эти письма приходят всегда и сразу, отключить их нельзя: так вы вовремя заметите, если от вашего имени действует
        кто-то другой. Так же приходят письма о входе с нового устройства, о пароле, контактах и втором факторе.
      </Text>
      <Facts facts={kinds.map(({ title, toWhom }) => [title, toWhom])} />
    </Stack>
  </Card>
)

const Devices = ({ push: { publicKey, devices }, zone }: { push: PushDevices; zone: string }) => (
  <Card title="На этом и других устройствах">
    <Stack>
      <Text>
        Браузер может показать, что в кабинете есть новое сообщение, даже когда портал закрыт. Кто и о чём пишет, в
        уведомлении не сказано.
      </Text>
      {devices.length > 0 ? (
        <List label="Устройства с уведомлениями">
          {devices.map(({ id, device, createdAt, toldAt }) => (
            <ListItem
              key={id}
              title={device}
              under={[
                `включены ${formatDateTime(new Date(createdAt), zone)}`,
                toldAt ? `последнее ${formatDateTime(new Date(toldAt), zone)}` : undefined,
              ]}
              end={
                <Form action={`${address}/devices/${id}/removal`} label={`Уведомления: ${device}`}>
                  <Button size="small" about={device}>
                    Отключить
                  </Button>
                </Form>
              }
            />
          ))}
        </List>
      ) : null}
      <PushForm action={`${address}/devices`} publicKey={publicKey} known={devices.map(({ endpoint }) => endpoint)} />
    </Stack>
  </Card>
)
