/** What crosses the wire about helpers of operators, and about invitations. */
import { z } from 'zod'
import { AccountEmail, GivenName, NewPassword, Patronymic, Position, repeated, Surname } from './identity.ts'

const RegionPlace = z.object({ scope: z.literal('region'), region: z.string().min(1).max(20) })
const OrganisationPlace = z.object({
  scope: z.enum(['subtree', 'organisation']).meta({ description: 'subtree: организация и все, что ниже её' }),
  organisationId: z.uuid(),
})
/** Where a helper acts. */
export const HelperPlace = z.union([RegionPlace, OrganisationPlace])
export type HelperPlace = z.output<typeof HelperPlace>

const noPermission = 'Отметьте хотя бы одно право'
const noPart = 'Отметьте хотя бы один раздел или показатель, или выберите «Все»'
const noPlace = 'Отметьте, где помощник будет работать'
const limits = {
  permissions: z.array(z.string().max(60)).min(1, noPermission).max(100),
  places: z.array(HelperPlace).min(1, noPlace).max(300),
  parts: z.array(z.string().min(1).max(100)).min(1, noPart).max(2000).nullable().default(null).meta({
    description: 'Разделы плана и показатели (section:<id>, indicator:<id>), с которыми он работает; null: все',
  }),
}
const person = { email: AccountEmail, surname: Surname, name: GivenName, position: Position }

export const HelperLimits = z.object(limits)
export type HelperLimits = z.output<typeof HelperLimits>
export const NewHelper = z.object({ ...person, patronymic: Patronymic.nullable().default(null), ...limits })
export type NewHelper = z.output<typeof NewHelper>

const NamedPermission = z.object({ permission: z.string(), name: z.string() })
const NamedPlace = z.object({
  scope: z.enum(['everywhere', 'region', 'subtree', 'organisation']),
  region: z.string().optional(),
  organisationId: z.uuid().optional(),
  name: z.string(),
})
const NamedPart = z.object({ part: z.string(), name: z.string() })
const lent = {
  permissions: z.array(NamedPermission),
  places: z.array(NamedPlace),
  parts: z.array(NamedPart).nullable().meta({ description: 'Разделы плана и показатели; null: все' }),
}

export const HelperView = z.object({
  id: z.uuid(),
  fullName: z.string(),
  position: z.string().nullable(),
  email: z.string().nullable(),
  since: z.string(),
  state: z.enum(['working', 'suspended']),
  ...lent,
})
export type HelperView = z.output<typeof HelperView>

const Moment = z.iso.datetime()
export const HelperDeedsQuery = z.object({
  before: z.coerce.number().int().min(1).optional().catch(undefined).meta({ description: 'Раньше этой записи' }),
})
export const HelperDeeds = z.object({
  deeds: z.array(
    z.object({
      id: z.int(),
      at: Moment,
      action: z.string(),
      text: z.string(),
      href: z.string().nullable().meta({ description: 'Страница того, с чем это сделано' }),
    }),
  ),
  next: z.int().nullable().meta({ description: 'before для следующих; null: это все' }),
})
export type HelperDeeds = z.output<typeof HelperDeeds>

export const InvitationView = z.object({
  id: z.uuid(),
  kind: z.enum(['account', 'helper']),
  fullName: z.string(),
  position: z.string().nullable(),
  email: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  state: z.enum(['waiting', 'expired']),
})
export type InvitationView = z.output<typeof InvitationView>

export const HelpersView = z.object({ helpers: z.array(HelperView), invitations: z.array(InvitationView) })
export type HelpersView = z.output<typeof HelpersView>
export const SentInvitation = z.object({ id: z.uuid() })

/** One ticked box of a form comes as a text, several as a list. */
const ticked = (none: string) =>
  z
    .union([z.string(), z.array(z.string())], none)
    .transform((given) => [given].flat())
    .pipe(z.array(z.string()).min(1, none))
/** «region:00», «subtree:0190…» */
const placeIn = (text: string): unknown => {
  const [scope, id] = text.split(':', 2)
  return scope === 'region' ? { scope, region: id } : { scope, organisationId: id }
}
export const textOfPlace = (place: {
  scope: string
  region?: string | undefined
  organisationId?: string | undefined
}) => `${place.scope}:${place.region ?? place.organisationId ?? ''}`

const tickedLimits = {
  permissions: ticked(noPermission),
  places: ticked(noPlace)
    .transform((texts) => texts.map(placeIn))
    .pipe(z.array(HelperPlace)),
  partsChoice: z.enum(['all', 'some']).default('all'),
  parts: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((given) => [given].flat()),
}
type TickedParts = { partsChoice: 'all' | 'some'; parts: string[] }
const partsTold = {
  check: ({ partsChoice, parts }: TickedParts) => partsChoice === 'all' || parts.length > 0,
  told: { path: ['parts'], message: noPart },
}
const partsIn = <T extends TickedParts>({ partsChoice, parts, ...limited }: T) => ({
  ...limited,
  parts: partsChoice === 'all' ? null : parts,
})
export const HelperLimitsForm = z.object(tickedLimits).refine(partsTold.check, partsTold.told).transform(partsIn)
export const NewHelperForm = z
  .object({
    ...person,
    patronymic: z
      .string()
      .trim()
      .transform((typed) => typed || null)
      .pipe(Patronymic.nullable()),
    ...tickedLimits,
  })
  .refine(partsTold.check, partsTold.told)
  .transform(partsIn)

const Token = z.string().min(1).max(200)
const noConsent = 'Без согласия на обработку персональных данных учётную запись не создать'
const newcomer = { token: Token, surname: Surname, name: GivenName, password: NewPassword }

export const InvitationToken = z.object({ token: Token.meta({ description: 'Из ссылки в письме' }) })
/** Who has no account yet gets one by accepting. */
export const InvitationAcceptance = z.object({
  ...newcomer,
  patronymic: Patronymic.nullable(),
  consent: z.literal(true, noConsent),
})
export type InvitationAcceptance = z.output<typeof InvitationAcceptance>
export const InvitationAcceptanceForm = z
  .object({
    ...newcomer,
    patronymic: z
      .string()
      .trim()
      .transform((typed) => typed || null)
      .pipe(Patronymic.nullable()),
    passwordAgain: z.string(),
    consent: z.literal('on', noConsent),
  })
  .refine(repeated.check, repeated.told)
  .transform(({ passwordAgain: _, ...form }) => ({ ...form, consent: true as const }))
