import { tied } from './text.ts'
import type { Children } from './types.ts'

type Space = 'small' | 'normal'

/** Things one under another: 24 px apart, or 8 with `space="small"`. */
export function Stack({ space = 'normal', children }: { space?: Space; children: Children }) {
  return <div class={space === 'small' ? 'stack-s' : 'stack'}>{children}</div>
}

/** Things side by side, wrapping; `apart` pushes the ends to the edges, `tight` never wraps. */
export function Row({ apart, tight, children }: { apart?: boolean; tight?: boolean; children: Children }) {
  return <div class={`row${apart ? ' row-end' : ''}${tight ? ' row-tight' : ''}`}>{children}</div>
}

interface ColumnsProps {
  /** both as high as the higher one */
  fill?: boolean
  /**
   * `aside`: work and a narrow column; `contents`: narrow on the left; `half`: nearly equal; `form`: a form and a column;
   * `door`: a short form and something wider; `map`: a map and a table of the same
   */
  shape?: 'aside' | 'contents' | 'half' | 'form' | 'door' | 'map'
  children: Children
}

/** Two columns on a wide screen, one on a narrow one. Give it exactly two children. */
export function Columns({ shape = 'aside', fill, children }: ColumnsProps) {
  return <div class={fill ? `${columnClasses[shape]} cols-fill` : columnClasses[shape]}>{children}</div>
}

const columnClasses = {
  aside: 'cols',
  contents: 'cols cols-left',
  half: 'cols cols-half',
  form: 'cols cols-form',
  door: 'cols cols-door',
  map: 'cols cols-map',
} as const

/** The narrow column beside the work; `sticky` keeps it in sight. */
export function Aside({ label, sticky, children }: { label: string; sticky?: boolean; children: Children }) {
  return (
    <aside class={sticky ? 'stack aside-stick' : 'stack'} aria-label={label}>
      {children}
    </aside>
  )
}

/** A part of the page that a script renews by its name. */
export function Part({ name, children }: { name: string; children: Children }) {
  return <div data-part={name}>{children}</div>
}

/** Equal cards, as many in a row as fit. */
export function Pair({ children }: { children: Children }) {
  return <div class="pair">{children}</div>
}

/** A part of a page with its heading. */
export function Section({ id, title, children }: { id: string; title: string; children: Children }) {
  return (
    <section class="section" aria-labelledby={id}>
      <h2 id={id}>{tied(title)}</h2>
      {children}
    </section>
  )
}

/** Running text: paragraphs and lists at a readable width. */
export function Prose({ children }: { children: Children }) {
  return <div class="prose">{children}</div>
}

/** A paragraph. */
export function Text({ children }: { children: Children }) {
  return <p>{tied(children)}</p>
}

/** A paragraph in secondary ink. */
export function Muted({ children }: { children: Children }) {
  return <p class="muted">{tied(children)}</p>
}

/** Small print: who, when, how much. Stands inside a line. */
export function Quiet({ children }: { children: Children }) {
  return <span class="quiet">{tied(children)}</span>
}

/** What explains a value, under it, in a table cell or a list. */
export function Under({ children }: { children: Children }) {
  return <small class="under">{tied(children)}</small>
}

/** A figure or a code that must not break. */
export function Num({ children }: { children: Children }) {
  return <span class="num">{children}</span>
}

/** Words that must not part. */
export function Unbroken({ children }: { children: Children }) {
  return <span class="nowrap">{children}</span>
}

/** Words for a screen reader only. */
export function Unseen({ children }: { children: Children }) {
  return <span class="vh">{children}</span>
}

/** Where a script is needed: says so plainly when there is none. */
export function NeedsScript({ children }: { children: Children }) {
  return (
    <noscript>
      <div class="note" data-tone="warn">
        <div>{children}</div>
      </div>
    </noscript>
  )
}
