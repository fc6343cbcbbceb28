/** Rules of audiences: what holds, what a change would do to people, and the change itself. */
import {
  type Audience,
  AudienceRule,
  type AudienceView,
  audienceNames,
  audiences,
  firstRules,
  type RuleChange,
  type RuleHistory,
  type RulePreview,
} from '../../../../contracts/audiences.ts'
import { type Db, type Tx, transaction } from '../../../kernel/db/index.ts'
import { NotFound, StaleVersion } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { LocksAdministratorsOut, LocksYouOut } from './audiences.errors.ts'
import { audiencesPhrases, effectNames, ruleInWords } from './audiences.phrases.ts'
import { countAccounts, findChangedRule, listChangedRules, listRuleEntries, saveRule } from './audiences.queries.ts'
import { countAdministrators, countEffects, hasOtherAdministrators } from './effects.queries.ts'

/** The rule that holds for an audience: as it was changed last, or as the program ships it. */
export async function getRule(db: Db, audience: Audience): Promise<AudienceRule> {
  const changed = await findChangedRule(db, audience)
  return changed ? AudienceRule.parse(changed.rule) : firstRules[audience]
}

/** Every audience that may register by itself now, with its rule. */
export const listOpenAudiences = async (db: Db): Promise<{ audience: Audience; rule: AudienceRule }[]> =>
  (await listRules(db)).filter(({ rule }) => isRegistrationOpen(rule))

/** A registration makes a password, so without that door there is none. */
export const isRegistrationOpen = ({ registration, doors }: AudienceRule): boolean =>
  registration !== 'closed' && doors.password

/** Audiences whose people have one account an organisation (manual 5). */
export const listSeatAudiences = async (db: Db): Promise<Audience[]> =>
  (await listRules(db)).filter(({ rule }) => rule.seat).map(({ audience }) => audience)

/** Audiences whose people need no registration: their first sign-in through Госуслуги makes an account. */
export const listByEsia = async (db: Db): Promise<Audience[]> =>
  (await listRules(db)).filter(({ rule }) => rule.doors.esia === 'yes').map(({ audience }) => audience)

/** Every audience with the rule that holds for it, in one round trip. */
async function listRules(db: Db): Promise<{ audience: Audience; rule: AudienceRule }[]> {
  const changed = new Map(
    (await listChangedRules(db)).map(({ audience, rule }) => [audience, AudienceRule.parse(rule)]),
  )
  return audiences.map((audience) => ({ audience, rule: changed.get(audience) ?? firstRules[audience] }))
}

export async function viewRules(ctx: Context): Promise<AudienceView[]> {
  const counts = await countAccounts(ctx.db)
  return Promise.all(audiences.map((audience) => viewOf(ctx.db, audience, counts)))
}

/** @throws NotFound 404 */
export async function viewRule(ctx: Context, name: string): Promise<AudienceView> {
  return viewOf(ctx.db, audienceOf(name), await countAccounts(ctx.db))
}

async function viewOf(db: Db, audience: Audience, counts: ReadonlyMap<string, number>): Promise<AudienceView> {
  const changed = await findChangedRule(db, audience)
  return {
    audience,
    name: audienceNames[audience],
    rule: changed ? AudienceRule.parse(changed.rule) : firstRules[audience],
    version: changed?.version ?? 0,
    changedAt: changed?.changedAt.toISOString() ?? null,
    changedBy: changed?.changedBy || null,
    accounts: counts.get(audience) ?? 0,
  }
}

/** How many names the page tells of each effect. */
const firstNames = 5

/** Whom a change would meet, and why it could not be saved. @throws NotFound 404 */
export async function previewRule(ctx: Context, name: string, rule: AudienceRule): Promise<RulePreview> {
  const audience = audienceOf(name)
  const before = await getRule(ctx.db, audience)
  const [found, counts, refusal] = await Promise.all([
    countEffects(ctx.db, audience, before, rule, firstNames),
    countAccounts(ctx.db),
    lockOutOf(ctx.db, ctx.account.id, audience, rule),
  ])
  const known = new Map(found.map((row) => [row.effect, row]))
  const effects = Object.entries(effectNames).flatMap(([effect, text]) => {
    const row = known.get(effect as keyof typeof effectNames) // as: the keys of the table are the effects
    return row ? [{ ...row, text }] : []
  })
  return { accounts: counts.get(audience) ?? 0, effects, refusal: refusal ? audiencesPhrases[refusal] : null }
}

/**
 * @throws NotFound 404, StaleVersion 409, LocksYouOut and LocksAdministratorsOut 409
 */
export async function changeRule(ctx: Context, name: string, { rule, version }: RuleChange): Promise<AudienceView> {
  const audience = audienceOf(name)
  await transaction(ctx, async (tx) => {
    const before = await getRule(tx, audience)
    const saved = await saveRule(tx, audience, rule, version, ctx.account.id)
    if (!saved) throw new StaleVersion()
    await refuseLockOut(tx, ctx, audience, rule)
    journal(
      tx,
      ctx,
      'audience.changed',
      { kind: 'audience', id: audience },
      { version: saved.version, before, after: rule },
    )
  })
  return viewRule(ctx, audience)
}

type LockOut = 'locks-administrators-out' | 'locks-you-out'

async function refuseLockOut(tx: Tx, ctx: Context, audience: Audience, rule: AudienceRule): Promise<void> {
  const lockOut = await lockOutOf(tx, ctx.account.id, audience, rule)
  if (lockOut) throw lockOut === 'locks-you-out' ? new LocksYouOut() : new LocksAdministratorsOut()
}

/** Whether nobody, or not this administrator, could come back to put the rule right. */
async function lockOutOf(
  db: Db,
  accountId: string,
  audience: Audience,
  rule: AudienceRule,
): Promise<LockOut | undefined> {
  const { all, entering, self, selfEnters } = await countAdministrators(db, audience, rule, accountId)
  if (all > 0 && entering === 0 && !(await hasOtherAdministrators(db, audience))) return 'locks-administrators-out'
  if (self && !selfEnters) return 'locks-you-out'
  return undefined
}

const mostHistory = 50

/** What was changed in a rule, when and by whom, the newest first. @throws NotFound 404 */
export async function viewRuleHistory(ctx: Context, name: string): Promise<RuleHistory> {
  const entries = await listRuleEntries(ctx.db, audienceOf(name), mostHistory)
  return entries.map(({ at, by, body }) => {
    const { version, before, after } = JSON.parse(body).details
    return { at: new Date(at).toISOString(), by, version, changes: changesBetween(before, after) }
  })
}

/** The lines of a rule in words that differ. */
export function changesBetween(before: AudienceRule, after: AudienceRule) {
  const then = new Map(ruleInWords(before))
  return ruleInWords(after).flatMap(([name, value]) =>
    then.get(name) === value ? [] : [{ name, before: then.get(name) ?? '—', after: value }],
  )
}

function audienceOf(name: string): Audience {
  const audience = audiences.find((known) => known === name)
  if (!audience) throw new NotFound({ what: 'audience' })
  return audience
}
