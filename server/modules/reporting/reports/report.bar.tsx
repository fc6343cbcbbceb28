/** The report's menu bar: its name, contents, actions, attachments, comments, the state in the right corner, the next step. */
import {
  Badge,
  Button,
  Count,
  formatDate,
  LinkButton,
  Menu,
  type MenuEntry,
  ReportBar,
  Under,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { People } from '../presence/people.tsx'
import { reportStates, stateTones } from '../reporting.phrases.ts'
import type { ReportView } from './report.view.ts'
import { reportTitle } from './reports.ts'

/** Id of the form that holds the section's cells; buttons elsewhere on the page send it. */
export const sectionForm = 'section-form'

export const reportAddress = (id: string, section?: string): string =>
  section === undefined ? `/reports/${id}` : `/reports/${id}?section=${encodeURIComponent(section)}`

type StateBadgeProps = { state: ReportView['shown']['state']; level?: string | null | undefined }

/** The state in the manual's words, and at which step of acceptance, where the form has steps. */
export function StateBadge({ state, level }: StateBadgeProps) {
  const badge = (
    <Badge tone={stateTones[state]} icon={state === 'draft' ? 'pen' : undefined} text={reportStates[state]} />
  )
  return level ? (
    <>
      {badge}
      <Under>{`уровень: ${level}`}</Under>
    </>
  ) : (
    badge
  )
}

export function Bar({ ctx, view }: { ctx: PageContext; view: ReportView }) {
  const { shown, attachments, comments } = view
  const unread = comments.filter((comment) => comment.unread).length
  return (
    <ReportBar
      title={reportTitle(shown)}
      under={shown.organisation.shortName}
      term={`срок ${formatDate(shown.campaign.deadline, ctx.timeZone)}`}
      help={
        view.may.decide
          ? { href: '/guide/proverka', text: 'проверка отчётов' }
          : { href: '/guide/otchety', text: 'заполнение отчёта' }
      }
      state={
        <>
          <People people={view.visit.people} />
          <StateBadge state={shown.state} level={shown.level?.name} />
        </>
      }
    >
      <LinkButton size="small" kind="quiet" href="#contents">
        Оглавление
      </LinkButton>
      <Menu text="Действия" size="small" kind="quiet" items={actions(view)} />
      <LinkButton size="small" kind="quiet" href="#attachments">
        Приложения <Count value={attachments.length} />
      </LinkButton>
      <LinkButton size="small" kind="quiet" href="#comments">
        Комментарии {unread > 0 ? <Count value={unread} tone="hot" unit="новых" /> : <Count value={comments.length} />}
      </LinkButton>
      <NextStep view={view} />
    </ReportBar>
  )
}

function actions({ report, may, section, form: { template } }: ReportView): MenuEntry[] {
  const form = { form: sectionForm, name: 'do' }
  return [
    ...(may.fill ? [{ ...form, text: 'Сохранить', icon: 'save' as const, value: 'save' }] : []),
    may.fill
      ? { ...form, text: 'Выполнить проверку', icon: 'check', value: 'check' }
      : {
          text: 'Выполнить проверку',
          icon: 'check',
          post: `/reports/${report.id}/sections/${encodeURIComponent(section)}/check`,
        },
    ...(may.send ? [{ ...form, text: 'Отправить отчет', icon: 'send' as const, value: 'send' }] : []),
    ...(may.decide
      ? [
          { text: 'Принять', icon: 'check' as const, href: `/reports/${report.id}/acceptance` },
          { text: 'Отклонить', icon: 'x' as const, href: `/reports/${report.id}/refusal` },
          { text: 'Замечания к ячейкам', icon: 'pen' as const, href: `/reports/${report.id}/remarks` },
        ]
      : []),
    'line',
    ...files(report.id, may.fill),
    'line',
    ...(template.signature === 'qualified'
      ? [{ text: 'Подпись', icon: 'check' as const, href: `/reports/${report.id}/signature` }]
      : []),
    { text: 'Отправленные представления', icon: 'send', href: `/reports/${report.id}/submissions` },
    { text: 'История изменений', icon: 'history', href: `/reports/${report.id}/changes` },
    { text: 'Сравнить', icon: 'history', href: `/reports/${report.id}/comparison` },
  ]
}

/** The report as a file, out and in. */
const files = (id: string, mayFill: boolean): MenuEntry[] => [
  { text: 'Скачать книгу Excel', icon: 'download', href: `/reports/${id}/file.xlsx` },
  { text: 'Печатный бланк (PDF)', icon: 'download', href: `/reports/${id}/file.pdf` },
  { text: 'Скачать CSV', icon: 'download', href: `/reports/${id}/file.csv` },
  { text: 'Скачать XML Росстата', icon: 'download', href: `/reports/${id}/file.xml` },
  ...(mayFill ? [{ text: 'Загрузить из файла', icon: 'upload' as const, href: `/reports/${id}/import` }] : []),
]

/** One main button: what is to be done next. */
function NextStep({ view: { report, may, outcome } }: { view: ReportView }) {
  if (may.decide)
    return (
      <>
        <LinkButton size="small" href={`/reports/${report.id}/refusal`}>
          Отклонить
        </LinkButton>
        <LinkButton size="small" kind="main" href={`/reports/${report.id}/acceptance`}>
          Принять
        </LinkButton>
      </>
    )
  if (!may.fill) return null
  const clean = outcome !== undefined && outcome.errors === 0 && outcome.unexplained === 0
  return clean && may.send ? (
    <Button size="small" kind="main" form={sectionForm} name="do" value="send">
      Отправить отчет
    </Button>
  ) : (
    <Button size="small" kind="main" form={sectionForm} name="do" value="check">
      Выполнить проверку
    </Button>
  )
}
