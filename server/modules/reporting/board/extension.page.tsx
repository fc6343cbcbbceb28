import type { Campaign } from '../../../../contracts/campaigns.ts'
import {
  Button,
  Card,
  counted,
  DateField,
  ErrorSummary,
  Form,
  FormEnd,
  formatDate,
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

type ExtensionProps = {
  ctx: PageContext
  campaign: Campaign
  name: string
  chosen: readonly { id: string; organisation: string }[]
  failure?: FormFailure | undefined
}

export function ExtensionPage({ ctx, campaign, name, chosen, failure }: ExtensionProps) {
  const problems = failure?.problems ?? []
  const errorOf = (field: string) => problems.find((problem) => problem.field === field)?.text
  return (
    <Page
      title="Продлить срок"
      lead={`Сбор ${name}, общий срок — ${formatDate(campaign.deadline, ctx.timeZone)}. Новый срок подействует только на выбранные отчёты.`}
      frame={ctx.frame}
      crumbs={[
        { text: 'Мой профиль', href: '/cabinet' },
        { text: 'Сборы', href: '/campaigns' },
        { text: name, href: `/campaigns/${campaign.id}` },
        { text: 'Продление срока' },
      ]}
      help={{ href: '/guide/sbory', text: 'продление срока' }}
      hasErrors={failure !== undefined}
    >
      <Stack>
        <ErrorSummary title="Срок не продлён" errors={problems} />
        {failure?.message ? (
          <Note tone="bad" live="alert">
            {failure.message}
          </Note>
        ) : null}
        <Card>
          <Form
            action={`/campaigns/${campaign.id}/extensions`}
            hidden={{ reports: chosen.map(({ id }) => id).join(' ') }}
          >
            <DateField
              name="until"
              label="Новый срок"
              hint="ДД.ММ.ГГГГ, до конца дня"
              value={failure?.values.until}
              error={errorOf('until')}
            />
            <TextArea
              name="reason"
              label="Причина"
              hint="Организации увидят её такой, как вы написали"
              maxLength={1000}
              value={failure?.values.reason}
              error={errorOf('reason')}
            />
            <FormEnd>
              <Button kind="main">Продлить срок</Button>
              <LinkButton kind="quiet" href={`/campaigns/${campaign.id}`}>
                Не продлевать
              </LinkButton>
            </FormEnd>
          </Form>
        </Card>
        <Card title={`Кому: ${counted(chosen.length, reportForms)}`}>
          <List label="Организации, которым продлевают срок">
            {chosen.map(({ id, organisation }) => (
              <ListItem key={id} title={organisation} href={`/reports/${id}`} />
            ))}
          </List>
        </Card>
      </Stack>
    </Page>
  )
}
