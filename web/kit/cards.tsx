import { tied } from './text.ts'
import type { Children } from './types.ts'

export interface CardProps {
  /** with a title the card is a region of the page named by it */
  title?: string
  id?: string
  /** how many, shown beside the title */
  count?: Children
  /** at the right of the title: a link to the whole list, a badge */
  aside?: Children
  /** under a hairline at the bottom */
  foot?: Children
  /** 3 within a part of a page that has a heading of its own */
  level?: 2 | 3
  /** as high as the card beside it: what it holds scrolls */
  fill?: boolean
  /** for tables and filters, which bring their own padding */
  flush?: boolean
  children?: Children
}

/** A sheet of paper on the ground: one subject. Never a card inside a card. */
export function Card({ title, id, count, aside, foot, level = 2, flush, fill, children }: CardProps) {
  const headingId = id ?? (title ? idOf(title) : undefined)
  const Heading = level === 2 ? 'h2' : 'h3'
  const inside = (
    <>
      {title ? (
        <div class="card-head">
          <Heading id={headingId}>
            {tied(title)}
            {count ? <> {count}</> : null}
          </Heading>
          {aside ? <div class="card-aside">{aside}</div> : null}
        </div>
      ) : null}
      {children}
      {foot ? <div class="card-foot">{foot}</div> : null}
    </>
  )
  const look = ['card', flush ? 'card-flush' : '', fill ? 'card-fill' : ''].filter(Boolean).join(' ')
  return title ? (
    <section class={look} aria-labelledby={headingId}>
      {inside}
    </section>
  ) : (
    <div class={look}>{inside}</div>
  )
}

/** What follows a table or a filter in a card without padding of its own. */
export function CardPart({ children }: { children: Children }) {
  return <div class="card-foot">{children}</div>
}

/** An id out of a Russian title, stable from one rendering to the next. */
export const idOf = (title: string): string =>
  `t-${title
    .toLowerCase()
    .replace(/[^a-zа-яё0-9]+/gu, '-')
    .replace(/^-|-$/g, '')}`

export interface FactsProps {
  /** what is undefined is left out; a dash says "none" */
  facts: readonly (readonly [term: string, value: Children])[]
  /** one under another, for a narrow column */
  narrow?: boolean
}

/** Names and values: a passport, requisites, what an application asks for. */
export function Facts({ facts, narrow }: FactsProps) {
  return (
    <dl class={narrow ? 'facts facts-s' : 'facts'}>
      {facts.map(([term, value]) =>
        value === undefined ? null : (
          <div class="fact" key={term}>
            <dt>{tied(term)}</dt>
            <dd>{tied(value)}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

/** Lines parted by hairlines: messages, organisations, files; with `keys`, j/k and Enter work on it. */
export function List({ label, keys, children }: { label?: string; keys?: boolean; children: Children }) {
  return (
    <ul class="list" aria-label={label} data-keys={keys ? '' : undefined}>
      {children}
    </ul>
  )
}

export interface ListItemProps {
  /** above the title in small print: when, from whom */
  top?: readonly Children[]
  title?: Children
  href?: string
  /** not yet read: the title is bold and says so to a screen reader */
  unread?: boolean
  /** the title matters more than its text */
  strong?: boolean
  /** under the title in small print, parted by dots */
  under?: readonly Children[]
  /** at the right end: a badge, a button */
  end?: Children
  children?: Children
}

export function ListItem({ top, title, href, unread, strong, under, end, children }: ListItemProps) {
  const words = (
    <>
      {top ? <ListTop parts={top} /> : null}
      {title ? (
        <p class={unread || strong ? 'list-title main' : 'list-title'}>
          {unread ? <span class="vh">Новое: </span> : null}
          {href ? <a href={href}>{tied(title)}</a> : tied(title)}
        </p>
      ) : null}
      {typeof children === 'string' ? <p class="muted">{tied(children)}</p> : children}
      {under ? (
        <p class="quiet">
          {present(under).map((part, index) => (
            <span key={index}>
              {index > 0 ? ' · ' : ''}
              {tied(part)}
            </span>
          ))}
        </p>
      ) : null}
    </>
  )
  return end ? (
    <li class="list-split">
      <div>{words}</div>
      <div>{end}</div>
    </li>
  ) : (
    <li>{words}</li>
  )
}

function ListTop({ parts }: { parts: readonly Children[] }) {
  return (
    <p class="list-top">
      {present(parts).map((part, index) => (
        <span key={index}>{tied(part)}</span>
      ))}
    </p>
  )
}

const present = (parts: readonly Children[]) =>
  parts.filter((part) => part !== undefined && part !== null && part !== '')
