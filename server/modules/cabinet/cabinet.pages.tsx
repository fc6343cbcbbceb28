import { Columns, counted, formatDate, LinkButton, Page, Stack } from '../../../web/kit/index.ts'
import { type PageContext, pages } from '../../kernel/http/index.ts'
import type { CabinetBlock } from '../../kernel/room.ts'
import { findOwnWaiting } from '../applications/index.ts'
import { ownProfile } from './profile.block.tsx'

const profileBlock: CabinetBlock = { place: 'side', order: 20, render: ownProfile }

export const cabinetPages = (ofRooms: readonly CabinetBlock[]) => {
  const blocks = [...ofRooms, profileBlock].sort((one, other) => one.order - other.order)
  return pages('/cabinet').get('/', { needs: 'signed-in' }, (ctx) => cabinetPage(ctx, blocks))
}

async function cabinetPage(ctx: PageContext, blocks: readonly CabinetBlock[]) {
  // Nobody has given it anything yet: the one thing to do is to be attached.
  const isNew = ctx.grants.list.length === 0
  const waiting = isNew ? await findOwnWaiting(ctx.db, ctx.account.id) : undefined
  const drawn = await Promise.all(blocks.map(async ({ place, render }) => ({ place, block: await render(ctx) })))
  const at = (place: CabinetBlock['place']) => drawn.filter((one) => one.place === place).map(({ block }) => block)
  return (
    <Page
      title="Личный кабинет пользователя"
      frame={ctx.frame}
      crumbs={[{ text: 'Мой профиль' }]}
      help={{ href: '/guide/kabinet', text: 'личный кабинет' }}
      lead={greeting(ctx, isNew, waiting)}
      actions={isNew ? <FirstStep waiting={waiting} /> : undefined}
    >
      <Columns>
        <Stack>{at('main')}</Stack>
        <Stack>{at('side')}</Stack>
      </Columns>
    </Page>
  )
}

type Waiting = Awaited<ReturnType<typeof findOwnWaiting>>

const FirstStep = ({ waiting }: { waiting: Waiting }) =>
  waiting ? (
    <LinkButton href={`/applications/${waiting.id}`}>Посмотреть, где заявка</LinkButton>
  ) : (
    <LinkButton kind="main" href="/applications/new/attachment">
      Прикрепиться к организации
    </LinkButton>
  )

function greeting(ctx: PageContext, isNew: boolean, waiting: Waiting): string {
  const { name, patronymic } = ctx.account
  const person = [name, patronymic].filter(Boolean).join(' ')
  if (waiting)
    return `${person}, ваша заявка № ${waiting.number} ждёт решения до ${formatDate(waiting.dueAt, ctx.timeZone)}.`
  if (isNew) return `${person}, осталось прикрепиться к организации: после этого откроются её отчёты.`
  const { unread } = ctx.signedIn
  if (unread > 0)
    return `${person}, у вас ${counted(unread, ['новое сообщение', 'новых сообщения', 'новых сообщений'])}.`
  return `${person}, новых сообщений нет.`
}
