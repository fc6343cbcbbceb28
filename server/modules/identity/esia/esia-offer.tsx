import { audiences, firstRules } from '../../../../contracts/audiences.ts'
import { LinkButton } from '../../../../web/kit/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { findDoor, listChangedRules } from './esia.queries.ts'
import { isEsiaConfigured } from './provider.ts'

/** Whether the sign-in page offers ЕСИА: it is configured, and the rule of some audience lets people in by it. */
export async function isEsiaOffered(db: Db): Promise<boolean> {
  if (!isEsiaConfigured()) return false
  const changed = await listChangedRules(db)
  return audiences.some((audience) => {
    const { doors } = changed.find((one) => one.audience === audience)?.rule ?? firstRules[audience]
    return doors.esia !== 'no'
  })
}

/** On the sign-in page. A link, because a form may not end in another site's page. */
export const EsiaButton = ({ next }: { next: string | undefined }) => (
  <LinkButton href={`/esia/sign-in?${new URLSearchParams(next ? { next } : {})}`}>Войти через Госуслуги</LinkButton>
)

/** Where signing out leads: whoever came in through ЕСИА still has a session there. */
export async function afterSignOut(db: Db, sessionId: string | undefined): Promise<string> {
  const door = sessionId && isEsiaConfigured() ? await findDoor(db, sessionId) : undefined
  return door === 'esia' ? '/esia/signed-out' : '/'
}
