import { Count } from './badges.tsx'
import { Icon } from './icons.tsx'
import { HelpLink } from './page.tsx'
import { formatNumber, initials, tied } from './text.ts'
import type { Children } from './types.ts'

export interface ReportBarProps {
  /** «85-К за 2026 год»: the page's h1 */
  title: string
  /** whose: cut short where there is no room, for it stands whole in the way back above the report */
  under: string
  /** «срок 20.01.2027»: never cut */
  term: string
  help?: { href: string; text: string }
  /** the badge of the report's state */
  state: Children
  /** menus and small buttons; the main one last */
  children: Children
}

/** A report's own bar; goes into `Page` as `menuBar`. It stays in sight while the grid scrolls. */
export function ReportBar({ title, under, term, help, state, children }: ReportBarProps) {
  return (
    <div class="rbar">
      <div class="rbar-in">
        <div class="rbar-name">
          <h1>
            {tied(title)}
            {help ? <HelpLink {...help} /> : null}
          </h1>
          <p>
            <span title={under}>{tied(under)}</span>
            <span>{tied(term)}</span>
          </p>
        </div>
        {children}
        <div class="rbar-state">
          <span class="vh">Состояние отчёта: </span>
          {state}
        </div>
      </div>
    </div>
  )
}

export interface ContentsEntry {
  number: string
  title: string
  href: string
  current?: boolean
  /** cells filled of those to fill; a full section shows a tick */
  filled: number
  toFill: number
  errors?: number
  /** warnings that nobody has explained */
  unexplained?: number
}

/** The sections of a report with how full each is. Goes first into `Columns shape="contents"`. */
export function Contents({ entries }: { entries: readonly ContentsEntry[] }) {
  return (
    <nav class="toc aside-stick" id="contents" aria-labelledby="contents-title">
      <h2 class="label" id="contents-title">
        Оглавление
      </h2>
      <ol>
        {entries.map((entry) => (
          <li key={entry.number}>
            <a href={entry.href} aria-current={entry.current ? 'page' : undefined}>
              <span class="no">{entry.number}</span>
              <span>{tied(entry.title)}</span>
              <Fill {...entry} />
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

function Fill({ filled, toFill, errors = 0, unexplained = 0 }: ContentsEntry) {
  const full = filled >= toFill
  return (
    <>
      {errors > 0 ? (
        <Count value={errors} tone="bad" unit="с ошибкой" />
      ) : unexplained > 0 ? (
        <Count value={unexplained} unit="без пояснения" />
      ) : full ? (
        <Icon name="check" label="Заполнен" />
      ) : null}
      {full ? null : (
        <span class="quiet">
          <progress class="bar bar-thin" value={filled} max={toFill} aria-hidden="true" />
          {formatNumber(filled)} из {formatNumber(toFill)}
        </span>
      )}
    </>
  )
}

export interface CheckResult {
  id: string
  tone: 'bad' | 'warn'
  /** «Раздел 7, строка 701, графа 3» */
  place: string
  href: string
  text: string
  /** «274 ≠ 276, разница −2» */
  sums?: string
  /** the cells of which all this is said, when there are several: «Строка 703» with its columns */
  rows?: readonly { name: string; cells: readonly { column: string; href: string }[] }[]
  /** a button or a badge at the right: «К ячейке», «Пояснено» */
  action?: Children
  /** what opens under it: how the figures came about */
  more?: Children
}

/** What the checks found, errors first; each leads to its cell. */
export function CheckList({ results }: { results: readonly CheckResult[] }) {
  return (
    <ol class="checks">
      {results.map(({ id, tone, place, href, text, sums, rows = [], action, more }) => (
        <li key={id} data-tone={tone}>
          <Icon name={tone === 'bad' ? 'stop' : 'alert'} label={tone === 'bad' ? 'Ошибка' : 'Предупреждение'} />
          <div>
            {/* What describes a cell to a screen reader; the list of cells does not. */}
            <div id={id}>
              <a class="main" href={href}>
                {tied(place)}
              </a>
              <p>{tied(text)}</p>
              {sums ? <p class="sums">{sums}</p> : null}
            </div>
            {rows.length > 0 ? <CheckCells place={place} rows={rows} /> : null}
            {more}
          </div>
          {action ?? <span />}
        </li>
      ))}
    </ol>
  )
}

function CheckCells({ place, rows }: { place: string; rows: NonNullable<CheckResult['rows']> }) {
  return (
    <ul class="check-cells" aria-label={place}>
      {rows.map(({ name, cells }) => (
        <li key={name}>
          {name}, {cells.length > 1 ? 'графы' : 'графа'}
          {cells.map(({ column, href }) => (
            <a key={column} href={href} aria-label={`${name}, графа ${column}`}>
              {column}
            </a>
          ))}
        </li>
      ))}
    </ul>
  )
}

/** What the shades of the grid mean; stands under it. */
export function GridKey() {
  return (
    <ul class="legend grid-key" aria-label="Условные обозначения">
      <li>
        <span class="key key-in" /> заполняется
      </li>
      <li>
        <span class="key" /> рассчитывается
      </li>
      <li>
        <span class="key key-pulled" /> подтянуто из другого раздела или отчёта
      </li>
      <li>
        <span class="key key-x" /> не заполняется
      </li>
    </ul>
  )
}

export interface PersonHere {
  id: string
  /** «Крылатская Е. Д.» */
  name: string
  /** where: «раздел 7» */
  about: string
}

/** Who else works at the same thing now; a script keeps it up to date by its id. */
export function PeopleHere({ people }: { people: readonly PersonHere[] }) {
  return (
    <ul class="here" id="people-here" aria-label="Сейчас в отчёте" hidden={people.length === 0}>
      {people.map(({ id, name, about }) => (
        <li key={id} title={`${name}, ${about}`}>
          <span class="here-face" aria-hidden="true">
            {initials(name)}
          </span>
          <span class="here-name">{name}</span>
        </li>
      ))}
    </ul>
  )
}
