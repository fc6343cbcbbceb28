import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRule } from './parser.ts'
import { parsePeriodClause } from './period-clause.ts'
import { SyntaxProblem } from './syntax.ts'

const fault = (read: () => unknown): string => {
  try {
    read()
    return 'read'
  } catch (problem) {
    if (problem instanceof SyntaxProblem) return `${problem.offset}: ${problem.message}`
    throw problem
  }
}

describe('a rule', () => {
  it('is read in any case, with bars or without', () => {
    const spelled = ['sum{[1][1-3][*]}|<=|{[2][1][4]} |AND| 1|<>|2', 'SUM({[1][ 1-3 ][*]})<={[2][01][4]} and 1<>2']
    const [first, second] = spelled.map((text) =>
      JSON.stringify(parseRule(text)).replace(/"(offset|text)":[^,}]+,?/g, ''),
    )
    expect(first).toBe(second)
  })

  it.each([
    ['', '0: Запись пуста.'],
    ['{[1][2][3]}', '11: Здесь ожидается сравнение: |=|, |<=|, |>=|, |<|, |>| или |<>|.'],
    [
      '{[1][2]}|=|1',
      '7: Ячейка записывается как {[раздел][строка][графа]}, после графы могут стоять до трёх специфик.',
    ],
    ['{[1][2][3]|=|1', '11: Здесь ожидается «}».'],
    ['SUMM({[1][2][3]})|=|1', '0: Функция «SUMM» неизвестна.'],
    ['ISNULL({[1][2][3]})|=|1', '0: Функция ISNULL: здесь частей 1, а нужно 2.'],
    ['1|=|$', '4: Знак «$» здесь непонятен.'],
    ['1|=|', '4: Запись оборвана.'],
    ['1|=|1 2', '6: Здесь лишнее: «2».'],
    ['{[1][2,,3][4]}|=|1', '4: В квадратных скобках пропущен код.'],
    ['(1|=|1)|=|1', '8: Результат сравнения нельзя сравнивать ещё раз.'],
  ])('%j is refused with the place', (text, expected) => expect(fault(() => parseRule(text))).toBe(expected))

  it('is refused, not hung on, when it is endless or too deep', () => {
    expect(fault(() => parseRule(`${'('.repeat(5000)}1`))).toContain('Слишком много вложенных скобок')
    expect(fault(() => parseRule(`${'-'.repeat(5000)}1|=|1`))).toContain('Слишком много вложенных скобок')
    expect(fault(() => parseRule('1+'.repeat(50_000)))).toContain('длиннее')
  })

  it('never throws anything but its own problem', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      '(',
      ')',
      '|',
      '<',
      '=',
      '>',
      ',',
      '*',
      '-',
      '+',
      '/',
      '1',
      '101',
      'SUM',
      'round',
      'and',
      'or',
      ' ',
      '{[1][2][3]}',
      '{{[1][2][3]}}',
      'А',
      '.',
      '\u0000',
    ]
    const texts = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        fault(() => parseRule(text))
        fault(() => parsePeriodClause(text))
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('a period clause', () => {
  const which = (clause: string) => Array.from({ length: 12 }, (_, at) => at + 1).filter(parsePeriodClause(clause))

  it.each([
    ['', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
    ['&NP=4', [4]],
    ['&NP==04', [4]],
    ['(&NPin(1,2,3))', [1, 2, 3]],
    ['&np IN ( 01, 2 )', [1, 2]],
    ['&NP in (5)', [5]],
    ['&NP in (5,)', [5]],
    ['&NP not in (1,2,3,4,5,6,7,8,9)', [10, 11, 12]],
    ['not (&NP<=10)', [11, 12]],
    ['&NP>=2 and &NP<4 or &NP=12', [2, 3, 12]],
    ['(&NP=1)or(&NP=2)', [1, 2]],
    ['1<&NP<=3', [2, 3]],
    ['&NP|=|3', [3]],
    ['&NP<>1 and &NP!=2 and &NP<4', [3]],
    ['(&NP)=6', [6]],
  ])('%j', (clause, periods) => expect(which(clause)).toEqual(periods))

  it('is refused with the place', () => {
    expect(fault(() => parsePeriodClause('&NP=abc'))).toBe('4: Условие периода непонятно с этого места: «abc».')
    expect(fault(() => parsePeriodClause('&NP'))).toBe('3: Здесь ожидается сравнение или in.')
  })
})
