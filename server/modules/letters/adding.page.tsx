/** The draft of an application to add an organisation, beside its letter. */
import type { LetterView } from '../../../contracts/letters.ts'
import {
  Badge,
  Button,
  Card,
  ErrorSummary,
  Form,
  FormEnd,
  Muted,
  Note,
  Stack,
  TextField,
} from '../../../web/kit/index.ts'
import type { FormFailure } from '../../kernel/http/index.ts'
import { Fields } from '../applications/index.ts'
import type { AddingDraft } from './adding.ts'
import { Mark } from './letter.marks.tsx'

type Props = { letter: LetterView; draft: AddingDraft; failure: FormFailure | undefined }

export function AddingCard({ letter, draft, failure }: Props) {
  const { adding } = letter.understanding
  const values = { ...draft.values, ...failure?.values }
  const problems = failure?.problems ?? []
  const problemOf = (field: string) => problems.find((problem) => problem.field === field)?.text
  const fields = draft.fields.map((field) => ({ ...field, after: markOf(field.name, adding, field.optional) }))
  return (
    <Card title="Черновик заявки: добавление организации">
      <Stack>
        {draft.similar.length > 0 ? (
          <Note tone="warn" title="Похожая организация уже есть в реестре">
            <ul>
              {draft.similar.slice(0, 3).map(({ id, shortName }) => (
                <li key={id}>
                  <a href={`/organisations/${id}`}>{shortName}</a>
                </li>
              ))}
            </ul>
          </Note>
        ) : null}
        <Form action={`/letters/${letter.id}/application`} label="Добавление организации">
          {failure?.message ? (
            <Note tone="bad" live="alert" title="Заявка не подана">
              {failure.message}
            </Note>
          ) : failure ? (
            <ErrorSummary title="Заявка не подана" errors={problems.map(({ field, text }) => ({ field, text }))} />
          ) : null}
          <Stack>
            <TextField
              name="applicantName"
              label="Кто просит"
              value={values.applicantName}
              error={problemOf('applicantName')}
              autocomplete="off"
              after={<Mark found={Boolean(draft.values.applicantName)} sure={adding?.sure.contact === true} />}
            />
            <TextField
              name="applicantEmail"
              label="Почта, на которую ответить"
              check="email"
              value={values.applicantEmail}
              error={problemOf('applicantEmail')}
              autocomplete="off"
              after={<Mark found={Boolean(draft.values.applicantEmail)} sure={draft.proved} />}
            />
            <Fields fields={fields} values={values} errors={problems} />
          </Stack>
          <FormEnd>
            {draft.proved ? (
              <Button kind="main" name="outcome" value="granting">
                Добавить в реестр
              </Button>
            ) : null}
            <Button {...(draft.proved ? {} : { kind: 'main' as const })} name="outcome" value="submission">
              {draft.proved ? 'Только подать заявку' : 'Подать заявку'}
            </Button>
          </FormEnd>
        </Form>
        <Muted>
          {draft.proved
            ? 'Добавленная организация сразу появится в реестре; отправитель получит ответ письмом.'
            : 'Отправитель получит письмо со ссылкой и подтвердит почту. После этого заявка встанет в очередь решений.'}
        </Muted>
      </Stack>
    </Card>
  )
}

/** The region is the operator's own; what may stay empty and is not in the letter needs no mark. */
function markOf(name: string, adding: LetterView['understanding']['adding'], optional = false) {
  const found = adding?.details[name] !== undefined
  if (name === 'regionCode') return <Badge text="ваш регион: проверьте" />
  if (!found && optional) return undefined
  return <Mark found={found} sure={adding?.sure[name] === true} />
}
