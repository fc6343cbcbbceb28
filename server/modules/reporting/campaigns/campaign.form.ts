/** The form of a campaign as it is typed: rules side by side by their number, organisations by their ИНН. */
import { z } from 'zod'
import { type Audience, CampaignChange, NewCampaign } from '../../../../contracts/campaigns.ts'
import { organisationKinds, organisationLevels } from '../../../../contracts/organisations.ts'
import { formatDate, parseDate } from '../../../../web/kit/dates.ts'
import type { Scopes } from '../../../kernel/access/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { InvalidInput } from '../../../kernel/errors/index.ts'
import { findByNumbers, listNumbersOf } from './audience.queries.ts'
import { OrganisationsUnknown } from './campaigns.errors.ts'
import type { CampaignRow } from './campaigns.queries.ts'
import { endOfDay, startOfDay } from './periods.ts'
import { readReminderDays } from './reminder.words.ts'

/** A box that stands several times comes as a list, one alone as a text. */
const ticked = (value: unknown) => (value === undefined ? [] : Array.isArray(value) ? value : [value])
const Kinds = z.preprocess(ticked, z.array(z.enum(organisationKinds)))
const Levels = z.preprocess(ticked, z.array(z.enum(organisationLevels)))
const PlaceName = z.string().max(60).default('')
const Numbers = z.string().max(80_000).default('')

export const mostRules = 3

export const CampaignFields = z.object({
  form: NewCampaign.shape.form.optional(),
  year: NewCampaign.shape.year.optional(),
  period: z
    .string()
    .regex(/^\d{1,2}-\d{1,2}$/)
    .default('1-1'),
  deadline: z
    .string('Укажите срок: ДД.ММ.ГГГГ')
    .transform((typed) => parseDate(typed) ?? '')
    .refine((day) => day !== '', 'Укажите срок: ДД.ММ.ГГГГ'),
  opensAt: z
    .string()
    .default('')
    .refine((typed) => typed === '' || parseDate(typed) !== undefined, 'Дата открытия: ДД.ММ.ГГГГ, или оставьте пустой')
    .transform((typed) => parseDate(typed)),
  reminderDays: z
    .string()
    .default('')
    .transform((typed) => readReminderDays(typed))
    .pipe(
      z
        .array(z.int(), 'Числа дней через запятую, например 14, 3, 1, −1, −7')
        .pipe(NewCampaign.shape.reminderDays.unwrap()),
    ),
  regular: z.string().optional(),
  version: CampaignChange.shape.version.optional(),
  rules: z.coerce.number().int().min(1).max(mostRules).default(1),
  ...{ kinds0: Kinds, levels0: Levels, place0: PlaceName, under0: Numbers },
  ...{ kinds1: Kinds, levels1: Levels, place1: PlaceName, under1: Numbers },
  ...{ kinds2: Kinds, levels2: Levels, place2: PlaceName, under2: Numbers },
  also: Numbers,
  except: Numbers,
  do: z.enum(['preview', 'save', 'rule']).default('save'),
})
export type CampaignFields = z.output<typeof CampaignFields>

/** @throws OrganisationsUnknown 422 when a number is of no organisation within the scopes */
export async function audienceOf(db: Db, scopes: Scopes, fields: CampaignFields): Promise<Audience> {
  const idsOf = async (typed: string): Promise<string[]> => {
    const numbers = numbersIn(typed)
    const found = new Map((await findByNumbers(db, scopes, numbers)).map(({ inn, id }) => [inn, id]))
    const unknown = numbers.filter((number) => !found.has(number))
    if (unknown.length > 0) throw new OrganisationsUnknown({ numbers: unknown.slice(0, 5).join(', ') })
    return numbers.flatMap((number) => found.get(number) ?? [])
  }
  const rules: Audience['rules'] = []
  for (const { kinds, levels, place, numbers } of rulesOf(fields)) {
    const regions = place.startsWith('region:') ? [place.slice('region:'.length)] : []
    const under = [...(place.startsWith('under:') ? [place.slice('under:'.length)] : []), ...(await idsOf(numbers))]
    if (kinds.length + levels.length + regions.length + under.length > 0) rules.push({ kinds, levels, regions, under })
  }
  const also = await idsOf(fields.also)
  if (rules.length + also.length === 0)
    throw new InvalidInput({
      fields: [
        { field: 'kinds0', code: 'too_small', text: 'Выберите, кто отчитывается: тип, уровень, территорию или список' },
      ],
    })
  return { rules, also, except: await idsOf(fields.except) }
}

