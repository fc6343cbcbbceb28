import type { ComponentChildren } from 'preact'

/** What a state says: done, needs care, refused or wrong, waiting for someone. Always shown with a word and a shape. */
export type Tone = 'ok' | 'warn' | 'bad' | 'wait'

export type Children = ComponentChildren

/** The three forms a Russian noun takes after a number: отчёт, отчёта, отчётов. */
export type PluralForms = readonly [one: string, few: string, many: string]

export interface Option {
  value: string
  text: string
  hint?: string
  disabled?: boolean
}
