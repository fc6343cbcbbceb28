/** The page of a report, as manual 2, section 3 walks through it. */
import {
  Columns,
  cabinetCrumb,
  formatDate,
  formatDateTime,
  formatTime,
  Note,
  Page,
  Stack,
  Text,
} from '../../../../web/kit/index.ts'
import {
  type CheckLevel,
  CheckResults,
  ReportContents,
  sectionHref,
  warningHref,
} from '../../../../web/report/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { ExtensionHistory } from '../campaigns/extensions.card.tsx'
import { HintList } from '../checking/hints.page.tsx'
import { RemarksCard } from '../decisions/remarks.card.tsx'
import { AttachmentsCard } from '../discussion/attachments.card.tsx'
import { CommentsCard } from '../discussion/comments.card.tsx'
import { ChangedSince } from '../presence/people.tsx'
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
        cabinetCrumb,
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
          <ChangedSince ctx={ctx} reportId={shown.id} visit={view.visit} />
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
          <RemarksCard view={view} />
          <Columns shape="half">
            <CommentsCard
              ctx={ctx}
              form={form}
              reportId={shown.id}
              section={section}
              comments={view.comments}
              concerned={view.concerned}
              mayComment={view.may.comment}
              typed={comment}
            />
            <AttachmentsCard
              ctx={ctx}
              reportId={shown.id}
              section={section}
              attachments={view.attachments}
              demanded={view.demanded}
              mayFill={view.may.fill}
            />
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
          {shown.level ? <Text>{`Отклонено на уровне «${shown.level.name}».`}</Text> : null}
          {may.fill ? <Text>Исправьте отчёт, сохраните его, выполните проверку и отправьте снова.</Text> : null}
        </Note>
      )
    case 'sent':
      return (
        <Note
          tone="wait"
          title={`Отправлен ${momentText(shown.sentAt, ctx)}${shown.level ? `, уровень: ${shown.level.name}` : ''}`}
        >
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
