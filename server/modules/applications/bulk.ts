/** Many decisions with one reason: each in a transaction of its own, and what could not be done is told. */
import type { BulkDecision, BulkOutcome } from '../../../contracts/applications.ts'
import { AppError, InvalidInput } from '../../kernel/errors/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { typeOf } from './application-type.ts'
import { accessApplication } from './applications.access.ts'
import { phrases } from './applications.phrases.ts'
import { assignApplication, formOf, grantApplication, refuseApplication } from './applications.ts'

/** @throws InvalidInput 422 when a refusal has no reason; what is wrong with one application is told of that one */
export async function decideMany(ctx: Context, { ids, outcome, reason }: BulkDecision): Promise<BulkOutcome> {
  if (outcome === 'refusal' && reason.length < 3)
    throw new InvalidInput({
      fields: [{ field: 'reason', code: 'too_small', text: 'Напишите причину отказа: её увидят заявители' }],
    })
  const done: string[] = []
  const failed: BulkOutcome['failed'] = []
  for (const id of new Set(ids)) {
    try {
      await decideOne(ctx, id, outcome, reason)
      done.push(id)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      failed.push({ id, number: await numberOf(ctx, id), problem: textOf(error) })
    }
  }
  return { done, failed }
}

async function decideOne(ctx: Context, id: string, outcome: BulkDecision['outcome'], reason: string): Promise<unknown> {
  switch (outcome) {
    case 'granting':
      return grantAsAsked(ctx, id, reason)
    case 'refusal':
      return refuseApplication(ctx, id, { reason })
    case 'assignment':
      return assignApplication(ctx, id)
  }
}

/** With what was asked for, as the form of a decision first shows it. */
async function grantAsAsked(ctx: Context, id: string, reason: string): Promise<unknown> {
  const application = await accessApplication(ctx.db, ctx, id, 'decide')
  const added = typeOf(application).granting?.values(formOf(application), application) ?? {}
  return grantApplication(ctx, id, { ...added, reason })
}

const numberOf = async (ctx: Context, id: string): Promise<string> =>
  (await accessApplication(ctx.db, ctx, id, 'read').catch(() => undefined))?.number ?? ''

/** In the room's words; another room's refusal is told on the application's own page. */
function textOf({ code, params }: AppError): string {
  if (code === InvalidInput.code && Array.isArray(params.fields))
    return params.fields.map(({ text }: { text: string }) => text).join(' ')
  const phrase = new Map<string, unknown>(Object.entries(phrases)).get(code)
  if (typeof phrase === 'function') return String(phrase(params))
  return typeof phrase === 'string' ? phrase : 'Не получилось. Откройте заявку: там сказано почему'
}
