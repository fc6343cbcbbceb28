import { Icon } from './icons.tsx'
import { tied } from './text.ts'
import type { Children } from './types.ts'

export interface DisclosureProps {
  title: string
  /** what the title stands for, under it */
  under?: string
  /** at the right of the title: how many, a badge */
  end?: Children
  open?: boolean
  children: Children
}

/** A line that opens into what belongs to it; works without a script. Several stand one under another in a card. */
export function Disclosure({ title, under, end, open, children }: DisclosureProps) {
  return (
    <details class="fold" open={open}>
      <summary>
        <Icon name="down" />
        <span>
          <b>{tied(title)}</b>
          {under ? <small class="under">{tied(under)}</small> : null}
        </span>
        {end ? <span class="fold-end">{end}</span> : null}
      </summary>
      <div class="fold-in">{children}</div>
    </details>
  )
}
