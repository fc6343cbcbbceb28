/** What one cell or one side of one pair comes to: a tree over places in the sheet's arrays, with every list taken apart. */
export type Scalar =
  | { op: 'empty' }
  | { op: 'number'; value: string }
  | { op: 'cell'; cell: number }
  | { op: 'sum'; cells: Int32Array }
  | { op: 'total'; items: Scalar[] }
  | { op: 'add' | 'subtract' | 'multiply' | 'divide'; left: Scalar; right: Scalar }
  | { op: 'negate' | 'absolute' | 'floor'; of: Scalar }
  | { op: 'round'; of: Scalar; digits: Scalar; truncate?: Scalar }
  | { op: 'coalesce'; items: Scalar[] }
  | { op: 'nullif'; left: Scalar; right: Scalar }

export const emptyScalar: Scalar = { op: 'empty' }

/** Every place that the expression reads, in its order, repeats included. */
export function cellsOf(scalar: Scalar, found: number[] = []): number[] {
  switch (scalar.op) {
    case 'empty':
    case 'number':
      break
    case 'cell':
      found.push(scalar.cell)
      break
    case 'sum':
      for (const cell of scalar.cells) found.push(cell)
      break
    case 'total':
    case 'coalesce':
      for (const item of scalar.items) cellsOf(item, found)
      break
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide':
    case 'nullif':
      cellsOf(scalar.left, found)
      cellsOf(scalar.right, found)
      break
    case 'negate':
    case 'absolute':
    case 'floor':
      cellsOf(scalar.of, found)
      break
    case 'round':
      cellsOf(scalar.of, found)
      cellsOf(scalar.digits, found)
      if (scalar.truncate) cellsOf(scalar.truncate, found)
  }
  return found
}
