import { buttonClass } from './buttons.tsx'
import { Guards } from './form.tsx'
import { Icon, type IconName } from './icons.tsx'
import type { Children } from './types.ts'

export interface Tab {
  text: string
  href: string
  current?: boolean
  count?: Children
}

/** Parts of one page as links: each has its address. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav class="tabs" aria-label={label}>
      <ul>
        {tabs.map(({ text, href, current, count }) => (
          <li key={href}>
            <a href={href} aria-current={current ? 'page' : undefined}>
              {text}
              {count ? <> {count}</> : null}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

export interface MenuItem {
  text: string
  icon?: IconName
  /** a link… */
  href?: string
  /** …or a post of its own to this address… */
  post?: string
  /** …or a submit of the form with this id, with its name and value */
  form?: string
  name?: string
  value?: string
}

/** `'line'` parts groups. */
export type MenuEntry = MenuItem | 'line'

export interface MenuProps {
  text: string
  icon?: IconName
  size?: 'normal' | 'small'
  kind?: 'plain' | 'quiet'
  items: readonly MenuEntry[]
}

/** Opens without a script; Escape and a click elsewhere close it with one. */
export function Menu({ text, icon, size, kind, items }: MenuProps) {
  return (
    <details class="menu">
      <summary class={buttonClass({ kind, size })}>
        {icon ? <Icon name={icon} /> : null}
        {text}
        <Icon name="down" />
      </summary>
      <MenuList items={items} />
    </details>
  )
}

export function MenuList({ items }: { items: readonly MenuEntry[] }) {
  return (
    <div class="menu-list">
      {items.map((item, index) => (item === 'line' ? <hr key={index} /> : <MenuLine key={index} item={item} />))}
    </div>
  )
}

function MenuLine({ item }: { item: MenuItem }) {
  const face = (
    <>
      {item.icon ? <Icon name={item.icon} /> : null}
      {item.text}
    </>
  )
  if (item.href !== undefined) return <a href={item.href}>{face}</a>
  const button = (
    <button type="submit" form={item.form} name={item.name} value={item.value}>
      {face}
    </button>
  )
  if (item.post === undefined) return button
  return (
    <form method="post" action={item.post}>
      <Guards />
      {button}
    </form>
  )
}
