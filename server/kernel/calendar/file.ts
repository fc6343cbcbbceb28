/** The file of moved days off, `reference/calendar.csv`: lines as the government's decrees say them. */
import { decodeReference, WrongReference } from '../reference.ts'
import { isDay, isWeekend, weekdayOf } from './days.ts'
import { isLegalHoliday, isNewYearHoliday } from './holidays.ts'

export const file = 'calendar.csv'
const header = 'from;to'

/** What the law leaves to decrees and to regions. */
export type Decrees = {
  /** From a day off, Saturday or Sunday, to the working day that becomes free in its place. */
  moved: ReadonlyMap<string, string>
  /** Non-working holidays of a region's own law. */
  holidays: ReadonlySet<string>
  /** Of which the file says anything. */
  years: ReadonlySet<number>
}

/** The file of the calendar cannot be taken as it is. */
export class WrongCalendar extends WrongReference {
  constructor(problems: readonly string[]) {
    super(file, problems)
  }
}

/**
 * @param bytes UTF-8; lines that begin with # and empty lines are passed over, the first other one is `from;to`, then a
 *   moved day off a line, or a holiday of the region with nothing before the semicolon
 * @throws WrongCalendar with every line that is wrong, and every year that is not complete
 */
export function decreesOf(bytes: Uint8Array): Decrees {
  const decoded = decodeReference(bytes)
  if ('wrong' in decoded) throw new WrongCalendar([decoded.wrong])
  const [first, ...lines] = linesOf(decoded.text)
  if (first?.text !== header) throw new WrongCalendar([`строка ${first?.number ?? 1}: нужен заголовок «${header}»`])

  const problems: string[] = []
  const moved = new Map<string, string>()
  const holidays = new Set<string>()
  const seen = new Map<string, number>()
  for (const { text, number } of lines) {
    const [from = '', to = '', ...rest] = text.split(';').map((part) => part.trim())
    const problem = rest.length > 0 || to === '' ? shape : (problemOf(from, to) ?? repeated([from, to], seen))
    if (problem) problems.push(`строка ${number}: ${problem}`)
    else if (from === '') holidays.add(to)
    else moved.set(from, to)
    for (const day of [from, to]) if (day) seen.set(day, seen.get(day) ?? number)
  }
  if (problems.length === 0) problems.push(...incompleteYears(moved))
  if (problems.length > 0) throw new WrongCalendar(problems)
  return { moved, holidays, years: new Set([...seen.keys()].map((day) => Number(day.slice(0, 4)))) }
}

const shape = 'нужны выходной и рабочий день, на который он перенесён, например «2026-01-03;2026-01-09»'
const weekdays = ['воскресенье', 'понедельник', 'вторник', 'среда', 'четверг', 'пятница', 'суббота']

function linesOf(text: string): { text: string; number: number }[] {
  const lines = text.split(/\r?\n/).map((line, index) => ({ text: line.trim(), number: index + 1 }))
  return lines.filter((line) => line.text !== '' && !line.text.startsWith('#'))
}

function problemOf(from: string, to: string): string | undefined {
  const wrong = [from, to].find((day) => day !== '' && !isDay(day))
  if (wrong) return `«${wrong}» не дата, нужны год, месяц и день, например 2026-01-09`
  if (from === '') return isLegalHoliday(to) ? `${to} и так праздничный день по статье 112 ТК РФ` : undefined
  if (!isWeekend(from)) return `${from} — ${weekdays[weekdayOf(from)]}, а переносят субботу или воскресенье`
  if (isWeekend(to)) return `${to} — ${weekdays[weekdayOf(to)]}, а выходной переносят на рабочий день`
  if (isLegalHoliday(to)) return `${to} — праздничный день, а выходной переносят на рабочий`
  if (from.slice(0, 4) !== to.slice(0, 4)) return 'выходной переносят в пределах одного года'
  return undefined
}

function repeated(days: readonly string[], seen: ReadonlyMap<string, number>): string | undefined {
  const day = days.find((one) => seen.has(one))
  return day && `${day} уже стоит в строке ${seen.get(day)}`
}

/** Трудовой кодекс, article 112: of the days off within 1–8 January the government moves two. Fewer: a line is lost. */
function incompleteYears(moved: ReadonlyMap<string, string>): string[] {
  const years = new Set([...moved.keys()].map((day) => day.slice(0, 4)))
  const inJanuary = (year: string) => [...moved.keys()].filter((day) => day.startsWith(year) && isNewYearHoliday(day))
  return [...years]
    .filter((year) => inJanuary(year).length < 2)
    .map((year) => `${year} год: из выходных 1–8 января по закону переносят два, а в файле ${inJanuary(year).length}`)
}
