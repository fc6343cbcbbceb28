/** An application as its page and the API show it, and the lists. */
import type { ApplicationsQuery } from '../../../contracts/applications.ts'
import type { Db } from '../../kernel/db/index.ts'
import { OwnNotByToken } from '../../kernel/errors/index.ts'
import { type Context, reachesOwn } from '../../kernel/http/index.ts'
import { type Check, type Difference, type Fact, typeOf } from './application-type.ts'
import { accessApplication, decidingOf, isOpen, isOwn, mayDecide, placeOfIts } from './applications.access.ts'
import type { Application } from './applications.queries.ts'
import { formOf } from './applications.ts'
import { type Decider, listAllDeciders, listDecidersNow } from './deciders.queries.ts'
import { type ListFilter, listApplications } from './list.queries.ts'
import { type FileRow, listFiles, listSteps, type StepRow } from './steps.queries.ts'

/** What is shown to whoever sees it at all, also to a visitor by its link. */
export type Shown = Application & {
  facts: Fact[]
  differences: Difference[]
  steps: StepRow[]
  files: FileRow[]
  /** In whose hands it is, while it waits. */
  deciders: Decider[]
}

export type ApplicationView = Shown & {
  mayDecide: boolean
  mayAnswer: boolean
  mayWithdraw: boolean
  /** Whether it may be added to: files. */
  mayAdd: boolean
  /** For those who decide. */
  checks: Check[]
  others: Decider[]
}

export async function shownOf(db: Db, application: Application): Promise<Shown> {
  const type = typeOf(application)
  const form = formOf(application)
  const [facts, differences, steps, files, deciders] = await Promise.all([
    type.facts(db, form, application),
    type.differences?.(db, form, application) ?? [],
    listSteps(db, application.id),
    listFiles(db, application.id),
    isOpen(application) ? listDecidersNow(db, application) : [],
  ])
  return { ...application, facts, differences, steps, files, deciders }
}

export const viewApplication = async (ctx: Context, id: string): Promise<ApplicationView> =>
  viewOf(ctx, await accessApplication(ctx.db, ctx, id, 'read'))

/** With what the person may do, and, while it waits, in whose hands it is. */
export async function viewOf(ctx: Context, application: Application): Promise<ApplicationView> {
  const { db } = ctx
  const open = isOpen(application)
  const decides = mayDecide(ctx, application)
  const seesChecks = open && ctx.grants.allow('application.decide', placeOfIts(application)) && !isOwn(ctx, application)
  const [shown, checks, all] = await Promise.all([
    shownOf(db, application),
    seesChecks ? (typeOf(application).checks?.(db, formOf(application), application) ?? []) : [],
    decides ? listAllDeciders(db, application) : [],
  ])
  return {
    ...shown,
    mayDecide: decides,
    mayAnswer: application.state === 'asked' && isOwn(ctx, application),
    mayWithdraw: open && isOwn(ctx, application),
    mayAdd: open && (isOwn(ctx, application) || decides),
    checks,
    others: all.filter(({ accountId }) => accountId !== ctx.account.id && accountId !== application.assigneeId),
  }
}

/**
 * The queue of those who decide, unless one's own are asked for.
 * @throws OwnNotByToken 403 for a program that does not reach them
 */
export async function viewApplications(ctx: Context, query: ApplicationsQuery) {
  const side = query.side ?? (ctx.grants.has('application.decide') ? 'queue' : 'own')
  if (side === 'own' && !reachesOwn(ctx)) throw new OwnNotByToken()
  const { rows, total } = await (side === 'own' ? listOwn(ctx, query) : listQueue(ctx, query))
  return { rows, total, page: query.page, side }
}

export const listOwn = (ctx: Context, filter: ListFilter) =>
  listApplications(ctx.db, { side: 'own', applicantId: ctx.account.id }, filter)

export const listQueue = (ctx: Context, filter: ListFilter) =>
  listApplications(ctx.db, { side: 'queue', accountId: ctx.account.id, deciding: decidingOf(ctx) }, filter)
