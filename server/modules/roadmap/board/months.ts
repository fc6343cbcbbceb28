/** Months `YYYY-MM`, and what has come together by the end of each. */

export const monthOf = (day: string): string => day.slice(0, 7)

/** From one to the other, both included. */
export function monthsBetween(first: string, last: string): string[] {
  const found: string[] = []
  for (let month = first; month <= last; month = monthAfter(month)) found.push(month)
  return found
}

function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}

/** Sums that grow from month to month: one for each of `months`, of what happened by its end. */
export function growing<T extends { month: string }>(
  months: readonly string[],
  rows: readonly T[],
  countOf: (row: T) => number,
): number[] {
  const byMonth = new Map<string, number>()
  for (const row of rows) byMonth.set(row.month, (byMonth.get(row.month) ?? 0) + countOf(row))
  let sum = 0
  return months.map((month) => {
    sum += byMonth.get(month) ?? 0
    return sum
  })
}

const names = 'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь'.split(' ')

/** «март 2026» */
export function monthName(month: string): string {
  const [year, number] = month.split('-').map(Number)
  return `${names[(number ?? 1) - 1]} ${year}`
}
