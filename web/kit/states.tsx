import { Button, LinkButton } from './buttons.tsx'
import { formatTimeLeft } from './dates.ts'
import { Form } from './form.tsx'
import { Icon, type IconName } from './icons.tsx'
import { formatPercent, tied } from './text.ts'
import type { Children } from './types.ts'

export interface EmptyStateProps {
  title: string
  icon?: IconName
  /** why it is empty and what to do next */
  children: Children
  /** buttons and links: what to do next */
  actions?: Children
}

/**
 * Says why there is nothing, and what to do. A dashed sheet on the ground of a page; inside a card, lines beside a sign.
 * Its title is no heading: it is all that its part of the page says.
 */
export function EmptyState({ title, icon = 'folder', children, actions }: EmptyStateProps) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <p class="empty-title">{tied(title)}</p>
      <p>{tied(children)}</p>
      {actions ? <div class="row">{actions}</div> : null}
    </div>
  )
}

export interface ErrorPageProps {
  status: number
  /** why, and what to do */
  children: Children
  actions?: Children
  /** what support asks for */
  requestId?: string
  /** told moment with its zone */
  moment?: string
}

/** The body of an error page; the page's own heading says what happened. */
export function ErrorPage({ status, children, actions, requestId, moment }: ErrorPageProps) {
  return (
    <div class="card error-page">
      <p class="error-status" aria-hidden="true">
        {status}
      </p>
      <div class="stack-s">
        {typeof children === 'string' ? <p>{tied(children)}</p> : children}
        {requestId ? (
          <p>
            Номер для поддержки: <code>{requestId}</code> {moment ? <span class="quiet nowrap">{moment}</span> : null}
          </p>
        ) : null}
        <div class="row">
          {actions ?? (
            <>
              <LinkButton href="/">На главную</LinkButton>
              <a href="/support">Техническая поддержка</a>
            </>
          )}
        </div>
      </div>
    </div>
  )
}

export interface ProgressProps {
  value: number
  max: number
  /** what is going on: «Заполнено 85-К» */
  label: string
  /** under the bar: «412 из 446» */
  text?: string
}

/** A thin bar with words under it, for a table cell or a list. */
export function Progress({ value, max, label, text }: ProgressProps) {
  return (
    <>
      <progress class="bar" value={value} max={max} aria-label={label} />
      {text ? <small class="under">{text}</small> : null}
    </>
  )
}

/** A part of a page that a script fetches anew while work goes on; when it is gone from the page, all of it is opened anew. */
export const Renewed = ({ seconds, children }: { seconds: number; children: Children }) => (
  <div data-renew={seconds}>{children}</div>
)

export interface WorkProgressProps {
  title: string
  value: number
  max: number
  /** «212 из 343 отчётов» */
  text: string
  secondsLeft?: number
  actions?: Children
}

/** A long work: how far, how long yet, and that the page may be left. */
export function WorkProgress({ title, value, max, text, secondsLeft, actions }: WorkProgressProps) {
  return (
    <div class="card stack-s">
      <div class="row row-end">
        <h3 id="work">{tied(title)}</h3>
        <span class="num">{formatPercent(max > 0 ? value / max : 0)}</span>
      </div>
      <progress class="bar" value={value} max={max} aria-labelledby="work" />
      <p class="quiet" role="status">
        {text}
        {secondsLeft === undefined ? '' : `, осталось ${formatTimeLeft(secondsLeft)}`}. Страницу можно закрыть:
        сообщение придёт в кабинет.
      </p>
      {actions ? <div class="row">{actions}</div> : null}
    </div>
  )
}

/** Lines that will come: an island shows them while it loads. */
export function Loading({ label }: { label: string }) {
  return (
    <div class="card" aria-busy="true">
      <p class="vh" role="status">
        {label}
      </p>
      <div class="stack" aria-hidden="true">
        <span class="ghost g-1" />
        <span class="ghost g-4" />
        <span class="ghost g-2" />
        <span class="ghost g-3" />
      </div>
    </div>
  )
}

export interface ConfirmationProps {
  /** where the yes goes */
  action: string
  /** the deed itself: «Удалить курс», never «Да» */
  submit: string
  /** «Не удалять» */
  cancel: { text: string; href: string }
  /** it destroys or refuses */
  bad?: boolean
  hidden?: Readonly<Record<string, string | undefined>>
  once?: string
  /** what will happen, to whom, and whether it can be undone; fields such as a reason */
  children: Children
}

/** A page before a deed that is hard to undo; its heading asks the question. */
export function Confirmation({ action, submit, cancel, bad, hidden, once, children }: ConfirmationProps) {
  return (
    <div class="card confirmation">
      <Form action={action} hidden={hidden} once={once}>
        <div class="stack-s">{typeof children === 'string' ? <p>{tied(children)}</p> : children}</div>
        <div class="form-end">
          <Button kind={bad ? 'bad' : 'main'}>{submit}</Button>
          <LinkButton kind="quiet" href={cancel.href}>
            {cancel.text}
          </LinkButton>
        </div>
      </Form>
    </div>
  )
}
