import { After, type FieldProps, fieldTies, HintAndError, Optional } from './fields.tsx'
import { tied } from './text.ts'
import type { Children, Option } from './types.ts'

export interface RadiosProps extends FieldProps {
  options: readonly Option[]
  value?: string
  /** short words side by side */
  inline?: boolean
  onChange?: (value: string) => void
}

/** One of a few: up to seven or so, all in sight. The first one carries the id that the error summary leads to. */
export function Radios(props: RadiosProps) {
  const { name, options, value, onChange } = props
  return (
    <ChoiceGroup {...props}>
      {options.map((option, index) => (
        <Choice key={option.value} option={option}>
          <input
            type="radio"
            id={choiceId(props, index)}
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled}
            onChange={onChange ? () => onChange(option.value) : undefined}
          />
        </Choice>
      ))}
    </ChoiceGroup>
  )
}

export interface CheckboxesProps extends FieldProps {
  options: readonly Option[]
  values?: readonly string[]
  inline?: boolean
  /** many short names: in as many columns as fit, read downwards */
  columns?: boolean
  onChange?: (value: string, checked: boolean) => void
}

/** Any of a few; the form sends the name once for each one ticked. */
export function Checkboxes(props: CheckboxesProps) {
  const { name, options, values = [], onChange } = props
  return (
    <ChoiceGroup {...props}>
      {options.map((option, index) => (
        <Choice key={option.value} option={option}>
          <input
            type="checkbox"
            id={choiceId(props, index)}
            name={name}
            value={option.value}
            checked={values.includes(option.value)}
            disabled={option.disabled}
            onChange={onChange ? (event) => onChange(option.value, event.currentTarget.checked) : undefined}
          />
        </Choice>
      ))}
    </ChoiceGroup>
  )
}

export interface CheckboxProps extends Omit<FieldProps, 'optional' | 'labelHidden'> {
  value?: string
  checked?: boolean
  disabled?: boolean
  onChange?: (checked: boolean) => void
}

/** One yes or no; the hint stands under the words. */
export function Checkbox(props: CheckboxProps) {
  const { name, label, hint, error, after, value = 'on', checked, disabled, onChange } = props
  const ties = fieldTies(props)
  return (
    <div class={error ? 'field field-bad' : 'field'}>
      <HintAndError id={ties.id} error={error} />
      <label class="choice">
        <input
          type="checkbox"
          {...ties}
          name={name}
          value={value}
          checked={checked}
          disabled={disabled}
          onChange={onChange ? (event) => onChange(event.currentTarget.checked) : undefined}
        />
        <span>
          {tied(label)}
          {hint ? <small id={`${ties.id}-hint`}>{tied(hint)}</small> : null}
        </span>
      </label>
      <After id={ties.id} after={after} />
    </div>
  )
}

function ChoiceGroup(props: FieldProps & { inline?: boolean; columns?: boolean; children: Children }) {
  const { label, hint, error, optional, after, labelHidden, inline, columns, children } = props
  const { id, ...ties } = fieldTies(props)
  return (
    <fieldset class={error ? 'field field-bad' : 'field'} {...ties}>
      <legend class={labelHidden ? 'vh' : undefined}>
        {tied(label)}
        <Optional shown={optional} />
      </legend>
      <HintAndError id={id} hint={hint} error={error} />
      <div class={`choices${inline ? ' choices-row' : ''}${columns ? ' choices-columns' : ''}`}>{children}</div>
      <After id={id} after={after} />
    </fieldset>
  )
}

function Choice({ option, children }: { option: Option; children: Children }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label class="choice">
      {children}
      <span>
        {tied(option.text)}
        {option.hint ? <small>{tied(option.hint)}</small> : null}
      </span>
    </label>
  )
}

const choiceId = (props: FieldProps, index: number) => {
  const { id } = fieldTies(props)
  return index === 0 ? id : `${id}-${index}`
}
