import { errorsOf } from '../../../kernel/errors/index.ts'
import { phrases } from './campaigns.phrases.ts'

const error = errorsOf(phrases)

export const CampaignExists = error('campaign.exists', 409)
export const NobodyToAsk = error('campaign.nobody', 422)
export const CampaignNotDraft = error('campaign.not-draft', 409)
export const CampaignNotOpen = error('campaign.not-open', 409)
export const CampaignChanged = error('campaign.changed', 409)
export const OrganisationsUnknown = error('campaign.organisations-unknown', 422)
export const SuccessorExists = error('campaign.successor-exists', 409)
export const ExtensionTooEarly = error('extension.too-early', 422)
export const ExtensionNotNeeded = error('extension.not-needed', 409)
export const SubstituteUnfit = error('substitution.unfit', 422)
export const SubstituteAway = error('substitution.away', 409)
export const SubstitutionDays = error('substitution.days', 422)
