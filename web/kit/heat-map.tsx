import { jsxAttr, jsxEscape, jsxTemplate } from 'preact/jsx-runtime'
import { Icon } from './icons.tsx'
import { tied } from './text.ts'
import type { Children } from './types.ts'

/** How a cell looks; each has a sign of its own besides the colour: ○ … ! ✓, a dashed ✓, ×. */
export type HeatMark = 'ring' | 'dots' | 'alert' | 'check' | 'check-late' | 'cross'

const marks: Record<HeatMark, string> = {
  ring: 'h-0',
  dots: 'h-1',
  alert: 'h-2',
  check: 'h-3',
  'check-late': 'h-4',
  cross: 'h-5',
}

export interface HeatColumn {
  key: string
  /** what stands at the head: «2.3» */
  number: string
  /** read aloud and shown on hover */
  title: string
  /** under the number, with where it leads */
  count?: { text: string; told: string; href: string } | undefined
}

/** `word` is read in place of the sign; a short address keeps a page of thousands of cells light. */
export interface HeatCell {
  mark: HeatMark
  word: string
  href: string
}

export interface HeatRow {
  key: string
  head: Children
  /** one for each of `figures` */
  figures: readonly Children[]
  /** one for each column; nothing where there is none */
  cells: readonly (HeatCell | undefined)[]
}

export interface HeatMapProps {
  /** names the region a keyboard scrolls */
  label: string
  caption: string
  /** over the first column; sorts by it */
  rowsTitle: HeatHead
  figures: readonly HeatHead[]
  /** all rows together: its name, and one for each of `figures`; each column's `count` stands beside */
  whole: { title: string; figures: readonly Children[] }
  groups: readonly { key: string; title: string; columns: readonly HeatColumn[] }[]
  rows: readonly HeatRow[]
}

export interface HeatHead {
  title: string
  short?: string
  href: string
  sorted?: 'ascending' | 'descending' | undefined
}

/**
 * Many things by many others, a sign in each cell. A table in its own scrolling frame: the head and the first column stay.
 * The arrows walk it when there are scripts; without them a link leads past its cells.
 */
export function HeatMap({ label, caption, rowsTitle, figures, whole, groups, rows }: HeatMapProps) {
  return (
    <>
      <a class="vh" href="#after-heat">
        Пропустить таблицу
      </a>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard scrolls a wide table only when its frame takes the focus */}
      <section class="table-wrap heat-wrap" aria-label={label} tabIndex={0}>
        <table class="heat" data-heat>
          <caption class="vh">{caption}</caption>
          <colgroup span={1 + figures.length} />
          {groups.map(({ key, columns }) => (
            <colgroup key={key} span={columns.length} />
          ))}
          <HeatHeads rowsTitle={rowsTitle} figures={figures} whole={whole} groups={groups} />
          <tbody>
            {rows.map(({ key, head, figures: told, cells }) => (
              <tr key={key}>
                <th scope="row">{head}</th>
                {told.map((figure, index) => (
                  <td key={index} class="num">
                    {figure}
                  </td>
                ))}
                {jsxTemplate([cells.map(cellMarkup).join('')])}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <span id="after-heat" tabIndex={-1} />
    </>
  )
}

function HeatHeads({
  rowsTitle,
  figures,
  whole,
  groups,
}: Pick<HeatMapProps, 'rowsTitle' | 'figures' | 'whole' | 'groups'>) {
  return (
    <thead>
      <tr>
        <SortingHead head={rowsTitle} />
        {figures.map((figure) => (
          <SortingHead key={figure.title} head={figure} />
        ))}
        {groups.map(({ key, title, columns }) => (
          <th key={key} scope="colgroup" class="heat-group" colSpan={columns.length} title={title}>
            <span>{tied(title)}</span>
          </th>
        ))}
      </tr>
      <tr>
        {groups.flatMap(({ columns }) =>
          columns.map(({ key, number, title }) => (
            <th key={key} scope="col">
              <abbr title={title}>{number}</abbr>
            </th>
          )),
        )}
      </tr>
      <tr>
        <th scope="row">{tied(whole.title)}</th>
        {whole.figures.map((figure, index) => (
          <td key={index} class="num">
            {figure}
          </td>
        ))}
        {groups.flatMap(({ columns }) =>
          columns.map(({ key, count }) => (
            <td key={key} class="num">
              {count ? (
                <a href={count.href} aria-label={count.told}>
                  {count.text}
                </a>
              ) : (
                '—'
              )}
            </td>
          )),
        )}
      </tr>
    </thead>
  )
}

const SortingHead = ({ head: { title, short, href, sorted } }: { head: HeatHead }) => (
  <th scope="col" rowSpan={2} aria-sort={sorted}>
    <a class="sort" href={href}>
      {short ? <abbr title={title}>{short}</abbr> : title}
      {sorted ? <Icon name={sorted === 'ascending' ? 'up' : 'down'} /> : null}
    </a>
  </th>
)

/** Written at once: components of thousands of cells would take the server a tenth of a second. */
const cellMarkup = (cell: HeatCell | undefined): string =>
  cell
    ? `<td><a class="${marks[cell.mark]}" ${jsxAttr('href', cell.href)}>${jsxEscape(cell.word)}</a></td>`
    : '<td>–</td>'

/** What the signs mean. */
export function HeatLegend({ entries }: { entries: readonly (readonly [mark: HeatMark, text: string])[] }) {
  return (
    <ul class="legend" aria-label="Условные обозначения">
      {entries.map(([mark, text]) => (
        <li key={mark}>
          <i class={`heat-sign ${marks[mark]}`} aria-hidden="true" />
          {text}
        </li>
      ))}
    </ul>
  )
}

/** The same signs side by side, each with its word: a row of a narrow list or of a comparison. */
export const HeatSign = ({ mark, word }: { mark: HeatMark; word: string }) => (
  <span class="heat-one">
    <i class={`heat-sign ${marks[mark]}`} aria-hidden="true" />
    {word}
  </span>
)
