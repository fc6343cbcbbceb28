import { Icon, type IconName } from './icons.tsx'
import type { Children } from './types.ts'

interface Look {
  /** `main` is what most people came to do: one on a screen */
  kind?: 'main' | 'plain' | 'quiet' | 'bad'
  size?: 'normal' | 'small'
  full?: boolean
  icon?: IconName
  /** said to a screen reader after the words: «Войти: администратор системы» */
  about?: string
  children: Children
}

export interface ButtonProps extends Look {
  type?: 'submit' | 'button'
  name?: string
  value?: string
  /** id of a form elsewhere on the page */
  form?: string
  formAction?: string
  disabled?: boolean
  busy?: boolean
  id?: string
  onClick?: (event: MouseEvent) => void
}

/** Sends its form unless `type="button"`. */
export function Button({ kind, size, full, icon, about, children, busy, type = 'submit', ...rest }: ButtonProps) {
  return (
    <button class={buttonClass({ kind, size, full })} type={type} aria-busy={busy ? 'true' : undefined} {...rest}>
      <Face icon={icon} about={about}>
        {children}
      </Face>
    </button>
  )
}

export interface LinkButtonProps extends Look {
  href: string
  download?: boolean
}

/** A link that looks like a button: it leads somewhere, it changes nothing. */
export function LinkButton({ kind, size, full, icon, about, children, href, download }: LinkButtonProps) {
  return (
    <a class={buttonClass({ kind, size, full })} href={href} download={download}>
      <Face icon={icon} about={about}>
        {children}
      </Face>
    </a>
  )
}

function Face({ icon, about, children }: Pick<Look, 'icon' | 'about' | 'children'>) {
  return (
    <>
      {icon ? <Icon name={icon} /> : null}
      {children}
      {about ? <span class="vh">: {about}</span> : null}
    </>
  )
}

/** The class of whatever must look like a button. Only for the kit's own parts. */
export function buttonClass({ kind = 'plain', size, full }: Pick<Look, 'kind' | 'size' | 'full'>): string {
  return ['btn', kind === 'plain' ? '' : `btn-${kind}`, size === 'small' ? 'btn-s' : '', full ? 'btn-full' : '']
    .filter(Boolean)
    .join(' ')
}
