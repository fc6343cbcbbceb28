/** A person's birth, passport and addresses: kept sealed, changed by the owner alone, checked by a registry if there is one. */
import type { PersonalData, PersonalDataChange } from '../../../../contracts/personal-data.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { StaleVersion } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { publish } from '../../../kernel/outbox/index.ts'
import { openData, type PassportData, sealData } from './passport.ts'
import { findPersonalData, type PersonalDataRow, savePersonalData } from './personal-data.queries.ts'
import { registryInUse } from './registry-check.ts'

/** As anyone may see it who looks at the owner's screen: of the passport, three digits. */
export async function viewPersonalData(ctx: Context): Promise<PersonalData> {
  const row = await findPersonalData(ctx.db, ctx.account.id)
  if (!row) return { data: null, check: nothingChecked, version: 0 }
  const { series: _, number, ...data } = openData(ctx.vault, row)
  return { data: { ...data, passport: masked(number) }, check: checkOf(row), version: row.version }
}

/** Whole, for the owner's own form and export; undefined when there are none yet. */
export async function readPersonalData(ctx: Context): Promise<(PassportData & { version: number }) | undefined> {
  const row = await findPersonalData(ctx.db, ctx.account.id)
  return row && { ...openData(ctx.vault, row), version: row.version }
}

/** @throws StaleVersion 409 when they were changed since `version` was read */
export async function changePersonalData(ctx: Context, change: PersonalDataChange): Promise<PersonalData> {
  const { version, ...data } = change
  await transaction(ctx, async (tx) => {
    const sealed = sealData(ctx.vault, ctx.account.id, data)
    const state = registryInUse() ? 'checking' : 'not-checked'
    const saved = await savePersonalData(tx, ctx.account.id, version, { sealed, state })
    if (!saved) throw new StaleVersion()
    journal(tx, ctx, 'personal-data.changed', { kind: 'account', id: ctx.account.id }, { version: saved.version })
    if (state === 'checking')
      await publish(tx, 'personal-data.changed', { accountId: ctx.account.id, version: saved.version })
  })
  return viewPersonalData(ctx)
}

const masked = (number: string): string => `•• •• •••${number.slice(-3)}`

const nothingChecked: PersonalData['check'] = {
  state: 'not-checked',
  reasons: [],
  checkedAt: null,
  waitsForRegistry: false,
}

const checkOf = ({ state, reasons, checkedAt, attempts }: PersonalDataRow): PersonalData['check'] => ({
  state,
  reasons,
  checkedAt: checkedAt?.toISOString() ?? null,
  waitsForRegistry: state === 'checking' && attempts > 0,
})
