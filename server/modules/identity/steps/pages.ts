import type { Stage } from '../../../kernel/http/index.ts'
import { localPath } from '../sign-in/local-path.ts'

/** Where each step is taken; a page beyond a session's stage leads here. */
export const stepPages: Record<Exclude<Stage, 'full'>, string> = {
  'second-factor': '/sign-in/second-factor',
  'password-change': '/sign-in/new-password',
  consent: '/sign-in/consent',
  contacts: '/sign-in/contacts',
}

/** The next page on the way in: the next step, or the page that was asked for. */
export function afterStep(stage: Stage, next: string | undefined): string {
  const asked = localPath(next) ?? '/cabinet'
  return stage === 'full' ? asked : `${stepPages[stage]}?${new URLSearchParams({ next: asked })}`
}