const rulesOf = (fields: CampaignFields) =>
  [
    { kinds: fields.kinds0, levels: fields.levels0, place: fields.place0, numbers: fields.under0 },
    { kinds: fields.kinds1, levels: fields.levels1, place: fields.place1, numbers: fields.under1 },
    { kinds: fields.kinds2, levels: fields.levels2, place: fields.place2, numbers: fields.under2 },
  ].slice(0, fields.rules)

const numbersIn = (typed: string): string[] => [...new Set(typed.match(/\d+/g) ?? [])]

export const termsOf = (fields: CampaignFields, timeZone: string) => ({
  deadline: endOfDay(fields.deadline, timeZone),
  opensAt: fields.opensAt ? startOfDay(fields.opensAt, timeZone) : null,
  reminderDays: fields.reminderDays,
  regular: fields.regular !== undefined,
})

export function periodOf({ year, period }: CampaignFields) {
  const [kind = 1, number = 1] = period.split('-').map(Number)
  return { year: year ?? new Date().getFullYear(), periodKind: kind, periodNumber: number }
}

/** What the fields of a stored campaign hold. */
export async function valuesOf(db: Db, campaign: CampaignRow, timeZone: string): Promise<Record<string, string>> {
  const { audience } = campaign
  const ids = [...audience.also, ...audience.except, ...audience.rules.flatMap(({ under }) => under)]
  const inns = new Map((await listNumbersOf(db, ids)).map(({ id, inn }) => [id, inn]))
  const numbers = (some: readonly string[]) => some.flatMap((id) => inns.get(id) ?? []).join(', ')
  return {
    form: campaign.formId,
    year: String(campaign.year),
    period: `${campaign.periodKind}-${campaign.periodNumber}`,
    deadline: formatDate(campaign.deadline, timeZone),
    opensAt: campaign.opensAt ? formatDate(campaign.opensAt, timeZone) : '',
    reminderDays: campaign.reminderDays.join(', ').replaceAll('-', '−'),
    ...(campaign.regular ? { regular: 'on' } : {}),
    version: String(campaign.version),
    rules: String(Math.max(1, audience.rules.length)),
    ...Object.fromEntries(
      audience.rules.flatMap((rule, index) => [
        [`kinds${index}`, rule.kinds.join('\n')],
        [`levels${index}`, rule.levels.join('\n')],
        [`place${index}`, rule.regions[0] ? `region:${rule.regions[0]}` : ''],
        [`under${index}`, numbers(rule.under)],
      ]),
    ),
    also: numbers(audience.also),
    except: numbers(audience.except),
  }
}

/** The fields once more as they were typed, to be shown again. */
export function typedOf(fields: CampaignFields): Record<string, string> {
  const texts = Object.entries(fields).flatMap(([name, value]): [string, string][] => {
    if (Array.isArray(value)) return [[name, value.join(name === 'reminderDays' ? ', ' : '\n').replaceAll('-', '−')]]
    return value === undefined ? [] : [[name, String(value)]]
  })
  return {
    ...Object.fromEntries(texts),
    deadline: formatDate(fields.deadline),
    opensAt: fields.opensAt ? formatDate(fields.opensAt) : '',
  }
}

export const withOneRuleMore = (values: Readonly<Record<string, string>>): Record<string, string> => ({
  ...values,
  rules: String(Math.min(mostRules, Number(values.rules ?? 1) + 1)),
})
