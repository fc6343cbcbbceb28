import { z } from 'zod'
import type { Vault } from '../../../kernel/vault.ts'

/** What is sealed. Dates as YYYY-MM-DD. */
const PassportData = z.object({
  birthDate: z.string(),
  birthPlace: z.string(),
  series: z.string(),
  number: z.string(),
  issuedOn: z.string(),
  issuedBy: z.string(),
  divisionCode: z.string(),
  registrationAddress: z.string(),
  /** Null: the same as that of the registration. */
  actualAddress: z.string().nullable(),
})
export type PassportData = z.infer<typeof PassportData>

export const sealData = (vault: Vault, accountId: string, data: PassportData): Buffer =>
  vault.seal('personal-data', accountId, JSON.stringify(data))

export const openData = (vault: Vault, { accountId, sealed }: { accountId: string; sealed: Buffer }): PassportData =>
  PassportData.parse(JSON.parse(vault.open('personal-data', accountId, sealed)))
