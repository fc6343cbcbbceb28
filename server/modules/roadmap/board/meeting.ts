/** What a coordinator takes to a meeting: figures, the map, the regions, the worst of what is late; A4. */
import type { LateMeasure, MeasureCounts, RoadmapBoard } from '../../../../contracts/roadmap-board.ts'
import { counted, formatDate, formatDateTime, formatNumber, formatPercent, plural } from '../../../../web/kit/index.ts'
import { drawTable, type HeadCell, margin, PdfPages, type TableCell } from '../../../kernel/pdf/index.ts'
import { periodName } from '../indicators/periods.ts'
import { drawnCountry } from '../landing/outlines.ts'
import { classesOf, type Step } from '../map/classes.ts'
import type { RoadmapRow } from '../roadmaps/roadmaps.queries.ts'
import { shareDone } from './board.ts'
import { regionForms } from './board.words.ts'
import type { PublishedIndicator } from './comparison.queries.ts'

export type Meeting = {
  roadmap: RoadmapRow
  /** Of all regions and sections, the most done first. */
  board: RoadmapBoard
  /** The oldest first; the first of them are told. */
  late: readonly LateMeasure[]
  indicator: PublishedIndicator | undefined
  /** IANA name of whoever prints. */
  timeZone: string
}

export async function* drawMeeting(meeting: Meeting): AsyncGenerator<Uint8Array> {
  const { roadmap, board, timeZone } = meeting
  const title = `Сводка на ${formatDate(board.today)}: ${roadmap.shortTitle}`
  const pages = new PdfPages({
    title,
    foot: `${roadmap.shortTitle} · напечатано ${formatDateTime(new Date(), timeZone)}`,
  })
  pages.addPage('portrait')
  heading(pages, meeting)
  mapOf(pages, board)
  for (const draw of [worstMeasures, regionTable, oldestMeasures])
    for (const pieces of draw(pages, meeting)) {
      yield* pieces
      // Other calls are answered between the pages.
      await new Promise((resolve) => setImmediate(resolve))
    }
  yield* await pages.end()
}

const quiet = { size: 8, colour: '#444444' }

function heading(pages: PdfPages, { roadmap, board }: Meeting): void {
  const { total, regions, today } = board
  pages.paragraph(`Сводка на ${formatDate(today)}`, { size: 18, weight: 700 }, 'left', 2)
  pages.paragraph(roadmap.title, { size: 11 }, 'left', 2)
  pages.paragraph(`Срок — ${formatDate(roadmap.deadline, roadmap.timeZone)}`, quiet, 'left', 8)
  const figures = [
    [formatNumber(regions.length), plural(regions.length, regionForms)],
    [formatPercent(shareDone(total)), 'мероприятий выполнено'],
    [`${formatNumber(total.done)} из ${formatNumber(total.all)}`, 'мероприятий'],
    [formatNumber(total.late), 'просрочено'],
    [formatNumber(total.lateRegions), 'регионов с опозданием'],
  ] as const
  const widths = widthsOf(pages, [2, 4, 5, 2, 4])
  let x = margin
  figures.forEach(([value, words], index) => {
    pages.write(value, { x, y: pages.y, style: { size: 16, weight: 700 } })
    pages.write(words, { x, y: pages.y + 20, style: quiet })
    x += widths[index] ?? 0
  })
  pages.y += 38
}

const fills: Record<Step, string> = {
  0: '#ffffff',
  1: '#e3f0f4',
  2: '#b8d9e4',
  3: '#7bb6cb',
  4: '#247391',
  5: '#0a4a62',
}

const shareText = (counts: MeasureCounts): string => String(Math.round(shareDone(counts) * 100))

/** By the share done, in classes; a region without an outline stands below as a square. */
function mapOf(pages: PdfPages, { regions }: RoadmapBoard): void {
  const shares = new Map(regions.map((region) => [region.code, shareText(region)]))
  const { classes, stepOf } = classesOf([...shares.values()], { method: 'quantiles', unit: '%' })
  const { map } = drawnCountry()
  pages.paragraph('Доля выполненных мероприятий, %', { size: 11, weight: 700 }, 'left', 4)
  const scale = pages.width / map.width
  for (const { code, path } of map.shapes) {
    const fill = fills[stepOf(shares.get(code) ?? null)]
    pages.outline(path, { x: margin, y: pages.y, scale, fill })
  }
  pages.y += map.height * scale + 4
  squares(
    pages,
    classes.map(({ step, label, count }) => ({ step, text: `${label} — ${counted(count, regionForms)}` })),
  )
  const drawn = new Set(map.shapes.map(({ code }) => code))
  const others = regions.filter(({ code }) => !drawn.has(code))
  if (others.length > 0) {
    pages.paragraph('Нет на карте:', quiet, 'left', 2)
    squares(
      pages,
      others.map((region) => ({
        step: stepOf(shareText(region)),
        text: `${region.name} — ${shareText(region)}\u00a0%`,
      })),
    )
  }
  pages.y += 6
}

