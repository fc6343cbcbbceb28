/** The first sign-in: who the person is by number, and the agreement to the text in force (152-ФЗ, article 9). */
import { type ConsentGiven, consentVersion } from '../../../../contracts/identity.ts'
import { type Db, transaction } from '../../../kernel/db/index.ts'
import { InvalidInput, NotFound } from '../../../kernel/errors/index.ts'
import type { Context, Stage } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { advance } from '../steps/enter.ts'
import { findStanding } from '../steps/standing.queries.ts'
import { consentPhrases } from './consent.phrases.ts'
import { insertConsent, setPersonNumber } from './consent.queries.ts'

/** What of this step is still asked for. */
export async function viewConsentStep(db: Db, accountId: string): Promise<{ consent: boolean; number: boolean }> {
  const found = await findStanding(db, accountId, null)
  if (!found) throw new NotFound({ what: 'account' })
  const { rule, consented, identified } = found.standing
  return { consent: !consented, number: rule.identification === 'inn-or-snils' && !identified }
}

/**
 * @returns the stage reached
 * @throws InvalidInput 422 when another text is in force by now, or the number is asked for and missing
 */
export const giveConsent = (ctx: Context, { version, number }: ConsentGiven): Promise<Stage> =>
  transaction(ctx, async (tx) => {
    const asked = await viewConsentStep(tx, ctx.account.id)
    if (version !== consentVersion) throw wrongField('consent', 'consent-changed')
    if (asked.number && !number) throw wrongField('number', 'number-missing')

    if (asked.number && number) await setPersonNumber(tx, ctx.account.id, numberOf(number))
    if (asked.consent) await insertConsent(tx, ctx.account.id, consentVersion)
    journal(tx, ctx, 'consent.given', { kind: 'account', id: ctx.account.id }, { version: consentVersion })
    return advance(tx, ctx)
  })

const numberOf = (digits: string) => (digits.length === 11 ? { snils: digits } : { inn: digits })

const wrongField = (field: string, code: keyof typeof consentPhrases) =>
  new InvalidInput({ fields: [{ field, code, text: consentPhrases[code] }] })
