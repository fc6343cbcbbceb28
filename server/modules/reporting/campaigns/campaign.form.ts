/** The form of a campaign as it is typed: what, when, and the fields of its audience. */
import { z } from 'zod'
import { CampaignChange, NewCampaign } from '../../../../contracts/campaigns.ts'
import { formatDate, parseDate } from '../../../../web/kit/dates.ts'
import type { Db } from '../../../kernel/db/index.ts'
import {
  audienceFields,
  gatherRules,
  typedAudience,
  valuesOfAudience,
  withOneRuleMore,
  withoutRule,
  withPlacesTicked,
} from './audience.form.ts'
import type { CampaignRow } from './campaigns.queries.ts'
import { endOfDay, startOfDay } from './periods.ts'
import { readReminderDays } from './reminder.words.ts'

const Fields = z.object({
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
  ...audienceFields,
  do: z
    .string()
    .regex(/^(save|preview|rule|place|drop-\d)$/)
    .default('save'),
})
export const CampaignFields = z.preprocess(gatherRules, Fields)
export type CampaignFields = z.output<typeof CampaignFields>

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
  return {
    form: campaign.formId,
    year: String(campaign.year),
    period: `${campaign.periodKind}-${campaign.periodNumber}`,
    deadline: formatDate(campaign.deadline, timeZone),
    opensAt: campaign.opensAt ? formatDate(campaign.opensAt, timeZone) : '',
    reminderDays: campaign.reminderDays.join(', ').replaceAll('-', '−'),
    ...(campaign.regular ? { regular: 'on' } : {}),
    version: String(campaign.version),
    ...(await valuesOfAudience(db, campaign.audience)),
  }
}

/** The fields once more as they were typed, to be shown again. */
export const typedOf = (fields: CampaignFields): Record<string, string> => ({
  ...(fields.form === undefined ? {} : { form: fields.form }),
  ...(fields.year === undefined ? {} : { year: String(fields.year) }),
  period: fields.period,
  deadline: formatDate(fields.deadline),
  opensAt: fields.opensAt ? formatDate(fields.opensAt) : '',
  reminderDays: fields.reminderDays.join(', ').replaceAll('-', '−'),
  ...(fields.regular === undefined ? {} : { regular: fields.regular }),
  ...(fields.version === undefined ? {} : { version: String(fields.version) }),
  ...typedAudience(fields),
})

/** A button that only changes the form: the values after it, whatever else is still missing. Undefined for any other. */
export function reshaped(deed: string | undefined, values: Readonly<Record<string, string>>) {
  const ticked = withPlacesTicked(values)
  if (deed === 'rule') return withOneRuleMore(ticked)
  if (deed === 'place') return ticked
  return deed?.startsWith('drop-') ? withoutRule(ticked, Number(deed.slice('drop-'.length))) : undefined
}
