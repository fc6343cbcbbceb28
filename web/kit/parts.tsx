import { Count } from './badges.tsx'
import { tied } from './text.ts'

export interface PartsEntry {
  title: string
  href: string
  current?: boolean
  /** how many it holds */
  count?: number
  /** what must be mended there */
  errors?: number
}

export interface PartsGroup {
  title: string
  entries: readonly PartsEntry[]
}

/** The parts of a thing that is worked on for long, in groups. Goes first into `Columns shape="contents"`. */
export function Parts({ label, groups }: { label: string; groups: readonly PartsGroup[] }) {
  return (
    <nav class="toc toc-parts aside-stick" id="contents" aria-label={label}>
      {groups.map(({ title, entries }) =>
        entries.length === 0 ? null : (
          <div key={title}>
            <h2 class="label">{title}</h2>
            <ol>
              {entries.map((entry) => (
                <li key={entry.href}>
                  <a href={entry.href} aria-current={entry.current ? 'page' : undefined}>
                    <span>{tied(entry.title)}</span>
                    {entry.errors ? (
                      <Count value={entry.errors} tone="bad" unit="нужно исправить" />
                    ) : entry.count === undefined ? null : (
                      <span class="quiet">{entry.count}</span>
                    )}
                  </a>
                </li>
              ))}
            </ol>
          </div>
        ),
      )}
    </nav>
  )
}
