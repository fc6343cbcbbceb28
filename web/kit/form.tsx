import { createContext } from 'preact'
import { fieldId } from './fields.tsx'
import { counted, tied } from './text.ts'
import type { Children } from './types.ts'

/** The page's guard against forged posts, so that forms need not be handed it one by one. */
export const CsrfContext = createContext<string>('')

export interface FormProps {
  /** the page itself when not given */
  action?: string
  /** lists search with `get`; everything that changes something is `post` */
  method?: 'post' | 'get'
  /** what a screen reader calls the form */
  label?: string
  id?: string
  /** the page's own when inside `Page`; an island passes it */
  csrf?: string
  /** one-time token: the server answers a second send of it with the first one's result; made here when not given */
  once?: string
  /** uploads files */
  files?: boolean
  /** keeps what is typed in this browser under the key until the server has it; never passwords */
  draft?: string
  /** sent as they are */
  hidden?: Readonly<Record<string, string | undefined>>
  onSubmit?: (event: SubmitEvent) => void
  children: Children
}

/** Sends once however often it is clicked, keeps a draft when asked, and is checked by the server, not the browser. */
export function Form(props: FormProps) {
  const { method = 'post', action, label, id, files, draft, hidden = {}, onSubmit, children } = props
  return (
    <form
      method={method}
      action={action}
      id={id}
      aria-label={label}
      enctype={files ? 'multipart/form-data' : undefined}
      data-draft={draft}
      noValidate
      onSubmit={onSubmit}
    >
      {method === 'post' ? <Guards csrf={props.csrf} once={props.once} /> : null}
      <HiddenFields fields={hidden} />
      {children}
    </form>
  )
}

/** The two hidden fields of every post. */
export function Guards({ csrf, once }: Pick<FormProps, 'csrf' | 'once'>) {
  return (
    <>
      <CsrfContext.Consumer>
        {(ofPage) => <input type="hidden" name="_csrf" value={csrf ?? ofPage} />}
      </CsrfContext.Consumer>
      <input type="hidden" name="_once" value={once ?? crypto.randomUUID()} />
    </>
  )
}

export function HiddenFields({ fields }: { fields: Readonly<Record<string, string | undefined>> }) {
  return (
    <>
      {Object.entries(fields).map(([name, value]) =>
        value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />,
      )}
    </>
  )
}

/** A part of a long form with its heading; the id is where a table of its parts leads. */
export function Group({
  id,
  title,
  lead,
  children,
}: {
  id: string
  title: string
  lead?: Children
  children: Children
}) {
  return (
    <section class="group" aria-labelledby={id}>
      <h2 id={id}>{tied(title)}</h2>
      {lead ? <p class="group-lead">{tied(lead)}</p> : null}
      {children}
    </section>
  )
}

/** The buttons of a form: the main one first. */
export function FormEnd({ children }: { children: Children }) {
  return <div class="form-end">{children}</div>
}

/** Fields that belong on one line: a period from and to. */
export function FieldRow({ children }: { children: Children }) {
  return <div class="field-row">{children}</div>
}

export interface FieldError {
  /** the field's name (or id, when it has one of its own) */
  field?: string
  text: string
}

export interface ErrorSummaryProps {
  /** «Заявка не отправлена»; how many fields to mend is added here */
  title: string
  errors: readonly FieldError[]
  /** said under the title; that nothing typed is lost, when not given */
  kept?: string
}

/** What went wrong, at the top of the form, each line leading to its field. Takes the focus when the page opens. */
export function ErrorSummary({ title, errors, kept = 'Всё, что вы ввели, осталось в полях.' }: ErrorSummaryProps) {
  if (errors.length === 0) return null
  return (
    <div class="summary" id="errors" role="alert" tabIndex={-1} aria-labelledby="errors-title" data-focus>
      <h2 id="errors-title">
        {tied(title)}: исправьте {counted(errors.length, ['поле', 'поля', 'полей'])}
      </h2>
      <p>{kept}</p>
      <ul>
        {errors.map(({ field, text }) => (
          <li key={`${field}${text}`}>{field ? <a href={`#${fieldId(field)}`}>{tied(text)}</a> : tied(text)}</li>
        ))}
      </ul>
    </div>
  )
}
