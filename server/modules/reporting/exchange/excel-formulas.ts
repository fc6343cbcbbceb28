/** Formulas of computed cells in the words of a spreadsheet. */
import type { CellFormula, FormulaTree } from '../../../../engine/index.ts'
import { columnLetters } from '../../../kernel/spreadsheets/index.ts'
import type { CellSpot } from './report-layout.ts'

type Spots = ReadonlyMap<string, CellSpot>

/** A spreadsheet takes no longer one. */
const longest = 8000
const mostArguments = 200

/** Undefined when a spreadsheet cannot say it. `sheet` is where the formula stands. */
export function excelFormula({ tree, digits }: CellFormula, sheet: string, spots: Spots): string | undefined {
  const written = formulaText(tree, sheet, spots)
  if (written === undefined || written.length > longest) return undefined
  // Binary fractions: 0.1 + 0.2 is to be 0.3 here as it is in the report.
  return digits > 0 || hasDivision(tree) ? `ROUND(${written},${digits})` : written
}

function formulaText(tree: FormulaTree, sheet: string, spots: Spots): string | undefined {
  const text = (part: FormulaTree): string | undefined => formulaText(part, sheet, spots)
  switch (tree.op) {
    case 'number':
      return tree.value
    case 'cell':
      return references([tree.address], sheet, spots)?.[0]
    case 'sum': {
      const ranges = references(tree.addresses, sheet, spots)
      return ranges && ranges.length <= mostArguments ? `SUM(${ranges.join(',')})` : undefined
    }
    case 'total': {
      const items = tree.items.map(text)
      return items.length > 0 && items.length <= mostArguments && items.every((item) => item !== undefined)
        ? `SUM(${items.join(',')})`
        : undefined
    }
    case 'add':
      return both(tree, text, (left, right) => `(${left}+${right})`)
    case 'subtract':
      return both(tree, text, (left, right) => `(${left}-${right})`)
    case 'multiply':
      return both(tree, text, (left, right) => `(${left}*${right})`)
    case 'divide':
      // A division by zero leaves the left value, as in the language of the controls.
      return both(tree, text, (left, right) => `IF(${right}=0,${left},${left}/${right})`)
    case 'negate':
      return wrapped(text(tree.of), (of) => `(-${of})`)
    case 'absolute':
      return wrapped(text(tree.of), (of) => `ABS(${of})`)
    case 'floor':
      return wrapped(text(tree.of), (of) => `INT(${of})`)
    case 'round':
      return wrapped(text(tree.of), (of) => `ROUND(${of},${tree.digits})`)
  }
}

const wrapped = (of: string | undefined, write: (of: string) => string): string | undefined =>
  of === undefined ? undefined : write(of)

function both(
  { left, right }: { left: FormulaTree; right: FormulaTree },
  text: (part: FormulaTree) => string | undefined,
  write: (left: string, right: string) => string,
): string | undefined {
  const [one, other] = [text(left), text(right)]
  return one === undefined || other === undefined ? undefined : write(one, other)
}

function hasDivision(tree: FormulaTree): boolean {
  switch (tree.op) {
    case 'divide':
      return true
    case 'add':
    case 'subtract':
    case 'multiply':
      return hasDivision(tree.left) || hasDivision(tree.right)
    case 'total':
      return tree.items.some(hasDivision)
    case 'negate':
    case 'absolute':
    case 'floor':
    case 'round':
      return hasDivision(tree.of)
    case 'number':
    case 'cell':
    case 'sum':
      return false
  }
}

/** Neighbours in a row or a column are drawn together: `C5:H5`. */
function references(addresses: readonly string[], sheet: string, spots: Spots): string[] | undefined {
  const runs: { from: CellSpot; to: CellSpot }[] = []
  for (const address of addresses) {
    const spot = spots.get(address)
    if (!spot) return undefined
    const run = runs.at(-1)
    if (run && continues(run, spot)) run.to = spot
    else runs.push({ from: spot, to: spot })
  }
  return runs.map(({ from, to }) => {
    const prefix = from.sheet === sheet ? '' : `'${from.sheet}'!`
    const first = `${columnLetters(from.column)}${from.row}`
    return from === to ? `${prefix}${first}` : `${prefix}${first}:${columnLetters(to.column)}${to.row}`
  })
}

function continues({ from, to }: { from: CellSpot; to: CellSpot }, next: CellSpot): boolean {
  if (next.sheet !== to.sheet) return false
  const along = next.row === to.row && next.column === to.column + 1 && from.row === to.row
  const down = next.column === to.column && next.row === to.row + 1 && from.column === to.column
  return along || down
}
