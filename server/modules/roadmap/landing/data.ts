/** What the page tells of the regions, as a table for whoever counts on: no spaces within numbers, and a comma. */
import type { SharedFile } from '../../../kernel/http/index.ts'
import { writeCsv } from '../../../kernel/spreadsheets/index.ts'
import { type MapFigure, mapFiguresOf, periodFor } from './map-figures.ts'
import type { RoadmapSnapshot } from './snapshot.ts'
import { periodOf, titleWithUnit } from './words.ts'

/** @param period of the indicators that have it; of others the latest */
export async function csvOf(snapshot: RoadmapSnapshot, period: string | undefined): Promise<SharedFile> {
  const chunks: Uint8Array[] = []
  for await (const chunk of writeCsv(linesOf(snapshot, period))) chunks.push(chunk)
  return { bytes: Buffer.concat(chunks), type: 'text/csv; charset=utf-8', name: `${snapshot.roadmap.code}.csv` }
}

async function* linesOf(snapshot: RoadmapSnapshot, period: string | undefined): AsyncGenerator<string[]> {
  const figures = mapFiguresOf(snapshot)
  const told = (figure: MapFigure) => periodFor(figure, period)
  const titleOf = (figure: MapFigure) =>
    [titleWithUnit(figure), periodOf(figure, told(figure))].filter(Boolean).join(', ')
  yield ['Код региона', 'Регион', 'Мероприятий', 'Выполнено мероприятий', ...figures.map(titleOf)]
  for (const region of snapshot.regions) {
    const { code, name, progress } = region
    const values = figures.map((figure) => figure.of(region, told(figure)))
    yield [
      code,
      name,
      String(progress.all),
      String(progress.done),
      ...values.map((value) => (value === null ? '' : value.replace('.', ','))),
    ]
  }
}
