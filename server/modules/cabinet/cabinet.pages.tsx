import { Columns, cabinetCrumb, counted, formatDate, LinkButton, Page, Stack } from '../../../web/kit/index.ts'
import { type PageContext, pages } from '../../kernel/http/index.ts'
import type { CabinetBlock, NextStep, NextStepFinder } from '../../kernel/room.ts'
import { findOwnWaiting } from '../applications/index.ts'
import { ownProfile } from './profile.block.tsx'

const profileBlock: CabinetBlock = { place: 'side', order: 20, render: ownProfile }

export const cabinetPages = (ofRooms: readonly CabinetBlock[], finders: readonly NextStepFinder[]) => {
  const blocks = [...ofRooms, profileBlock].sort((one, other) => one.order - other.order)
  const inOrder = [...finders].sort((one, other) => one.order - other.order)
  return pages('/cabinet').get('/', { needs: 'signed-in', stage: 'contacts' }, (ctx) =>
    cabinetPage(ctx, blocks, inOrder),
  )
}

async function cabinetPage(ctx: PageContext, blocks: readonly CabinetBlock[], finders: readonly NextStepFinder[]) {
  const [steps, drawn] = await Promise.all([
    nextSteps(ctx, finders),
    Promise.all(blocks.map(async ({ place, render }) => ({ place, block: await render(ctx) }))),
  ])
  const at = (place: CabinetBlock['place']) => drawn.filter((one) => one.place === place).map(({ block }) => block)
  const [first] = steps
  return (
    <Page
      title="Личный кабинет пользователя"
      frame={ctx.frame}
      crumbs={[{ text: cabinetCrumb.text }]}
      help={{ href: '/guide/kabinet', text: 'личный кабинет' }}
      lead={greeting(ctx, steps)}
      actions={
        first ? (
          <LinkButton kind="main" href={first.href}>
            {first.text}
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

async function nextSteps(ctx: PageContext, finders: readonly NextStepFinder[]): Promise<NextStep[]> {
  // Nobody has given this person anything yet: the one thing to do is to be attached.
  if (ctx.grants.list.length === 0) return [await attachmentStep(ctx)]
  const found = await Promise.all(finders.map(({ find }) => find(ctx)))
  return found.filter((step) => step !== undefined)
}

async function attachmentStep(ctx: PageContext): Promise<NextStep> {
  const waiting = await findOwnWaiting(ctx.db, ctx.account.id)
  return waiting
    ? {
        told: `ваша заявка № ${waiting.number} ждёт решения до ${formatDate(waiting.dueAt, ctx.timeZone)}`,
        text: 'Посмотреть, где заявка',
        href: `/applications/${waiting.id}`,
      }
    : {
        told: 'осталось прикрепиться к организации: после этого откроются её отчёты',
        text: 'Прикрепиться к организации',
        href: '/applications/new/attachment',
      }
}

function greeting(ctx: PageContext, steps: readonly NextStep[]): string {
  const { name, patronymic } = ctx.account
  const { unread } = ctx.signedIn
  const news =
    unread > 0
      ? `у вас ${counted(unread, ['новое сообщение', 'новых сообщения', 'новых сообщений'])}`
      : 'новых сообщений нет'
  const told = steps.length > 0 ? steps.map((step) => step.told).join('; ') : news
  return `${[name, patronymic].filter(Boolean).join(' ')}, ${told}.`
}
