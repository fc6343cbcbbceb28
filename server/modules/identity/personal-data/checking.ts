/** The check of personal data by a registry: after the commit, again and again until it answers, told by letter. */
import { type Db, type Tx, transaction } from '../../../kernel/db/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import type { EventHandlers } from '../../../kernel/outbox/index.ts'
import { openData } from './passport.ts'
import { sendAcceptedLetter, sendRefusedLetter } from './personal-data.letters.ts'
import { listDueChecks, lockToCheck, markOutcome, markUnanswered } from './personal-data.queries.ts'
import { type RegistryCheck, type RegistryInUse, type RegistryVerdict, registryInUse } from './registry-check.ts'

declare module '../../../kernel/outbox/outbox.ts' {
  interface Events {
    'personal-data.changed': { accountId: string; version: number }
  }
}

export const personalDataHandlers: EventHandlers = {
  'personal-data.changed': async (tx, { accountId, version }) => {
    await checkPersonalData(tx, accountId, version)
  },
}

/** A slow registry must not hold up what else is looked at. */
const atOnce = 10

/** Looks at what was not answered yet. Where one gets no answer, the others would not either: they wait for the next look. */
export async function checkWaiting(db: Db): Promise<void> {
  if (!registryInUse()) return
  for (const accountId of await listDueChecks(db, atOnce)) {
    const answered = await transaction({ db }, (tx) => checkPersonalData(tx, accountId, undefined))
    if (!answered) return
  }
}

/**
 * Asks the registry. The row stays locked meanwhile, so that it is asked once and nobody changes what it looks at; its
 * wait is bounded.
 * @param version the one to check; undefined: whichever is the newest
 * @returns false when the registry gave no answer
 */
async function checkPersonalData(tx: Tx, accountId: string, version: number | undefined): Promise<boolean> {
  const inUse = registryInUse()
  const row = inUse && (await lockToCheck(tx, accountId, version))
  if (!inUse || !row) return true
  const { surname, name, patronymic } = row
  const verdict = await verdictOf(inUse, { surname, name, patronymic, ...openData(inUse.vault, row) })
  if (!verdict) {
    await markUnanswered(tx, accountId)
    return false
  }
  await markOutcome(tx, accountId, verdict.accepted ? 'accepted' : 'refused', reasonsOf(verdict))
  if (row.email) await tell(tx, inUse.baseUrl, row.email, verdict)
  journal(tx, background, 'personal-data.checked', { kind: 'account', id: accountId }, { accepted: verdict.accepted })
  return true
}

/** Why there was no answer is the registry's affair: what it says could repeat the passport. */
async function verdictOf({ registry }: RegistryInUse, person: Parameters<RegistryCheck['check']>[0]) {
  try {
    return await registry.check(person)
  } catch {
    return undefined
  }
}

const reasonsOf = (verdict: RegistryVerdict): string[] => (verdict.accepted ? [] : verdict.reasons)

const tell = (tx: Tx, baseUrl: string, email: string, verdict: RegistryVerdict): Promise<void> =>
  verdict.accepted ? sendAcceptedLetter(tx, baseUrl, email) : sendRefusedLetter(tx, baseUrl, email, verdict.reasons)

const background = { requestId: 'registry-check' }
