/** Files of a report: what its form demands, with what is missing, and what was added besides. */
import type { Attachment, DemandedAttachment } from '../../../../contracts/discussion.ts'
import {
  Badge,
  Button,
  Card,
  FileField,
  Form,
  formatDate,
  formatFileSize,
  List,
  ListItem,
  Muted,
  Note,
  Select,
  Stack,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'

type AttachmentsProps = {
  ctx: PageContext
  reportId: string
  section: string
  attachments: readonly Attachment[]
  demanded: readonly DemandedAttachment[]
  mayFill: boolean
}

export function AttachmentsCard({ ctx, reportId, section, attachments, demanded, mayFill }: AttachmentsProps) {
  const missing = demanded.filter(({ required, attached }) => required && !attached)
  return (
    <Card
      title="Приложения"
      id="attachments"
      foot={
        mayFill ? (
          <Form action={`/reports/${reportId}/attachments`} hidden={{ section }} files>
            <Stack space="small">
              {demanded.length > 0 ? (
                <Select
                  name="kind"
                  label="Что за файл"
                  value={(missing[0] ?? demanded.find(({ attached }) => !attached))?.code}
                  empty="Другое"
                  options={demanded.map(({ code, name }) => ({ value: code, text: name }))}
                />
              ) : null}
              <FileField
                name="file"
                label="Добавить файл"
                hint="PDF, PNG, JPG, docx, xlsx, odt или ods, не больше 5 МБ"
                accept=".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.pptx,.odt,.ods,.odp"
              />
              <Button size="small" icon="plus">
                Приложить
              </Button>
            </Stack>
          </Form>
        ) : undefined
      }
    >
      <Stack space="small">
        {missing.length > 0 ? (
          <Note tone="warn" title="Не хватает файлов">
            {mayFill ? 'Без них отчёт не отправить: приложите каждый, выбрав, что это за файл.' : undefined}
          </Note>
        ) : null}
        {demanded.length > 0 ? <Demanded demanded={demanded} /> : null}
        {attachments.length === 0 ? (
          <Muted>Файлов пока нет.</Muted>
        ) : (
          <List label="Приложения">
            {attachments.map((file) => (
              <ListItem
                key={file.id}
                title={file.name}
                href={`/reports/${reportId}/attachments/${file.id}`}
                under={[
                  demanded.find(({ code }) => code === file.kind)?.name,
                  formatFileSize(file.size),
                  formatDate(file.addedAt, ctx.timeZone),
                  file.addedBy,
                ]}
                end={
                  mayFill ? (
                    <Form action={`/reports/${reportId}/attachments/${file.id}/removal`} hidden={{ section }}>
                      <Button size="small" kind="quiet" icon="bin" about={file.name}>
                        Убрать
                      </Button>
                    </Form>
                  ) : undefined
                }
              />
            ))}
          </List>
        )}
      </Stack>
    </Card>
  )
}

function Demanded({ demanded }: { demanded: readonly DemandedAttachment[] }) {
  return (
    <List label="Какие файлы просит форма">
      {demanded.map(({ code, name, required, note, attached }) => (
        <ListItem
          key={code}
          title={name}
          under={[required ? 'обязательно' : 'если есть', note || undefined]}
          end={
            attached ? (
              <Badge tone="ok" text="Есть" />
            ) : (
              <Badge tone={required ? 'warn' : undefined} text={required ? 'Не хватает' : 'Нет'} />
            )
          }
        />
      ))}
    </List>
  )
}
