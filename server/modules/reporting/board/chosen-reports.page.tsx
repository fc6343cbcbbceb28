import type { Campaign } from '../../../../contracts/campaigns.ts'
import {
  Button,
  Card,
  type Children,
  cabinetCrumb,
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

export type ChosenReports = {
  ctx: PageContext
  campaign: Campaign
  name: string
  chosen: readonly { id: string; organisation: string }[]
  failure?: FormFailure | undefined
}

type Deed = {
  title: string
  lead: string
  /** Last of the crumbs. */
  crumb: string
  help: string
  failed: string
  /** Last part of the address that it is posted to. */
  post: string
  reason: { hint: string; most: number }
  button: string
  cancel: string
  whom: string
  list: string
  /** Fields before the reason. */
  children?: Children
}

/** What is done to several reports of the board at once, with one reason: who they are is seen before it is sent. */
export function ChosenReportsPage({ ctx, campaign, name, chosen, failure, ...deed }: ChosenReports & Deed) {
  const problems = failure?.problems ?? []
  return (
    <Page
      title={deed.title}
      lead={deed.lead}
      frame={ctx.frame}
      crumbs={[
        cabinetCrumb,
        { text: 'Сборы', href: '/campaigns' },
        { text: name, href: `/campaigns/${campaign.id}` },
        { text: deed.crumb },
      ]}
      help={{ href: '/guide/sbory', text: deed.help }}
      hasErrors={failure !== undefined}
    >
      <Stack>
        <ErrorSummary title={deed.failed} errors={problems} />
        {failure?.message ? (
          <Note tone="bad" live="alert">
            {failure.message}
          </Note>
        ) : null}
        <Card>
          <Form
            action={`/campaigns/${campaign.id}/${deed.post}`}
            hidden={{ reports: chosen.map(({ id }) => id).join(' ') }}
          >
            {deed.children}
            <TextArea
              name="reason"
              label="Причина"
              hint={deed.reason.hint}
              maxLength={deed.reason.most}
              value={failure?.values.reason}
              error={problems.find(({ field }) => field === 'reason')?.text}
            />
            <FormEnd>
              <Button kind="main">{deed.button}</Button>
              <LinkButton kind="quiet" href={`/campaigns/${campaign.id}`}>
                {deed.cancel}
              </LinkButton>
            </FormEnd>
          </Form>
        </Card>
        <Card title={`${deed.whom}: ${counted(chosen.length, reportForms)}`}>
          <List label={deed.list}>
            {chosen.map(({ id, organisation }) => (
              <ListItem key={id} title={organisation} href={`/reports/${id}`} />
            ))}
          </List>
        </Card>
      </Stack>
    </Page>
  )
}
