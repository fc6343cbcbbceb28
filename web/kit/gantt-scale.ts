/** Time as a share of a picture's width: the span that holds all days, cut into months, quarters or years. */

/** A heading of the scale; places are per cent of the width. */
export type ScaleMark = { text: string; from: number; to: number }

export type GanttScale = {
  unit: 'month' | 'quarter' | 'year'
  /** The place where a day begins, in per cent. @param day `YYYY-MM-DD` */
  beginning: (day: string) => number
  /** The place where it ends. */
  end: (day: string) => number
  years: readonly ScaleMark[]
  /** Within the years; empty when they are the units. */
  parts: readonly ScaleMark[]
}

const months = ['янв', 'фев', 'мар', 'апр', 'май', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек']
const quarters = ['I', 'II', 'III', 'IV']

/** More columns than this cannot be told apart. */
const mostMonths = 18
const mostQuarters = 28
const mostYears = 30

const DAY = 86_400_000
const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY)

/** The first day of a month counted from year 0. */
const startOfMonth = (month: number): number =>
  dayNumber(`${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`)

const monthOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1

/** @param days all that must be in sight, `YYYY-MM-DD`; at least one */
export function ganttScale(days: readonly string[]): GanttScale {
  const sorted = days.toSorted()
  const [first = '', last = first] = [sorted[0], sorted.at(-1)]
  const span = monthOf(last) - monthOf(first) + 1
  const unit = span <= mostMonths ? 'month' : span <= mostQuarters * 3 ? 'quarter' : 'year'
  const step = { month: 1, quarter: 3, year: 12 }[unit]
  const from = Math.floor(monthOf(first) / step) * step
  const to = (Math.floor(monthOf(last) / step) + 1) * step
  const [left, right] = [startOfMonth(from), startOfMonth(to)]
  const place = (number: number) => round(((number - left) / (right - left)) * 100)
  const cut = (every: number, text: (month: number) => string): ScaleMark[] => {
    const marks: ScaleMark[] = []
    for (let month = Math.floor(from / every) * every; month < to; month += every)
      marks.push({
        text: text(month),
        from: place(startOfMonth(Math.max(month, from))),
        to: place(startOfMonth(Math.min(month + every, to))),
      })
    return marks
  }
  const yearStep = Math.ceil((to - from) / 12 / mostYears) * 12
  return {
    unit,
    beginning: (day) => place(dayNumber(day)),
    end: (day) => place(dayNumber(day) + 1),
    years: cut(yearStep, (month) => String(Math.floor(month / 12))),
    parts:
      unit === 'year'
        ? []
        : cut(step, (month) => (unit === 'month' ? months[month % 12] : quarters[(month % 12) / 3]) ?? ''),
  }
}

const round = (share: number): number => Math.round(share * 1000) / 1000
