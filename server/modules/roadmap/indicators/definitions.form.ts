import { z } from 'zod'
import {
  IndicatorChange,
  type IndicatorDefinition,
  IndicatorFields,
} from '../../../../contracts/indicator-definitions.ts'

const isTicked = (value: unknown): boolean => value === 'on'
const orNull = (value: unknown): unknown => (value === '' || value === undefined ? null : value)

/** A posted form: ticks and empty fields are told as the contract tells them. */
const asContract = (fields: Record<string, unknown>): Record<string, unknown> => {
  const { pullForm, pullSection, pullRow, pullColumn, ...rest } = fields
  return {
    ...rest,
    position: rest.position === '' ? undefined : rest.position,
    formula: orNull(rest.formula),
    weightId: orNull(rest.weightId),
    least: orNull(rest.least),
    most: orNull(rest.most),
    jumpPercent: orNull(rest.jumpPercent),
    public: isTicked(rest.public),
    countsPeople: isTicked(rest.countsPeople),
    pull:
      rest.source === 'reporting' ? { form: pullForm, section: pullSection, row: pullRow, column: pullColumn } : null,
  }
}

const posted = z.record(z.string(), z.unknown()).transform(asContract)
export const NewIndicatorForm = posted.pipe(IndicatorFields)
export const IndicatorForm = posted.pipe(IndicatorChange)

/** As the form shows it; `pull.form` of the contract is `pullForm` here. */
export const valuesOf = (definition: IndicatorDefinition): Record<string, string> => ({
  code: definition.code,
  title: definition.title,
  definition: definition.definition,
  unit: definition.unit,
  position: String(definition.position),
  decimals: String(definition.decimals),
  better: definition.better,
  level: definition.level,
  source: definition.source,
  formula: definition.formula ?? '',
  pullForm: definition.pull?.form ?? '',
  pullSection: definition.pull?.section ?? '',
  pullRow: definition.pull?.row ?? '',
  pullColumn: definition.pull?.column ?? '',
  periodicity: definition.periodicity,
  merging: definition.merging,
  weightId: definition.weightId ?? '',
  breaks: definition.breaks,
  public: definition.public ? 'on' : '',
  countsPeople: definition.countsPeople ? 'on' : '',
  least: definition.least ?? '',
  most: definition.most ?? '',
  jumpPercent: definition.jumpPercent ?? '',
  version: String(definition.version),
})

export const newValues: Record<string, string> = {
  source: 'entered',
  better: 'more',
  level: 'region',
  periodicity: 'quarter',
  merging: 'sum',
  breaks: 'quantile',
  public: 'on',
  decimals: '0',
  jumpPercent: '50',
}

/** The name that a field of the contract has in the form. */
export const formField = (field: string): string =>
  field.replace(/^pull\.(\w)/, (_, first: string) => `pull${first.toUpperCase()}`).replace(/^pull$/, 'pullForm')
