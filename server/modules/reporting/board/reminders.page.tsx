import type { Board, Campaign } from '../../../../contracts/campaigns.ts'
import { Confirmation, cabinetCrumb, counted, formatDate, formatDue, Page, Text } from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { reportForms } from '../campaigns/campaigns.phrases.ts'
import { campaignName } from './board.page.tsx'

export function RemindersPage({ ctx, campaign, board }: { ctx: PageContext; campaign: Campaign; board: Board }) {
  const { untouched, filling, refused } = board.all
  return (
    <Page
      title="Напомнить всем, кто не отправил отчёт?"
      frame={ctx.frame}
      crumbs={[
        cabinetCrumb,
        { text: 'Сборы', href: '/campaigns' },
        { text: campaignName(campaign), href: `/campaigns/${campaign.id}` },
        { text: 'Напоминание' },
      ]}
      help={{ href: '/guide/sbory', text: 'напоминания' }}
    >
      <Confirmation
        action={`/campaigns/${campaign.id}/reminders`}
        submit="Напомнить"
        cancel={{ text: 'Не напоминать', href: `/campaigns/${campaign.id}` }}
      >
        <Text>
          {`Не отправлено: ${counted(untouched + filling + refused, reportForms)}. Срок — ${formatDate(campaign.deadline, ctx.timeZone)}, ${formatDue(campaign.deadline, new Date(), ctx.timeZone)}.`}
        </Text>
        <Text>
          Ответственные и сотрудники этих организаций получат сообщение и письмо. Об одном отчёте — не чаще раза в день;
          тем, кто отчёт отправил, напоминание не придёт.
        </Text>
      </Confirmation>
    </Page>
  )
}
