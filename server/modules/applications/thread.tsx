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
import type { FileRow, StepRow } from './steps.queries.ts'

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

type FilesProps = {
  files: readonly FileRow[]
  hrefOf: (fileId: string) => string
  /** Where a file is sent; absent: none can be put any more. */
  action: string | undefined
  hidden?: Record<string, string>
  failure: FormFailure | undefined
}

export function FilesCard({ files, hrefOf, action, hidden, failure }: FilesProps) {
  if (files.length === 0 && !action) return null
  return (
    <Card title="Файлы">
      <Stack space="small">
        {files.length === 0 ? (
          <Muted>Файлов нет. Приложите приказ, выписку или другой документ, если он нужен для решения.</Muted>
        ) : (
          <List label="Файлы заявки">
            {files.map(({ id, name, size }) => (
              <ListItem key={id} title={name} href={hrefOf(id)} under={[formatFileSize(Number(size))]} />
            ))}
          </List>
        )}
        {action ? (
          <Form action={action} label="Приложить файл" hidden={hidden} files>
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
