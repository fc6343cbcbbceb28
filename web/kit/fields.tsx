import { Icon } from './icons.tsx'
import { tied } from './text.ts'
import type { Children, Option } from './types.ts'

/** Widths tell how much is expected: a date, 6, 10, 14 or 20 signs; the whole column when not given. */
export type FieldWidth = 'date' | 6 | 10 | 14 | 20

/** What the browser checks while a person types; the server checks it again. */
export type FieldCheck = 'inn' | 'ogrn' | 'okpo' | 'snils' | 'phone' | 'email'

export interface FieldProps {
  name: string
  label: string
  /** the same as the name unless two forms of a page share it */
  id?: string
  hint?: Children
  /** what is wrong and what to do; the summary above the form repeats it */
  error?: string
  optional?: boolean
  /** under the input: what will become of the answer */
  after?: Children
  /** the label is read aloud but not shown */
  labelHidden?: boolean
}

/** The id a field gets from its name; links of the error summary lead to it. */
export const fieldId = (name: string): string => name.replace(/[^\w-]+/g, '-')

/** Label, hint, error and what follows, tied to the control that `children` draws. */
export function Field(props: FieldProps & { children: (ties: FieldTies) => Children }) {
  const { label, hint, error, optional, after, labelHidden, children } = props
  const ties = fieldTies(props)
  return (
    <div class={error ? 'field field-bad' : 'field'}>
      <label class={labelHidden ? 'vh' : undefined} for={ties.id}>
        {tied(label)}
        <Optional shown={optional} />
      </label>
      <HintAndError id={ties.id} hint={hint} error={error} />
      {children(ties)}
      <After id={ties.id} after={after} />
    </div>
  )
}

export interface FieldTies {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': 'true' | undefined
}

/** What ties a control to its hint, error and note by id. */
export function fieldTies({
  id,
  name,
  hint,
  error,
  after,
}: Pick<FieldProps, 'id' | 'name' | 'hint' | 'error' | 'after'>): FieldTies {
  const own = id ?? fieldId(name)
  const described = [error ? `${own}-error` : '', hint ? `${own}-hint` : '', after ? `${own}-after` : '']
    .filter(Boolean)
    .join(' ')
  return { id: own, 'aria-describedby': described || undefined, 'aria-invalid': error ? 'true' : undefined }
}

export interface TextFieldProps extends FieldProps {
  value?: string
  type?: 'text' | 'email' | 'tel' | 'url' | 'search'
  /** the browser's word: `email`, `username`, `one-time-code`, `off` */
  autocomplete?: string
  inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'url'
  width?: FieldWidth
  check?: FieldCheck
  maxLength?: number
  readOnly?: boolean
  disabled?: boolean
  /** ids of the choices offered while typing */
  suggestions?: readonly string[]
  /** address of the API that a script asks for choices while typing: it answers with a list of `{ text }` */
  suggestionsFrom?: string
  onInput?: (value: string) => void
}

export function TextField(props: TextFieldProps) {
  const {
    name,
    value,
    type = 'text',
    autocomplete,
    width,
    check,
    maxLength,
    readOnly,
    disabled,
    suggestionsFrom,
  } = props
  const { onInput, inputMode = check ? checkKeyboards[check] : undefined } = props
  const suggestions = props.suggestions ?? (suggestionsFrom ? [] : undefined)
  return (
    <Field {...props}>
      {(ties) => (
        <>
          <input
            class={inputClass(width)}
            {...ties}
            name={name}
            type={type}
            value={value}
            inputMode={inputMode}
            autocomplete={autocomplete}
            maxLength={maxLength}
            readOnly={readOnly}
            disabled={disabled}
            data-check={check}
            data-suggest={suggestionsFrom}
            list={suggestions ? `${ties.id}-list` : undefined}
            spellcheck={check || type !== 'text' ? false : undefined}
            onInput={onInput ? (event) => onInput(event.currentTarget.value) : undefined}
          />
          {suggestions ? (
            <datalist id={`${ties.id}-list`}>
              {suggestions.map((text) => (
                <option key={text} value={text} />
              ))}
            </datalist>
          ) : null}
        </>
      )}
    </Field>
  )
}

