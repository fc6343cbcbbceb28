/** Before a reminder goes out: of what, to whom, and where there is nobody to remind. */
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
  type PluralForms,
  Stack,
  TextArea,
} from '../../../../../web/kit/index.ts'
import type { FormFailure, PageContext } from '../../../../kernel/http/index.ts'
import type { BoardPlace } from '../board.access.ts'
import { boardCrumbs } from '../board.parts.tsx'
import { figureForms, lateAddress, measureForms, regionForms } from '../board.words.ts'
import type { About, ReminderPreview } from './reminders.ts'

type ReminderProps = {
  ctx: PageContext
  place: BoardPlace
  about: About
  preview: ReminderPreview
  /** What of the choice the form sends again. */
  hidden: Readonly<Record<string, string | undefined>>
  failure?: FormFailure | undefined
}

const asking: Record<About, string> = { late: 'Напомнить о просроченном', figures: 'Напомнить ввести' }
const formsOf: Record<About, PluralForms> = { late: measureForms, figures: figureForms }

export function ReminderPage(props: ReminderProps) {
  const { ctx, place, about, preview, failure } = props
  const { id } = place.roadmap
  const { people, repeated } = preview
  return (
    <Page
      title={people.length > 0 ? `${asking[about]}: ${counted(preview.asked, formsOf[about])}?` : 'Напоминать некому'}
      lead={
        people.length > 0
          ? 'Каждый получит одно сообщение и письмо, в котором перечислено всё его. Об одном и том же напоминают не чаще раза в день.'
          : undefined
      }
      frame={ctx.frame}
      crumbs={boardCrumbs(
        place.roadmap,
        { text: 'Напоминания', href: `/roadmaps/${id}/board/reminders` },
        { text: 'Перед отправкой' },
      )}
      help={{ href: '/guide/dorozhnaya-karta#t-сводка-координатора', text: 'напоминания' }}
      hasErrors={failure !== undefined}
    >
      <Stack>
        <ErrorSummary title="Напоминание не отправлено" errors={failure?.problems ?? []} />
        {failure?.message ? (
          <Note tone="bad" live="alert">
            {failure.message}
          </Note>
        ) : null}
        <Missing preview={preview} />
        {repeated > 0 ? (
          <Note tone="wait" title={`Сегодня уже напоминали: ${counted(repeated, formsOf[about])}`}>
            О них сегодня не напомнят ещё раз.
          </Note>
        ) : null}
        {people.length > 0 ? (
          <Asking {...props} />
        ) : (
          <Card>
            <LinkButton href={lateAddress(id)}>Вернуться к списку</LinkButton>
          </Card>
        )}
      </Stack>
    </Page>
  )
}

const Missing = ({ preview: { withoutOperator } }: { preview: ReminderPreview }) =>
  withoutOperator.length === 0 ? null : (
    <Note
      tone="warn"
      title={`Нет оператора, напоминание никто не получит: ${counted(withoutOperator.length, regionForms)}`}
    >
      {`${withoutOperator.map(({ name }) => name).join(', ')}. Учётную запись оператора заводит администратор.`}
    </Note>
  )

function Asking({ place, about, preview, hidden, failure }: ReminderProps) {
  const { people } = preview
  return (
    <>
      <Card>
        <Form action={`/roadmaps/${place.roadmap.id}/board/reminders`} hidden={{ about, ...hidden }}>
          <TextArea
            name="words"
            label="Ваши слова"
            optional
            hint="Их прочитает каждый, кому придёт напоминание"
            maxLength={1000}
            value={failure?.values.words}
            error={failure?.problems.find(({ field }) => field === 'words')?.text}
          />
          <FormEnd>
            <Button kind="main" icon="bell">
              Напомнить
            </Button>
            <LinkButton kind="quiet" href={lateAddress(place.roadmap.id)}>
              Не напоминать
            </LinkButton>
          </FormEnd>
        </Form>
      </Card>
      <Card title="Кто получит" count={people.length}>
        <List label="Кто получит напоминание">
          {people.map(({ accountId, fullName, helper, regions, count }) => (
            <ListItem key={accountId} title={fullName}>
              {`${helper ? 'помощник оператора, ' : 'оператор, '}${regions.join(', ')} — ${counted(count, formsOf[about])}`}
            </ListItem>
          ))}
        </List>
      </Card>
    </>
  )
}
