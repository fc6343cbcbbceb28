import { Columns, counted, LinkButton, Page, Stack } from '../../../web/kit/index.ts'
import { type PageContext, pages } from '../../kernel/http/index.ts'
import type { CabinetBlock } from '../../kernel/room.ts'
import { ownProfile } from './profile.block.tsx'

const profileBlock: CabinetBlock = { place: 'side', order: 20, render: ownProfile }

export const cabinetPages = (ofRooms: readonly CabinetBlock[]) => {
  const blocks = [...ofRooms, profileBlock].sort((one, other) => one.order - other.order)
  return pages('/cabinet').get('/', { needs: 'signed-in' }, (ctx) => cabinetPage(ctx, blocks))
}

async function cabinetPage(ctx: PageContext, blocks: readonly CabinetBlock[]) {
  const drawn = await Promise.all(blocks.map(async ({ place, render }) => ({ place, block: await render(ctx) })))
  const at = (place: CabinetBlock['place']) => drawn.filter((one) => one.place === place).map(({ block }) => block)
  return (
    <Page
      title="Личный кабинет пользователя"
      frame={ctx.frame}
      crumbs={[{ text: 'Мой профиль' }]}
      help={{ href: '/guide/kabinet', text: 'личный кабинет' }}
      lead={greeting(ctx)}
      actions={
        isNew(ctx) ? (
          <LinkButton kind="main" href="/applications/new/attachment">
            Прикрепиться к организации
          </LinkButton>
        ) : undefined
      }
    >
      <Columns>
        <Stack>{at('main')}</Stack>
        <Stack>{at('side')}</Stack>
      </Columns>
    </Page>
  )
}

/** Nobody has given it anything yet: the one thing to do is to be attached. */
const isNew = (ctx: PageContext): boolean => ctx.grants.list.length === 0

function greeting(ctx: PageContext): string {
  const { name, patronymic } = ctx.account
  const person = [name, patronymic].filter(Boolean).join(' ')
  const { unread } = ctx.signedIn
  if (unread > 0)
    return `${person}, у вас ${counted(unread, ['новое сообщение', 'новых сообщения', 'новых сообщений'])}.`
  if (isNew(ctx)) return `${person}, осталось прикрепиться к организации: после этого откроются её отчёты.`
  return `${person}, новых сообщений нет.`
}
