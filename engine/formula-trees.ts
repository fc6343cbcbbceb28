import type { CellAddress } from './address.ts'
import type { Scalar } from './evaluation/expression.ts'
import type { SheetState } from './sheet.state.ts'

/** How a computed cell is worked out, over addresses: for a spreadsheet that is to work it out by itself. */
export type FormulaTree =
  | { op: 'number'; value: string }
  | { op: 'cell'; address: CellAddress }
  | { op: 'sum'; addresses: CellAddress[] }
  | { op: 'total'; items: FormulaTree[] }
  | { op: 'add' | 'subtract' | 'multiply' | 'divide'; left: FormulaTree; right: FormulaTree }
  | { op: 'negate' | 'absolute' | 'floor'; of: FormulaTree }
  | { op: 'round'; of: FormulaTree; digits: number }

/** `digits`: how many after the point the value is kept with. */
export type CellFormula = { tree: FormulaTree; digits: number }

/**
 * Undefined for a cell that is not worked out, and for one whose formula heeds emptiness or another period: what plain
 * arithmetic over the cells of this report cannot say.
 */
export function cellFormula(state: SheetState, address: CellAddress): CellFormula | undefined {
  const place = state.placeOf(address)
  const formula = place === undefined ? undefined : state.program.formulas[state.program.rankOf[place] ?? -1]
  const tree = formula && treeOf(state, formula.scalar)
  return formula && tree && { tree, digits: formula.digits }
}

function treeOf(state: SheetState, scalar: Scalar): FormulaTree | undefined {
  switch (scalar.op) {
    case 'number':
      return { op: 'number', value: scalar.value }
    case 'cell': {
      const address = addressOf(state, scalar.cell)
      return address === undefined ? undefined : { op: 'cell', address }
    }
    case 'sum': {
      const addresses = Array.from(scalar.cells, (cell) => addressOf(state, cell))
      const known = addresses.filter((address) => address !== undefined)
      return known.length === addresses.length ? { op: 'sum', addresses: known } : undefined
    }
    case 'total': {
      const items = scalar.items.map((item) => treeOf(state, item))
      const known = items.filter((item) => item !== undefined)
      return known.length === items.length ? { op: 'total', items: known } : undefined
    }
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide': {
      const [left, right] = [treeOf(state, scalar.left), treeOf(state, scalar.right)]
      return left && right && { op: scalar.op, left, right }
    }
    case 'negate':
    case 'absolute':
    case 'floor': {
      const of = treeOf(state, scalar.of)
      return of && { op: scalar.op, of }
    }
    case 'round': {
      const of = treeOf(state, scalar.of)
      const digits = scalar.digits.op === 'number' ? Number(scalar.digits.value) : Number.NaN
      return of && !scalar.truncate && Number.isInteger(digits) ? { op: 'round', of, digits } : undefined
    }
    case 'empty':
    case 'coalesce':
    case 'nullif':
      return undefined
  }
}

function addressOf(state: SheetState, place: number): CellAddress | undefined {
  const slot = state.slot(place)
  return slot?.outside ? undefined : slot?.address
}
