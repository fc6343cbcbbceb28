/**
 * Changing a confirmed e-mail or telephone: by codes from both the old and the new one. Who has lost the old one is
 * helped by an administrator alone, or whoever holds an open session for a minute could carry the account away.
 */
import type { ContactChangeCodes, ContactKind } from '../../../../contracts/contacts.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { InvalidInput } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { checkCode, type GoodCode, sendCode, takeCode } from '../codes/codes.ts'
import { evenly } from '../passwords/evenly.ts'
import { voidTokens } from '../tokens.queries.ts'
import { NoContactChange } from './contacts.errors.ts'
import { sendContactChangedLetter } from './contacts.letters.ts'
import { codeNeeded, sameContact } from './contacts.phrases.ts'
import {
  type ContactChange,
  cancelChanges,
  getContacts,
  insertChange,
  listChanges,
  lockContacts,
  markChangeDone,
  markHalf,
} from './contacts.queries.ts'
import {
  addressOf,
  countAddress,
  isConfirmed,
  lockForContact,
  readContact,
  refuseMail,
  sendCodeTo,
  subjectOf,
  takeContact,
  wrongValue,
} from './contacts.ts'

const hoursOfChange = 24

/**
 * Begins a change, instead of the one that was begun before, and sends a code to each of the two.
 * @throws InvalidInput 422 at `value`; ContactsStopped, CodeTooSoon, TooManyRequests, SmsSpent 429; SmsNotSet 503
 */
export async function askChange(ctx: Context, kind: ContactKind, typed: string): Promise<void> {
  const newValue = readContact(kind, typed)
  await countAddress(ctx)
  await evenly(() =>
    transaction(ctx, async (tx) => {
      const own = await lockContacts(tx, ctx.account.id)
      if (own[kind] === newValue && isConfirmed(own, kind)) throw wrongValue(sameContact)
      await refuseMail(tx, own, kind, newValue)
      const old = isConfirmed(own, kind) ? own[kind] : null
      await cancelChanges(tx, ctx.account.id, kind)
      await insertChange(tx, {
        accountId: ctx.account.id,
        kind,
        newValue,
        oldAsked: old !== null,
        hours: hoursOfChange,
      })
      if (old) await sendCode(tx, ctx, addressOf(ctx, 'contact-old', kind, old))
      await sendCodeTo(tx, ctx, 'contact-new', kind, newValue)
      journal(tx, ctx, 'contact.change-asked', subjectOf(ctx), { kind })
    }),
  )
}

/**
 * Sends the codes that are still needed again.
 * @throws NoContactChange 409; CodeTooSoon, TooManyRequests, SmsSpent 429
 */
export const sendChangeCodesAgain = (ctx: Context, kind: ContactKind): Promise<void> =>
  evenly(() =>
    transaction(ctx, async (tx) => {
      const own = await getContacts(tx, ctx.account.id)
      const change = await getChange(tx, ctx, kind)
      if (!change.oldConfirmed) await sendCode(tx, ctx, addressOf(ctx, 'contact-old', kind, own[kind] ?? ''))
      if (!change.newConfirmed) await sendCodeTo(tx, ctx, 'contact-new', kind, change.newValue)
      journal(tx, ctx, 'contact.change-asked', subjectOf(ctx), { kind })
    }),
  )

/**
 * Takes one code or both; with the second of them the contact is changed, and the old address is told.
 * @returns whether the change is done
 * @throws NoContactChange, ContactTaken 409; InvalidInput 422 at `oldCode` or `newCode`; TooManyRequests 429
 */
export async function confirmChange(ctx: Context, kind: ContactKind, codes: ContactChangeCodes): Promise<boolean> {
  const own = await getContacts(ctx.db, ctx.account.id)
  const change = await getChange(ctx.db, ctx, kind)
  if (!codes.oldCode && !codes.newCode) throw wrongValue(codeNeeded, 'newCode')
  const old = change.oldConfirmed ? undefined : await checked(ctx, 'old', kind, own[kind], codes.oldCode)
  const fresh = change.newConfirmed ? undefined : await checked(ctx, 'new', kind, change.newValue, codes.newCode)

  return transaction(ctx, async (tx) => {
    await lockForContact(tx, ctx, kind, change.newValue)
    const now = await getChange(tx, ctx, kind)
    if (now.id !== change.id) throw new NoContactChange()
    await takeHalf(tx, change.id, 'old', old)
    await takeHalf(tx, change.id, 'new', fresh)
    const done = (now.oldConfirmed || old !== undefined) && (now.newConfirmed || fresh !== undefined)
    if (done) await apply(tx, ctx, change)
    journal(tx, ctx, done ? 'contact.changed' : 'contact.half-confirmed', subjectOf(ctx), { kind })
    return done
  })
}

async function checked(
  ctx: Context,
  half: 'old' | 'new',
  kind: ContactKind,
  to: string | null,
  typed: string | undefined,
): Promise<GoodCode | undefined> {
  if (!typed || !to) return undefined
  try {
    return await checkCode(ctx, addressOf(ctx, half === 'old' ? 'contact-old' : 'contact-new', kind, to), typed)
  } catch (error) {
    if (error instanceof InvalidInput) throw atField(error, `${half}Code`)
    throw error
  }
}

/** The two codes stand in one form: which of them was wrong must be told. */
function atField(error: InstanceType<typeof InvalidInput>, field: string) {
  const { fields } = error.params
  return new InvalidInput({ fields: Array.isArray(fields) ? fields.map((problem) => ({ ...problem, field })) : [] })
}

async function takeHalf(tx: Tx, id: string, half: 'old' | 'new', good: GoodCode | undefined): Promise<void> {
  if (!good) return
  await takeCode(tx, good)
  await markHalf(tx, id, half)
}

async function apply(tx: Tx, ctx: Context, { id, kind, newValue }: ContactChange): Promise<void> {
  const old = await lockContacts(tx, ctx.account.id)
  await takeContact(tx, ctx, kind, newValue)
  await markChangeDone(tx, id)
  // A link that went to the old address must set no password any more.
  await voidTokens(tx, ctx.account.id, 'password-reset')
  await voidTokens(tx, ctx.account.id, 'activation')
  if (old.emailConfirmed) await sendContactChangedLetter(tx, ctx.baseUrl, old.email, kind)
}

export const cancelChange = (ctx: Context, kind: ContactKind): Promise<void> =>
  transaction(ctx, async (tx) => {
    await cancelChanges(tx, ctx.account.id, kind)
    journal(tx, ctx, 'contact.change-cancelled', subjectOf(ctx), { kind })
  })

async function getChange(db: Context['db'], ctx: Context, kind: ContactKind): Promise<ContactChange> {
  const change = (await listChanges(db, ctx.account.id)).find((one) => one.kind === kind)
  if (!change) throw new NoContactChange()
  return change
}
