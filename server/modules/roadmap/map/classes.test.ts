import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classesOf, type Method } from './classes.ts'

const methods: readonly Method[] = ['quantiles', 'intervals', 'breaks']
const decimal = fc
  .tuple(fc.integer({ min: -3000, max: 3000 }), fc.constantFrom(0, 1, 2))
  .map(([units, scale]) => String(units / 10 ** scale))
const value = fc.oneof({ weight: 8, arbitrary: decimal }, { weight: 1, arbitrary: fc.constant(null) })
const few = fc.array(fc.integer({ min: -20, max: 40 }), { minLength: 1, maxLength: 9 })
const labels = (values: readonly (string | number | null)[], method: Method, most = 5) =>
  classesOf(
    values.map((one) => (one === null ? null : String(one))),
    { method, most },
  ).classes.map(({ label }) => plain(label))
const plain = (label: string) => label.replace(/[\u00a0\u202f]/g, ' ')
const numberOf = (text: string) => Number(text.replace(/\s/g, '').replace('\u2212', '-').replace(',', '.'))

/** Whether a label, read as a person reads it, speaks of the value. */
function speaksOf(label: string, value: number): boolean {
  const number = '(\u2212?[\\d ]+(?:,\\d+)?)'
  const forms: [string, (a: number, b: number) => boolean][] = [
    [`^до ${number}$`, (a) => value < a],
    [`^${number} и более$`, (a) => value >= a],
    [`^${number}–${number}$`, (a, b) => value >= a && value <= b],
    [`^от ${number} до ${number}$`, (a, b) => value >= a && value <= b],
    [`^${number}$`, (a) => value === a],
  ]
  for (const [form, holds] of forms) {
    const found = new RegExp(form).exec(plain(label))
    if (found) return holds(numberOf(found[1] ?? ''), numberOf(found[2] ?? ''))
  }
  throw new Error(`A label of no known form: ${label}`)
}

/** Every way to part sorted values into so many groups without parting equal ones. */
function partings(values: readonly number[], groups: number): number[][][] {
  if (groups === 1) return values.length > 0 ? [[[...values]]] : []
  return values.flatMap((_, cut) =>
    cut === 0 || values[cut - 1] === values[cut]
      ? []
      : partings(values.slice(cut), groups - 1).map((rest) => [values.slice(0, cut), ...rest]),
  )
}

const variance = (group: readonly number[]): number => {
  const mean = group.reduce((sum, one) => sum + one, 0) / group.length
  return group.reduce((sum, one) => sum + (one - mean) ** 2, 0)
}
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)

function partedBy(method: Method, numbers: readonly number[]): number[][] {
  const { classes, stepOf } = classesOf(numbers.map(String), { method })
  return classes.map(({ step }) => numbers.filter((number) => stepOf(String(number)) === step))
}

describe.each(methods)('classes by %s', (method) => {
  it('hold each value exactly once, and their labels are true', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (values, most) => {
        const { classes, stepOf } = classesOf(values, { method, most })
        const known = classes.filter(({ step }) => step > 0)
        expect(known.length).toBeLessThanOrEqual(most)
        for (const one of values) {
          if (one === null) continue
          const speaking = known.filter(({ label }) => speaksOf(label, Number(one)))
          expect(speaking.map(({ step }) => step)).toEqual([stepOf(one)])
        }
      }),
    )
  })

  it('are never empty or doubled, and count right', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), (values) => {
        const { classes, stepOf } = classesOf(values, { method })
        expect(new Set(classes.map(({ step }) => step)).size).toBe(classes.length)
        expect(new Set(classes.map(({ label }) => label)).size).toBe(classes.length)
        for (const { step, count } of classes) {
          expect(count).toBeGreaterThan(0)
          expect(values.filter((one) => stepOf(one) === step)).toHaveLength(count)
        }
        expect(sum(classes.map(({ count }) => count))).toBe(values.length)
      }),
    )
  })
})

describe('natural breaks', () => {
  it('vary within classes as little as any parting', () => {
    fc.assert(
      fc.property(few, (numbers) => {
        const wanted = Math.min(5, new Set(numbers).size)
        const sorted = numbers.toSorted((one, other) => one - other)
        const least = Math.min(...partings(sorted, wanted).map((groups) => sum(groups.map(variance))))
        expect(sum(partedBy('breaks', numbers).map(variance))).toBeCloseTo(least, 6)
      }),
    )
  })
})

describe('quantiles', () => {
  it('differ in size as little as equal values allow', () => {
    const unevenness = (groups: readonly number[][]) => sum(groups.map(({ length }) => length ** 2))
    fc.assert(
      fc.property(few, (numbers) => {
        const wanted = Math.min(5, new Set(numbers).size)
        const sorted = numbers.toSorted((one, other) => one - other)
        const least = Math.min(...partings(sorted, wanted).map(unevenness))
        expect(unevenness(partedBy('quantiles', numbers))).toBe(least)
      }),
    )
  })

  it('of different values differ by one at most', () => {
    const sizes = partedBy(
      'quantiles',
      Array.from({ length: 83 }, (_, index) => index * index),
    ).map(({ length }) => length)
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
  })
})

describe('labels', () => {
  it('round borders where no region changes its class', () => {
    expect(labels([31, 38, 41, 52, 57, 66, 71, 83, 88, 96], 'quantiles')).toEqual([
      'до 40',
      '40–54',
      '55–69',
      '70–84',
      '85 и более',
    ])
  })

  it('of intervals stay close to the same width', () => {
    expect(labels([0, 103], 'intervals', 2)).toEqual(['до 50', '50 и более'])
    expect(labels([3, 21, 40, 61, 80, 99], 'intervals')).toEqual(['до 24', '24–59', '60–79', '80 и более'])
  })

  it('keep the decimals of the values', () => {
    expect(labels(['0.25', '0.5', '1.75', '2'], 'quantiles', 2)).toEqual(['до 1', '1 и более'])
    expect(labels(['0.5', '1.2', '1.3', '7'], 'breaks', 3)).toEqual(['до 1', '1–4,9', '5 и более'])
  })

  it('part thousands and tell negative numbers without a doubled dash', () => {
    expect(labels([900, 15_400, 2_000_000], 'breaks', 3)).toEqual([
      'до 10 000',
      '10 000–1 999 999',
      '2 000 000 и более',
    ])
    expect(labels([-30, -12, -11, 8], 'breaks', 3)).toEqual(['до −20', 'от −20 до −1', '0 и более'])
  })

  it('name the only value or all of them when one class is enough', () => {
    expect(labels([7, 7, 7], 'quantiles')).toEqual(['7'])
    expect(labels([3, 9], 'breaks', 1)).toEqual(['3–9'])
  })

  it('set those without data apart', () => {
    expect(labels([null, 5, null], 'breaks')).toEqual(['5', 'нет данных'])
    expect(labels([null, null], 'intervals')).toEqual(['нет данных'])
    expect(labels([], 'breaks')).toEqual([])
  })

  it('say the unit once', () => {
    const { classes } = classesOf(['10', '90'], { method: 'breaks', unit: '%' })
    expect(classes.map(({ label }) => plain(label))).toEqual(['до 50 %', '50 и более'])
  })
})
