import { render } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'
import { Gantt } from './gantt.tsx'
import type { GanttBar } from './gantt-bar.tsx'
import { ganttScale } from './gantt-scale.ts'

const bar = (id: string, changes: Partial<GanttBar> = {}): GanttBar => ({
  id,
  number: `1.${id}`,
  title: 'Обучение преподавателей',
  href: `/measures/${id}`,
  startsOn: '2026-01-01',
  dueOn: '2026-03-31',
  doneOn: null,
  percent: 0,
  state: 'planned',
  stateText: 'Предстоит',
  after: [],
  ...changes,
})

const drawn = (bars: GanttBar[], today = '2026-06-15') =>
  render(<Gantt label="План" groups={[{ title: '1. Раздел', bars }]} today={today} />)

/** The large picture alone: each bar is drawn a second time for a phone. */
const chartOf = (html: string) => html.slice(html.indexOf('gantt-chart'), html.indexOf('<figcaption'))

describe('the scale of a plan', () => {
  it('is cut into months while they can be told apart, then quarters, then years', () => {
    const months = ganttScale(['2026-01-20', '2026-05-02'])
    expect(months.unit).toBe('month')
    expect(months.parts.map(({ text }) => text)).toEqual(['янв', 'фев', 'мар', 'апр', 'май'])
    expect(months.years).toEqual([{ text: '2026', from: 0, to: 100 }])
    const quarters = ganttScale(['2025-05-20', '2027-10-01'])
    expect(quarters.unit).toBe('quarter')
    expect(quarters.parts.map(({ text }) => text)).toEqual([
      ...['II', 'III', 'IV'],
      ...['I', 'II', 'III', 'IV'],
      ...['I', 'II', 'III', 'IV'],
    ])
    expect(quarters.years.map(({ text }) => text)).toEqual(['2025', '2026', '2027'])
    expect(ganttScale(['2020-01-01', '2040-01-01'])).toMatchObject({ unit: 'year', parts: [] })
  })

  it('holds every day, and a day ends where the next begins', () => {
    for (const days of [['2026-02-28'], ['2024-12-31', '2025-01-01'], ['1999-01-01', '2080-05-05']]) {
      const scale = ganttScale(days)
      for (const day of days) {
        expect(scale.beginning(day)).toBeGreaterThanOrEqual(0)
        expect(scale.end(day)).toBeLessThanOrEqual(100)
        expect(scale.end(day)).toBeGreaterThan(scale.beginning(day))
      }
      expect(scale.years.length).toBeLessThanOrEqual(31)
    }
    const { beginning, end } = ganttScale(['2026-01-01', '2026-12-31'])
    expect(end('2026-02-28')).toBe(beginning('2026-03-01'))
  })
})

describe('a plan over time', () => {
  it('draws nothing without measures', () => {
    expect(drawn([])).toBe('')
  })

  it('leads from every bar and every name to its measure', () => {
    const html = drawn([bar('1'), bar('2')])
    expect(html.match(/href="\/measures\/1"/g)).toHaveLength(2)
    expect(html.match(/href="\/measures\/2"/g)).toHaveLength(2)
  })

  it('fills a bar by what is done', () => {
    const chart = chartOf(drawn([bar('1', { state: 'going', percent: 50 })], '2026-02-15'))
    const [, whole] = /gantt-whole"[^>]* width="([\d.]+)%"/.exec(chart) ?? []
    const [, done] = /gantt-part-done"[^>]* width="([\d.]+)%"/.exec(chart) ?? []
    expect(Number(done)).toBeCloseTo(Number(whole) / 2)
  })

  it('tells late ones by hatching and a sign, not by colour alone', () => {
    const signOf = (changes: Partial<GanttBar>) => {
      const chart = chartOf(drawn([bar('1', changes)]))
      return { hatched: chart.includes('gantt-late'), sign: /gantt-sign" d="([^"]+)/.exec(chart)?.[1] }
    }
    const overdue = signOf({ state: 'overdue', percent: 30 })
    const done = signOf({ state: 'done', doneOn: '2026-03-30' })
    const late = signOf({ state: 'done-late', doneOn: '2026-05-01' })
    expect([overdue.hatched, done.hatched, late.hatched]).toEqual([true, false, true])
    expect(overdue.sign).not.toBe(done.sign)
    expect(late.sign).toBe(done.sign)
    expect(signOf({}).sign).toBeUndefined()
  })

  it('says in words what the picture shows', () => {
    const html = drawn([bar('1', { state: 'overdue', stateText: 'Просрочено', percent: 30 })])
    expect(html).toContain('<title>1.1 Обучение преподавателей. Просрочено, 01.01.2026 – 31.03.2026, 30 %</title>')
    expect(html.slice(html.indexOf('gantt-about')).replaceAll('\u00a0', ' ')).toContain('01.01.2026 – 31.03.2026, 30 %')
  })

  it('draws a term without a beginning as a mark', () => {
    const chart = chartOf(drawn([bar('1', { startsOn: null })]))
    expect(chart).toContain('<path class="gantt-whole"')
    expect(chart).not.toContain('<rect class="gantt-whole"')
  })

  it('leads an arrow from what comes first to what waits for it, and passes over what is not drawn', () => {
    const second = bar('2', { startsOn: '2026-04-10', dueOn: '2026-05-30', after: ['1', 'elsewhere'] })
    const chart = chartOf(drawn([bar('1'), second]))
    expect(chart.match(/marker-end/g)).toHaveLength(1)
    expect(chartOf(drawn([bar('1'), bar('2', { after: ['1'] })])).match(/marker-end/g)).toHaveLength(1)
  })

  it('keeps titles as text', () => {
    expect(drawn([bar('1', { title: '<script>' })])).not.toContain('<script>')
  })
})
