import type { BulkReportsOutcome } from '../../../../contracts/campaigns.ts'
import { counted, List, ListItem, Note } from '../../../../web/kit/index.ts'
import { reportForms } from '../campaigns/campaigns.phrases.ts'

export type After =
  | { accepted: BulkReportsOutcome }
  | { refused: BulkReportsOutcome }
  | { reminded: number }
  | { message: string }

/** What became of an act about many. */
export function Told({ after }: { after: After }) {
  if ('message' in after)
    return (
      <Note tone="bad" live="alert">
        {after.message}
      </Note>
    )
  if ('reminded' in after)
    return (
      <Note tone="ok" title={`Напоминания: ${counted(after.reminded, reportForms)}`} live="status">
        {after.reminded > 0
          ? 'Ответственные получат сообщение и письмо. Тем, кто отчёт отправил, напоминание не придёт.'
          : 'Напоминать некому: отчёты отправлены, или сегодня о них уже напоминали.'}
      </Note>
    )
  const { outcome, did, failedLabel } =
    'accepted' in after
      ? { outcome: after.accepted, did: 'Принято', failedLabel: 'Не приняты' }
      : { outcome: after.refused, did: 'Возвращено с причиной', failedLabel: 'Не возвращены' }
  const { done, failed } = outcome
  return (
    <Note tone={failed.length > 0 ? 'warn' : 'ok'} title={`${did}: ${counted(done.length, reportForms)}`} live="status">
      {failed.length > 0 ? (
        <List label={failedLabel}>
          {failed.map(({ id, organisation, problem }) => (
            <ListItem key={id} title={organisation || 'Отчёт'} href={`/reports/${id}`}>
              {problem}
            </ListItem>
          ))}
        </List>
      ) : (
        'Организации узнают об этом из сообщений и писем.'
      )}
    </Note>
  )
}
