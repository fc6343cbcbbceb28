/** The page of a report, as manual 2, section 3 walks through it. */
import {
  Button,
  Card,
  Columns,
  FileField,
  Form,
  formatDate,
  formatDateTime,
  formatFileSize,
  formatTime,
  List,
  ListItem,
  Muted,
  Note,
  Page,
  Stack,
  Text,
  TextArea,
} from '../../../../web/kit/index.ts'
import {
  type CheckLevel,
  CheckResults,
  cellHref,
  placeText,
  ReportContents,
  sectionHref,
  warningHref,
} from '../../../../web/report/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { ExtensionHistory } from '../campaigns/extensions.card.tsx'
import { HintList } from '../checking/hints.page.tsx'
import { StaleNote } from '../pulls/stale.page.tsx'
import { Bar } from './report.bar.tsx'
import { SectionPart, type Unsaved } from './report.section.tsx'
import type { ReportView } from './report.view.ts'
import { sectionTitle } from './report.words.ts'
import { reportTitle } from './reports.ts'

export type ReportPageProps = {
  ctx: PageContext
  view: ReportView
  /** Only errors, only warnings, or only what is not explained. */
  level?: CheckLevel | undefined
  /** Why what was asked has not been done. */
  message?: string | undefined
  unsaved?: Unsaved | undefined
  /** Of a section too large to be drawn as fields at once; from 1. */
  part?: number | undefined
  /** What was typed into the fields below the section, to be shown again. */
  comment?: string | undefined
}

export function ReportPage({ ctx, view, level, message, unsaved, comment, part }: ReportPageProps) {
  const { shown, section, form } = view
  const organisation = shown.organisation
  const failed = message !== undefined || (unsaved?.refused.length ?? 0) > 0
  return (
    <Page
      title={`${reportTitle(shown)}, ${sectionTitle(form, section)}`}
      frame={ctx.frame}
      wide
      hasErrors={failed}
      menuBar={<Bar ctx={ctx} view={view} />}
      crumbs={[
        { text: 'Мой профиль', href: '/cabinet' },
        { text: organisation.shortName, href: `/organisations/${organisation.id}` },
        { text: 'Отчеты о деятельности', href: `/organisations/${organisation.id}#reports` },
        { text: reportTitle(shown) },
      ]}
      // What has not been saved stands in the fields alone: the grid's script begins with what has.
      scripts={
        view.current && !unsaved && ctx.frame.assets.islands?.['report-grid']
          ? [ctx.frame.assets.islands['report-grid']]
          : []
      }
    >
      <Columns shape="contents">
        <ReportContents form={form} fill={view.fill} problems={view.outcome?.problems ?? []} section={section} />
        <Stack>
          {message ? (
            <Note tone="bad" live="alert">
              {message}
            </Note>
          ) : null}
          <StateNote ctx={ctx} view={view} />
          <ExtensionHistory extensions={view.extensions} zone={ctx.timeZone} />
          <StaleNote view={view} />
          <SectionPart ctx={ctx} view={view} unsaved={unsaved} part={part} />
          <CheckResults
            form={form}
            outcome={view.outcome}
            section={section}
            level={level}
            checked={view.outcome ? `Проверено ${formatDateTime(view.outcome.checkedAt, ctx.timeZone)}` : ''}
            next={nextWords(view)}
            explainHref={view.may.fill ? (problem) => warningHref(shown.id, section, problem) : undefined}
            levelHref={(only) => `${sectionHref(section)}${only ? `&level=${only}` : ''}#checks`}
          />
          <HintList view={view} />
          <Columns shape="half">
            <Comments ctx={ctx} view={view} typed={comment} />
            <Attachments ctx={ctx} view={view} />
          </Columns>
        </Stack>
      </Columns>
    </Page>
  )
}