const checkKeyboards = {
  inn: 'numeric',
  ogrn: 'numeric',
  okpo: 'numeric',
  snils: 'numeric',
  phone: 'tel',
  email: 'email',
} as const

/** A date typed as ДД.ММ.ГГГГ; the value is what was typed, `parseDate` reads it. */
export function DateField(props: Omit<TextFieldProps, 'width' | 'type' | 'inputMode'>) {
  return <TextField {...props} width="date" inputMode="numeric" hint={props.hint ?? 'ДД.ММ.ГГГГ'} />
}

export interface PasswordFieldProps extends FieldProps {
  autocomplete: 'current-password' | 'new-password'
  /** of a new password: a script says as it is typed what the rule still asks for */
  rule?: 'four-classes' | 'long'
}

/** Never filled by the server; a script adds «показать пароль». */
export function PasswordField(props: PasswordFieldProps) {
  return (
    <Field {...props}>
      {(ties) => (
        <span class="with-button" data-reveal>
          <input
            class="input"
            {...ties}
            name={props.name}
            type="password"
            autocomplete={props.autocomplete}
            data-rule={props.rule}
          />
        </span>
      )}
    </Field>
  )
}

export interface TextAreaProps extends FieldProps {
  value?: string
  rows?: number
  maxLength?: number
  readOnly?: boolean
  onInput?: (value: string) => void
}

export function TextArea(props: TextAreaProps) {
  const { name, value, rows = 3, maxLength, readOnly, onInput } = props
  return (
    <Field {...props}>
      {(ties) => (
        <textarea
          class="input"
          {...ties}
          name={name}
          rows={rows}
          maxLength={maxLength}
          readOnly={readOnly}
          value={value}
          onInput={onInput ? (event) => onInput(event.currentTarget.value) : undefined}
        />
      )}
    </Field>
  )
}

export interface SelectProps extends FieldProps {
  options: readonly Option[]
  value?: string
  /** the words of the empty choice; without it the first option stands chosen */
  empty?: string
  width?: FieldWidth
  disabled?: boolean
  onChange?: (value: string) => void
}

export function Select(props: SelectProps) {
  const { name, options, value, empty, width, disabled, onChange } = props
  return (
    <Field {...props}>
      {(ties) => (
        <select
          class={inputClass(width)}
          {...ties}
          name={name}
          disabled={disabled}
          onChange={onChange ? (event) => onChange(event.currentTarget.value) : undefined}
        >
          <Options options={options} value={value} empty={empty} />
        </select>
      )}
    </Field>
  )
}

/** The choices of a list, with the chosen one marked. */
export function Options({ options, value, empty }: Pick<SelectProps, 'options' | 'value' | 'empty'>) {
  return (
    <>
      {empty === undefined ? null : <option value="">{empty}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value} selected={option.value === value} disabled={option.disabled}>
          {option.text}
        </option>
      ))}
    </>
  )
}

export interface FileFieldProps extends FieldProps {
  /** media types or endings: `.pdf,.jpg,image/png` */
  accept?: string
  multiple?: boolean
}

/** Its form needs `files`. */
export function FileField(props: FileFieldProps) {
  return (
    <Field {...props}>
      {(ties) => (
        <input
          class="input input-file"
          {...ties}
          name={props.name}
          type="file"
          accept={props.accept}
          multiple={props.multiple}
        />
      )}
    </Field>
  )
}

export const inputClass = (width?: FieldWidth): string => (width === undefined ? 'input' : `input w-${width}`)

export function Optional({ shown }: { shown?: boolean }) {
  return shown ? <span class="opt"> — необязательно</span> : null
}

export function HintAndError({ id, hint, error }: { id: string; hint?: Children; error?: string }) {
  return (
    <>
      {hint ? (
        <p class="hint" id={`${id}-hint`}>
          {tied(hint)}
        </p>
      ) : null}
      {error ? (
        <p class="error-text" id={`${id}-error`}>
          <Icon name="stop" />
          <span>{tied(error)}</span>
        </p>
      ) : null}
    </>
  )
}

export function After({ id, after }: { id: string; after?: Children }) {
  return after ? (
    <p class="after" id={`${id}-after`}>
      {tied(after)}
    </p>
  ) : null
}
