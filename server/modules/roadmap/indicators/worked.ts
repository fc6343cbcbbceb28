/** Figures of computed indicators, worked out from those of others; each rounded as it is shown. */
import { typedNumber } from '../../../../engine/index.ts'
import type { FigureRow } from './figures.queries.ts'
import { type Formula, type NoFigure, parseFormula, workOut } from './formulas.ts'
import type { IndicatorRow } from './indicators.queries.ts'
import { previousPeriod } from './periods.ts'

export type Worked = { value: string } | { value: null; no: NoFigure | undefined }
/** What of a figure is read: of the published ones only published ones follow. */
export type Side = 'plan' | 'fact' | 'publishedPlan' | 'publishedFact'

type Computing = Pick<IndicatorRow, 'id' | 'code' | 'source' | 'formula' | 'decimals' | 'periodicity'>
type Kept = Pick<FigureRow, 'indicatorId' | 'period' | Side>

/**
 * Reads any figure of one region. A computed one is worked out from the same side of the others; as formulas lead round
 * nowhere, this ends.
 * @param rows of that region
 */
export function figureReader(indicators: readonly Computing[], rows: readonly Kept[]) {
  const byCode = new Map(indicators.map((indicator) => [indicator.code, indicator]))
  const kept = new Map(rows.map((row) => [`${row.indicatorId} ${row.period}`, row]))
  const formulas = new Map<string, Formula | undefined>()
  const known = new Map<string, Worked>()

  function read(indicator: Computing, period: string, side: Side): Worked {
    const key = `${indicator.id} ${period} ${side}`
    const worked = known.get(key) ?? readAnew(indicator, period, side)
    known.set(key, worked)
    return worked
  }

  function readAnew(indicator: Computing, period: string, side: Side): Worked {
    if (indicator.source !== 'computed') return keptValue(kept.get(`${indicator.id} ${period}`)?.[side])
    const formula = formulaOf(indicator)
    if (!formula) return nothing
    return workOut(formula, (code, previous) => valueOfCode(code, previous, period, side), indicator.decimals)
  }

  function valueOfCode(code: string, previous: boolean, period: string, side: Side): string | null {
    const indicator = byCode.get(code)
    if (!indicator) return null
    return read(indicator, previous ? previousPeriod(indicator.periodicity, period) : period, side).value
  }

  function formulaOf({ id, formula }: Computing): Formula | undefined {
    if (!formulas.has(id)) {
      const parsed = formula === null ? undefined : parseFormula(formula)
      formulas.set(id, parsed?.ok ? parsed.formula : undefined)
    }
    return formulas.get(id)
  }

  return read
}

export type FigureReader = ReturnType<typeof figureReader>

const nothing: Worked = { value: null, no: undefined }

/** PostgreSQL keeps the noughts that were written: 12.50. */
function keptValue(stored: string | null | undefined): Worked {
  const value = stored == null ? undefined : typedNumber(stored)
  return value === undefined ? nothing : { value }
}
