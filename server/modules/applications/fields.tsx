/** Fields of an application's form, described by its type and drawn here: the same form for a page and a decision. */
import {
  type Children,
  DateField,
  type FieldCheck,
  type FieldWidth,
  Group,
  Radios,
  Select,
  TextArea,
  TextField,
} from '../../../web/kit/index.ts'

export type FieldOption = { value: string; text: string; hint?: string }

export type Field = {
  name: string
  label: string
  kind: 'text' | 'area' | 'select' | 'radios' | 'date' | 'email'
  hint?: string
  after?: Children
  optional?: boolean
  options?: readonly FieldOption[]
  empty?: string
  check?: FieldCheck
  width?: FieldWidth
  maxLength?: number
  /** The heading under which it begins. */
  group?: string
}

export type FieldsProps = {
  fields: readonly Field[]
  values: Readonly<Record<string, string | undefined>>
  errors: readonly { field: string; text: string }[]
}

export function Fields({ fields, values, errors }: FieldsProps) {
  return (
    <>
      {groupsOf(fields).map(({ title, members }, index) => {
        const drawn = members.map((field) => (
          <OneField
            key={field.name}
            field={field}
            value={values[field.name]}
            error={errors.find((error) => error.field === field.name || error.field.startsWith(`${field.name}.`))?.text}
          />
        ))
        return title ? (
          <Group key={title} id={`part-${index + 1}`} title={title}>
            {drawn}
          </Group>
        ) : (
          drawn
        )
      })}
    </>
  )
}

function groupsOf(fields: readonly Field[]): { title: string | undefined; members: Field[] }[] {
  const groups: { title: string | undefined; members: Field[] }[] = []
  for (const field of fields) {
    const last = groups.at(-1)
    if (!last || field.group) groups.push({ title: field.group, members: [field] })
    else last.members.push(field)
  }
  return groups
}

function OneField({ field, value, error }: { field: Field; value: string | undefined; error: string | undefined }) {
  const { name, label, hint, after, optional, options = [], empty, check, width, maxLength } = field
  const common = { name, label, hint, after, optional, value, error }
  switch (field.kind) {
    case 'text':
      return <TextField {...common} check={check} width={width} maxLength={maxLength} />
    case 'email':
      return <TextField {...common} type="email" check="email" autocomplete="email" />
    case 'area':
      return <TextArea {...common} maxLength={maxLength} />
    case 'date':
      return <DateField {...common} />
    case 'select':
      return <Select {...common} options={options} empty={empty} width={width} />
    case 'radios':
      return <Radios {...common} options={options} />
  }
}

/** What was chosen or typed, in words. */
export function wordsOf(field: Field, value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  const option = field.options?.find((candidate) => candidate.value === value)
  return option?.text ?? (Array.isArray(value) ? value.join(', ') || '—' : String(value))
}
