/** A campaign before it is opened: what it will be and who will be asked. */
import type { AudiencePreview, Campaign } from '../../../../contracts/campaigns.ts'
import {
  Badge,
  Button,
  Card,
  cabinetCrumb,
  Facts,
  Form,
  formatDate,
  LinkButton,
  Page,
  Row,
  Stack,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { campaignStateNames, campaignTones } from './campaigns.phrases.ts'
import { Preview } from './preview.card.tsx'
import { remindersInWords } from './reminder.words.ts'

type DraftProps = { ctx: PageContext; campaign: Campaign; preview: AudiencePreview | undefined; page: number }

export function DraftPage({ ctx, campaign, preview, page }: DraftProps) {
  const { id, form, title, state, deadline, opensAt, reminderDays, regular } = campaign
  const name = `${form.cipher} за ${title}`
  return (
    <Page
      title={`Сбор ${name}`}
      lead="Организации ещё ничего не знают о сборе. Проверьте, кто отчитывается, и откройте его."
      frame={ctx.frame}
      crumbs={[cabinetCrumb, { text: 'Сборы', href: '/campaigns' }, { text: name }]}
      help={{ href: '/guide/sbory', text: 'новый сбор' }}
    >
      <Stack>
        <Card>
          <Stack space="small">
            <Facts
              facts={[
                ['Состояние', <Badge key="state" tone={campaignTones[state]} text={campaignStateNames[state]} />],
                ['Форма', `${form.cipher}, версия ${form.version}`],
                ['Период', title],
                ['Срок для организаций', formatDate(deadline, ctx.timeZone)],
                ['Открыть', opensAt ? formatDate(opensAt, ctx.timeZone) : 'сразу, как нажмёте «Открыть сбор»'],
                ['Напоминания', remindersInWords(reminderDays)],
                ['За следующий период', regular ? 'черновик появится сам' : 'повторяется вручную'],
              ]}
            />
            {preview ? (
              <Row>
                <Form action={`/campaigns/${id}/opening`}>
                  <Button>
                    {opensAt && new Date(opensAt) > new Date() ? 'Открыть в назначенный день' : 'Открыть сбор'}
                  </Button>
                </Form>
                <LinkButton icon="pen" href={`/campaigns/${id}/edit`}>
                  Изменить
                </LinkButton>
                <Form action={`/campaigns/${id}/deletion`}>
                  <Button kind="quiet">Удалить черновик</Button>
                </Form>
              </Row>
            ) : null}
          </Stack>
        </Card>
        {preview ? (
          <Preview
            preview={preview}
            open={false}
            page={page}
            href={(number) => `/campaigns/${id}${number > 1 ? `?page=${number}` : ''}#audience`}
          />
        ) : null}
      </Stack>
    </Page>
  )
}