/** Coloured squares with their words, as many in a line as fit. */
function squares(pages: PdfPages, entries: readonly { step: Step; text: string }[]): void {
  let x = margin
  for (const { step, text } of entries) {
    const width = 14 + pages.widthOf(text, quiet) + 14
    if (x > margin && x + width > margin + pages.width) {
      x = margin
      pages.y += 14
    }
    pages.box(x, pages.y, 9, 9, fills[step])
    pages.write(text, { x: x + 13, y: pages.y - 0.5, style: quiet })
    x += width
  }
  pages.y += 16
}

const headRow = (titles: readonly string[]): HeadCell[][] => [
  titles.map((text, column) => ({ text, column, columnSpan: 1, rowSpan: 1 })),
]
const right = (text: string): TableCell => ({ text, align: 'right' })
const part = (pages: PdfPages, title: string): void => {
  if (pages.room < 90) pages.addPage('portrait')
  pages.y += 8
  pages.paragraph(title, { size: 12, weight: 700 }, 'left', 4)
}
const widthsOf = (pages: PdfPages, shares: readonly number[]): number[] =>
  shares.map((share) => (share * pages.width) / shares.reduce((sum, each) => sum + each, 0))

const mostWorst = 10

function* worstMeasures(pages: PdfPages, { board }: Meeting): Generator<Buffer[]> {
  const worst = board.columns
    .filter(({ late }) => late > 0)
    .sort((one, other) => other.late - one.late)
    .slice(0, mostWorst)
  if (worst.length === 0) return
  part(pages, 'С чем опаздывают чаще всего')
  yield* drawTable(pages, {
    widths: widthsOf(pages, [8, 62, 13, 17]),
    head: headRow(['№', 'Мероприятие', 'Срок', 'Опаздывают регионов']),
    rows: worst.map(({ number, title, dueOn, late, all }) => [
      { text: number },
      { text: title },
      { text: formatDate(dueOn) },
      right(`${late} из ${all}`),
    ]),
    orientation: 'portrait',
  })
}

function* regionTable(pages: PdfPages, { board, indicator }: Meeting): Generator<Buffer[]> {
  part(pages, 'Регионы')
  if (indicator)
    pages.paragraph(
      `Показатель: ${indicator.title}, ${indicator.unit}; ${periodName(indicator.periodicity, indicator.period)}, опубликовано.`,
      quiet,
    )
  const factOf = (code: string): string => {
    const fact = indicator?.facts[code] ?? null
    return fact === null ? '—' : formatNumber(Number(fact), indicator?.decimals)
  }
  yield* drawTable(pages, {
    widths: widthsOf(pages, [7, 48, 15, 13, 14, ...(indicator ? [18] : [])]),
    head: headRow([
      '№',
      'Регион',
      'Выполнено',
      'Доля',
      'Просрочено',
      ...(indicator ? [`Показатель, ${indicator.unit}`] : []),
    ]),
    rows: board.regions.map((region, index) => [
      right(String(index + 1)),
      { text: region.name },
      right(`${region.done} из ${region.all}`),
      right(formatPercent(shareDone(region))),
      right(region.late > 0 ? String(region.late) : '—'),
      ...(indicator ? [right(factOf(region.code))] : []),
    ]),
    orientation: 'portrait',
  })
}

function* oldestMeasures(pages: PdfPages, { board, late }: Meeting): Generator<Buffer[]> {
  if (late.length === 0) return
  part(pages, 'Самые давние просрочки')
  if (board.total.late > late.length)
    pages.paragraph(`Показаны ${late.length} из ${formatNumber(board.total.late)} просроченных мероприятий.`, quiet)
  yield* drawTable(pages, {
    widths: widthsOf(pages, [24, 38, 13, 40]),
    head: headRow(['Регион', 'Мероприятие', 'Просрочено', 'Что сказал регион']),
    rows: late.map(({ regionName, number, title, daysLate, percent, report }) => [
      { text: regionName },
      { text: `${number}. ${title}` },
      right(counted(daysLate, ['день', 'дня', 'дней'])),
      { text: report ? `${percent} % — ${report.text}` : 'Ни одного отчёта' },
    ]),
    orientation: 'portrait',
  })
}
