/** Addresses and words of drafts. */
import type { FormDraft } from '../../../../contracts/designer.ts'

export const help = { href: '/guide/formy', text: 'формы отчётов' }

export type DraftQuery = {
  part?: string | undefined
  view?: string | undefined
  dictionary?: string | undefined
  control?: string | undefined
  blank?: number | undefined
  cell?: string | undefined
  section?: string | undefined
  q?: string | undefined
  page?: number | undefined
}

export const draftAddress = (id: string): string => `/form-drafts/${id}`

export function partAddress(id: string, query: DraftQuery): string {
  const words = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) words.set(name, String(value))
  return `${draftAddress(id)}?${words}`
}

export const originWords: Record<FormDraft['origin'], string> = {
  blank: 'с чистого листа',
  version: 'от действующей версии',
  xml: 'из файла XML',
  yaml: 'из файла YAML',
  xlsx: 'из книги Excel',
}

export const periodicities = [
  { value: '1', text: 'раз в год' },
  { value: '2', text: 'раз в полугодие' },
  { value: '4', text: 'раз в квартал' },
  { value: '12', text: 'раз в месяц' },
]