function StateNote({ ctx, view: { shown, comments, may } }: { ctx: PageContext; view: ReportView }) {
  switch (shown.state) {
    case 'draft':
      return null
    case 'refused':
      return (
        <Note tone="bad" icon="x" title={`Отклонено ${momentText(shown.refusedAt, ctx)}`}>
          <Text>
            «{shown.reason}» {authorOfRefusal(comments)} <a href="#comments">Ответить в комментариях</a>
          </Text>
          {may.fill ? <Text>Исправьте отчёт, сохраните его, выполните проверку и отправьте снова.</Text> : null}
        </Note>
      )
    case 'sent':
      return (
        <Note tone="wait" title={`Отправлен ${momentText(shown.sentAt, ctx)}`}>
          {may.decide
            ? 'Посмотрите разделы и результаты проверки, затем примите отчёт или верните его с причиной.'
            : 'Отчёт на проверке в вышестоящей организации, изменить его сейчас нельзя. О решении придёт сообщение и письмо.'}
        </Note>
      )
    case 'accepted':
      return (
        <Note tone="ok" title={`Принято ${momentText(shown.acceptedAt, ctx)}`}>
          Отчёт принят, больше ничего делать не нужно.
        </Note>
      )
  }
}

const momentText = (moment: string | null, ctx: PageContext): string =>
  moment ? `${formatDate(moment, ctx.timeZone)} в ${formatTime(moment, ctx.timeZone)}` : ''

function authorOfRefusal(comments: ReportView['comments']): string {
  const refusal = comments.find(({ kind }) => kind === 'refusal')
  return refusal ? `— ${refusal.author}` : ''
}

/** What to do next, where the check has nothing to say. */
function nextWords({ outcome, may }: ReportView): string {
  if (!outcome)
    return may.fill
      ? 'После последних изменений отчёт не проверялся. Нажмите «Выполнить проверку»: всё введённое сохранится.'
      : 'После последних изменений отчёт не проверялся.'
  if (outcome.unexplained > 0) return 'Предупреждения нужно пояснить: без этого отчёт не отправить.'
  return may.send ? 'Отчёт можно отправить.' : 'Все контроли сошлись.'
}

function Comments({ ctx, view, typed }: { ctx: PageContext; view: ReportView; typed?: string | undefined }) {
  const { comments, report, section, may } = view
  return (
    <Card
      title="Комментарии"
      id="comments"
      foot={
        may.comment ? (
          <Form action={`/reports/${report.id}/comments`} hidden={{ section }} draft={`comment-${report.id}`}>
            <Stack space="small">
              <TextArea name="text" label="Ваш комментарий" value={typed} maxLength={4000} />
              <Button size="small">Добавить комментарий</Button>
            </Stack>
          </Form>
        ) : undefined
      }
    >
      {comments.length === 0 ? (
        <Muted>Комментариев пока нет.</Muted>
      ) : (
        <List label="Комментарии">
          {comments.map((comment) => (
            <ListItem
              key={comment.id}
              top={[
                formatDateTime(comment.at, ctx.timeZone),
                [comment.author, comment.authorOrganisation].filter(Boolean).join(', '),
                comment.kind === 'refusal' ? 'причина отклонения' : undefined,
              ]}
            >
              {comment.cell ? (
                <Text>
                  <a href={cellHref(comment.cell, section)}>{placeText(view.form, comment.cell)}</a>
                </Text>
              ) : null}
              <Text>{comment.text}</Text>
            </ListItem>
          ))}
        </List>
      )}
    </Card>
  )
}

function Attachments({ ctx, view }: { ctx: PageContext; view: ReportView }) {
  const { attachments, report, section, may } = view
  return (
    <Card
      title="Приложения"
      id="attachments"
      foot={
        may.fill ? (
          <Form action={`/reports/${report.id}/attachments`} hidden={{ section }} files>
            <Stack space="small">
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
      {attachments.length === 0 ? (
        <Muted>Файлов пока нет.</Muted>
      ) : (
        <List label="Приложения">
          {attachments.map((file) => (
            <ListItem
              key={file.id}
              title={file.name}
              href={`/reports/${report.id}/attachments/${file.id}`}
              under={[formatFileSize(file.size), formatDate(file.addedAt, ctx.timeZone), file.addedBy]}
              end={
                may.fill ? (
                  <Form action={`/reports/${report.id}/attachments/${file.id}/removal`} hidden={{ section }}>
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
    </Card>
  )
}
