/** What a form held, and when: kept in this browser under `draft:<key>` until the server has it. */
interface Draft {
  at: number
  /** whose it is: another person at the same computer must not see it */
  person: string
  fields: [name: string, value: string][]
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

const PAUSE_MS = 500
const SENT = 'draft-sent'

/** Keeps what is typed in forms marked `data-draft`, and puts it back after a lost session or a closed tab. */
export function keepDrafts(): void {
  dropDraftOfAcceptedForm()
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-draft]')) keepDraft(form)
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return
    if (form.dataset.draft) stored(sessionStorage, (storage) => storage.setItem(SENT, draftKey(form)))
    // Nothing of one's own is left behind on a shared computer.
    if (form.action.endsWith('/sign-out')) stored(localStorage, dropAllDrafts)
  })
}

function keepDraft(form: HTMLFormElement): void {
  // After a refusal the server has sent back all that was typed: it is newer than the draft.
  if (!form.querySelector('[aria-invalid], .summary')) restoreDraft(form)
  let pause: ReturnType<typeof setTimeout> | undefined
  const save = () => {
    clearTimeout(pause)
    pause = undefined
    const draft: Draft = { at: Date.now(), person: personHere(), fields: fieldsOf(form) }
    stored(localStorage, (storage) => storage.setItem(draftKey(form), JSON.stringify(draft)))
  }
  form.addEventListener('input', () => {
    clearTimeout(pause)
    pause = setTimeout(save, PAUSE_MS)
  })
  addEventListener('pagehide', () => pause && save())
}

function restoreDraft(form: HTMLFormElement): void {
  const draft = readDraft(draftKey(form))
  if (!draft || draft.person !== personHere() || sameFields(draft.fields, fieldsOf(form))) return
  const names = new Set(draft.fields.map(([name]) => name))
  for (const control of controlsOf(form)) {
    const values = draft.fields.filter(([name]) => name === control.name).map(([, value]) => value)
    if (isTick(control)) control.checked = values.includes(control.value)
    else if (names.has(control.name)) control.value = values.shift() ?? control.value
  }
  sayRestored(form, draft.at)
}

function sayRestored(form: HTMLFormElement, at: number): void {
  const line = document.createElement('p')
  line.className = 'draft-line'
  line.setAttribute('role', 'status')
  const moment = new Date(at)
  const time = moment.toLocaleTimeString('ru', { hour: '2-digit', minute: '2-digit' })
  const today = moment.toDateString() === new Date().toDateString()
  line.textContent = `Восстановлено несохранённое от ${today ? '' : `${moment.toLocaleDateString('ru')}, `}${time}`
  const drop = document.createElement('button')
  drop.type = 'button'
  drop.className = 'btn btn-s btn-quiet'
  drop.textContent = 'Убрать'
  drop.onclick = () => {
    form.reset()
    stored(localStorage, (storage) => storage.removeItem(draftKey(form)))
    line.remove()
    controlsOf(form)[0]?.focus()
  }
  line.append(drop)
  form.prepend(line)
}

/** The page after a successful post is marked by its toast; any other answer leaves the draft where it is. */
function dropDraftOfAcceptedForm(): void {
  stored(sessionStorage, (session) => {
    const sent = session.getItem(SENT)
    if (sent && document.querySelector('[data-landed]')) localStorage.removeItem(sent)
    session.removeItem(SENT)
  })
}

function dropAllDrafts(storage: Storage): void {
  for (const key of Object.keys(storage)) if (key.startsWith('draft:')) storage.removeItem(key)
}

function readDraft(key: string): Draft | undefined {
  return stored(localStorage, (storage) => JSON.parse(storage.getItem(key) ?? 'null') as Draft | null) ?? undefined
}

const draftKey = (form: HTMLFormElement) => `draft:${form.dataset.draft}`
const personHere = () => document.querySelector<HTMLElement>('.person')?.title ?? ''

/** Neither passwords nor files nor the form's own hidden fields. */
const controlsOf = (form: HTMLFormElement): Control[] =>
  [...form.elements].filter(
    (control): control is Control =>
      (control instanceof HTMLInputElement && !/^(password|hidden|file|submit|button)$/.test(control.type)) ||
      control instanceof HTMLTextAreaElement ||
      control instanceof HTMLSelectElement,
  )

const fieldsOf = (form: HTMLFormElement): Draft['fields'] =>
  controlsOf(form)
    .filter((control) => control.name && control.dataset.reveal === undefined && (!isTick(control) || control.checked))
    .map((control) => [control.name, control.value])

const isTick = (control: Control): control is HTMLInputElement =>
  control instanceof HTMLInputElement && /^(checkbox|radio)$/.test(control.type)

const sameFields = (one: Draft['fields'], other: Draft['fields']) => JSON.stringify(one) === JSON.stringify(other)

/** Storage may be closed by the browser's settings or full: then there are simply no drafts. */
function stored<Result>(storage: Storage, use: (storage: Storage) => Result): Result | undefined {
  try {
    return use(storage)
  } catch {
    return undefined
  }
}
