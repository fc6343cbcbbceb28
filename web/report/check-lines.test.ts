import { describe, expect, it } from 'vitest'
import type { ReportProblem } from '../../contracts/checks.ts'
import { checkLines, lineIds } from './check-lines.ts'

const empty = (cell: string, changes: Partial<ReportProblem> = {}): ReportProblem => ({
  stage: 'control',
  code: 'control',
  control: '7.21',
  level: 'warning',
  section: '7',
  row: cell.split('/')[1] ?? '',
  column: cell.split('/')[2] ?? '',
  left: '',
  operator: '',
  right: '',
  difference: '',
  name: 'Ячейка пуста',
  sums: '',
  text: `${cell}. Ячейка пуста`,
  cells: [cell],
  ...changes,
})

describe('lines of the results', () => {
  it('tell once what is said of many cells', () => {
    const problems = [empty('7/703/4'), empty('7/703/5'), empty('7/704/4')]
    expect(checkLines(problems)).toEqual([{ id: 'check-1', first: problems[0], problems }])
    expect(lineIds(problems)).toEqual(['check-1', 'check-1', 'check-1'])
  })

  it('keep apart what differs in section, weight, words or figures', () => {
    const sums = { sums: '274 ≠ 276, разница −2', cells: ['7/701/3', '7/702/3'] }
    const problems = [
      empty('7/703/4'),
      empty('8/801/4'),
      empty('7/703/5', { level: 'error' }),
      empty('7/703/6', { name: 'Ячейка не число' }),
      empty('7/701/3', sums),
      empty('7/701/4', sums),
      empty('7/703/7'),
    ]
    expect(checkLines(problems)).toHaveLength(6)
    expect(lineIds(problems)).toEqual(['check-1', 'check-2', 'check-3', 'check-4', 'check-5', 'check-6', 'check-1'])
  })
})
