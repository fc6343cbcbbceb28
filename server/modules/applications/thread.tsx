/** What the applicant says and puts with its application. */
import {
  Button,
  Card,
  FileField,
  Form,
  FormEnd,
  formatFileSize,
  List,
  ListItem,
  Muted,
  Note,
  Stack,
  TextArea,
} from '../../../web/kit/index.ts'
import type { FormFailure } from '../../kernel/http/index.ts'
import { acceptedFiles } from './application-files.ts'
import type { StepRow } from './steps.queries.ts'
import type { ApplicationView } from './viewing.ts'

type AnswerProps = {
  action: string
  steps: readonly StepRow[]
  failure: FormFailure | undefined
  hidden?: Record<string, string>
}

export function AnswerForm({ action, steps, failure, hidden }: AnswerProps) {
  const question = steps.findLast(({ kind }) => kind === 'asked')?.text
  return (
    <Card title="Вопрос к вам">
      <Stack>
        <Note tone="warn">{question}</Note>
        <Form action={action} label="Ответ на вопрос" hidden={hidden}>
          <TextArea
            name="text"
            label="Ваш ответ"
            hint="После ответа заявку рассматривают дальше"
            value={failure?.values.text}
            error={failure?.problems.find(({ field }) => field === 'text')?.text}
            maxLength={2000}
          />
          <FormEnd>
            <Button kind="main">Ответить</Button>
          </FormEnd>
        </Form>
      </Stack>
    </Card>
  )
}

export function FilesCard({
  application,
  failure,
}: {
  application: ApplicationView
  failure: FormFailure | undefined
}) {
  const { id, files, mayAdd } = application
  if (files.length === 0 && !mayAdd) return null
  return (
    <Card title="Файлы">
      <Stack space="small">
        {files.length === 0 ? (
          <Muted>Файлов нет. Приложите приказ, выписку или другой документ, если он нужен для решения.</Muted>
        ) : (
          <List label="Файлы заявки">
            {files.map((file) => (
              <ListItem
                key={file.id}
                title={file.name}
                href={`/applications/${id}/files/${file.id}`}
                under={[formatFileSize(Number(file.size))]}
              />
            ))}
          </List>
        )}
        {mayAdd ? (
          <Form action={`/applications/${id}/files`} label="Приложить файл" files>
            <FileField
              name="file"
              label="Файл"
              hint="PDF, JPG, PNG, документ или таблица, до 5 МБ"
              accept={acceptedFiles}
              error={failure?.problems.find(({ field }) => field === 'file')?.text}
            />
            <FormEnd>
              <Button size="small">Приложить</Button>
            </FormEnd>
          </Form>
        ) : null}
      </Stack>
    </Card>
  )
}
