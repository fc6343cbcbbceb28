import { Icon, type IconName } from './icons.tsx'
import { tied } from './text.ts'
import type { Children, Tone } from './types.ts'

/** The shape that goes with a tone when no other is asked for. */
const toneIcons: Record<Tone, IconName> = { ok: 'check', warn: 'alert', bad: 'x', wait: 'clock' }

/** A state: a shape and the manual's word; the colour only helps. */
export function Badge({ tone, icon, text }: { tone?: Tone; icon?: IconName; text: string }) {
  return (
    <span class="badge" data-tone={tone}>
      <Icon name={icon ?? (tone ? toneIcons[tone] : 'ring')} />
      <span>{text}</span>
    </span>
  )
}

/** How many, in a circle; `unit` is said to a screen reader: «2 новых». Zero is not shown. */
export function Count({ value, tone, unit }: { value: number; tone?: 'hot' | 'bad'; unit?: string }) {
  if (value === 0) return null
  return (
    <span class={tone ? `count count-${tone}` : 'count'}>
      {value > 999 ? '999+' : value}
      {unit ? <span class="vh"> {unit}</span> : null}
    </span>
  )
}

const noteIcons: Record<Tone, IconName> = { ok: 'check', warn: 'alert', bad: 'stop', wait: 'clock' }

export interface NoteProps {
  tone?: Tone
  title?: string
  icon?: IconName
  /** read aloud at once: `alert` for a failure, `status` for what happened quietly */
  live?: 'alert' | 'status'
  id?: string
  children?: Children
}

/** What happened, why, what to do. */
export function Note({ tone, title, icon, live, id, children }: NoteProps) {
  return (
    <div class="note" data-tone={tone} role={live} id={id} tabIndex={live === 'alert' ? -1 : undefined}>
      <Icon name={icon ?? (tone ? noteIcons[tone] : 'info')} />
      <div class="stack-xs">
        {title ? (
          <p>
            <b>{tied(title)}</b>
          </p>
        ) : null}
        {typeof children === 'string' ? <p>{tied(children)}</p> : children}
      </div>
    </div>
  )
}

/** A line of a list of automatic checks: fine, or worth a look. */
export function Tick({ tone = 'ok', children }: { tone?: 'ok' | 'warn' | 'bad'; children: Children }) {
  const said = { ok: 'В порядке', warn: 'Обратите внимание', bad: 'Ошибка' }[tone]
  return (
    <li class="tick" data-tone={tone}>
      <Icon name={noteIcons[tone]} label={said} />
      <span>{tied(children)}</span>
    </li>
  )
}
