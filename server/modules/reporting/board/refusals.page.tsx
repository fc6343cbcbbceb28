import type { Campaign } from '../../../../contracts/campaigns.ts'
import {
  Button,
  Card,
  counted,
  ErrorSummary,
  Form,
  FormEnd,
  LinkButton,
  List,
  ListItem,
  Note,
  Page,
  Stack,
  TextArea,
} from '../../../../web/kit/index.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { reportForms } from '../campaigns/campaigns.phrases.ts'

type RefusalsProps = {
  ctx: PageContext
  campaign: Campaign
  name: string
  chosen: readonly { id: string; organisation: string }[]
  failure?: FormFailure | undefined
}

/** Several reports go back with one reason: who they are is seen before it is sent. */
export function RefusalsPage({ ctx, campaign, name, chosen, failure }: RefusalsProps) {
  const problems = failure?.problems ?? []
  return (
    <Page
      title="Отклонить отчёты"
      lead="Каждая организация прочитает эту причину как свою. Замечания к отдельным ячейкам пишут на странице отчёта."
      frame={ctx.frame}
      crumbs={[
        { text: 'Мой профиль', href: '/cabinet' },
        { text: 'Сборы', href: '/campaigns' },
        { text: name, href: `/campaigns/${campaign.id}` },
        { text: 'Отклонение' },
      ]}
      help={{ href: '/guide/sbory', text: 'ход сбора' }}
      hasErrors={failure !== undefined}
    >
      <Stack>
        <ErrorSummary title="Отчёты не отклонены" errors={problems} />
        {failure?.message ? (
          <Note tone="bad" live="alert">
            {failure.message}
          </Note>
        ) : null}
        <Card>
          <Form
            action={`/campaigns/${campaign.id}/refusals`}
            hidden={{ reports: chosen.map(({ id }) => id).join(' ') }}
          >
            <TextArea
              name="reason"
              label="Причина"
              hint="Что исправить. Организации увидят её такой, как вы написали"
              maxLength={2000}
              value={failure?.values.reason}
              error={problems.find(({ field }) => field === 'reason')?.text}
            />
            <FormEnd>
              <Button kind="main">Отклонить отчёты</Button>
              <LinkButton kind="quiet" href={`/campaigns/${campaign.id}`}>
                Не отклонять
              </LinkButton>
            </FormEnd>
          </Form>
        </Card>
        <Card title={`Какие: ${counted(chosen.length, reportForms)}`}>
          <List label="Отчёты, которые отклоняют">
            {chosen.map(({ id, organisation }) => (
              <ListItem key={id} title={organisation} href={`/reports/${id}`} />
            ))}
          </List>
        </Card>
      </Stack>
    </Page>
  )
}
