/** Indicators of a roadmap on the wire: what is measured, by whom it is entered, plan and fact by periods. */
import { z } from 'zod'

export const periodicities = ['month', 'quarter', 'half', 'year'] as const
export type Periodicity = (typeof periodicities)[number]

/** Where a figure comes from: the region enters it, it follows from other indicators, or from accepted reports. */
export const indicatorSources = ['entered', 'computed', 'reporting'] as const
export type IndicatorSource = (typeof indicatorSources)[number]

export const betters = ['more', 'less', 'neither'] as const
export type Better = (typeof betters)[number]

/** How the figures of regions make that of the country; `weighted` by another indicator. */
export const mergings = ['sum', 'average', 'weighted', 'max', 'min', 'none'] as const
export type Merging = (typeof mergings)[number]

/** How the map's classes are cut. */
export const breakKinds = ['quantile', 'equal', 'natural'] as const
export type Breaks = (typeof breakKinds)[number]

/** A cell of a statistical form whose total over a region's accepted reports is the figure. */
export const IndicatorPull = z.object({
  form: z.string().trim().min(1).max(20).meta({ description: 'Шифр формы: 85-К' }),
  section: z.string().trim().min(1).max(20),
  row: z.string().trim().min(1).max(20),
  column: z.string().trim().min(1).max(20),
})
export type IndicatorPull = z.output<typeof IndicatorPull>
