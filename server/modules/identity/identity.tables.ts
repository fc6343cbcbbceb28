import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely'
import type { Audience, AudienceRule } from '../../../contracts/audiences.ts'
import type { Permission, Role } from '../../kernel/access/index.ts'
import type { Stage } from '../../kernel/http/index.ts'
import type { Door } from './steps/steps.ts'

type Moment = ColumnType<Date, Date | undefined, Date>
type OptionalMoment = ColumnType<Date | null, Date | null | undefined, Date | null>
/** A day of the calendar: `YYYY-MM-DD`. */
type Day = ColumnType<string, string | undefined, string>

export interface IdentityTables {
  accounts: {
    id: string
    surname: string
    name: string
    patronymic: string | null
    position: string | null
    /** In lower case. */
    email: string
    email_confirmed_at: OptionalMoment
    /** In lower case. */
    user_name: string | null
    /** As `+7XXXXXXXXXX`. */
    phone: string | null
    phone_confirmed_at: OptionalMoment
    password_hash: string | null
    password_changed_at: OptionalMoment
    audience: Audience
    /** When the person itself registered; null for accounts made by an administrator. */
    registered_at: OptionalMoment
    /** Of a person: 12 digits. */
    inn: string | null
    /** 11 digits. */
    snils: string | null
    /** Whose operators look after the account before it belongs to an organisation. */
    region_code: string | null
    /** As the person or the operator wrote it, until the account is attached to one of the registry. */
    organisation_name: string | null
    /** While it is set, the password is temporary: it must be changed at the first sign-in, and by this moment. */
    temporary_password_until: OptionalMoment
    approval_asked_at: OptionalMoment
    approved_at: OptionalMoment
    approved_by: string | null
    approval_refused_at: OptionalMoment
    approval_reason: string | null
    created_by: string | null
    blocked_at: OptionalMoment
    blocked_by: string | null
    block_reason: string | null
    /** Since when a code by SMS to the confirmed telephone is a second factor. */
    codes_by_sms_at: OptionalMoment
    erasure_asked_at: OptionalMoment
    /** The personal data are gone (152-ФЗ, article 21); what others must still account for keeps the id. */
    erased_at: OptionalMoment
    version: Generated<number>
    created_at: Moment
    /** Names, contacts, numbers and the organisation in lower case, ё as е: what a search looks through. */
    search_text: GeneratedAlways<string>
  }
  consents: { id: string; account_id: string; version: string; given_at: Moment; withdrawn_at: OptionalMoment }
  sessions: {
    id: string
    account_id: string
    /** SHA-256 of the token in the cookie. */
    token_hash: Buffer
    stage: Stage
    door: ColumnType<Door, Door | undefined, Door>
    second_factor_at: OptionalMoment
    /** The region that an operator of several has chosen to work in; null: all of its own. */
    region_code: string | null
    /** When it was decided whether the person must be told of a new device. */
    announced_at: OptionalMoment
    created_at: Moment
    last_seen_at: Moment
    expires_at: Moment
    address: string
    user_agent: string
    ended_at: OptionalMoment
  }
  /** Only what an administrator has changed: the rest is as the program ships it. */
  audience_rules: {
    audience: Audience
    rule: JSONColumnType<AudienceRule>
    version: Generated<number>
    changed_at: Moment
    changed_by: string | null
  }
  demanding_roles: { role: Role; since: Moment; set_by: string | null }
  free_mail_domains: { domain: string; removed_at: OptionalMoment; changed_by: string | null }
  one_time_tokens: {
    id: string
    account_id: string
    kind: 'activation' | 'password-reset' | 'letter-ticket' | 'erasure-cancelling'
    /** SHA-256 of the token in the link. */
    token_hash: Buffer
    created_at: Moment
    expires_at: Moment
    used_at: OptionalMoment
  }
  grants: {
    id: string
    account_id: string
    role: Role
    scope: 'everywhere' | 'region' | 'subtree' | 'organisation'
    region_code: string | null
    organisation_id: string | null
    starts_on: Day
    ends_on: string | null
    /** A helper's grant holds only as far as this operator's own. */
    delegated_by: string | null
    /** A part of what the role may do; null: all of it. */
    permissions: Permission[] | null
    /** Lent for these parts of a roadmap alone; null: for all of them. */
    parts: ColumnType<string[] | null, string[] | null | undefined, never>
    /** Lent for reports of this statistical form alone. */
    form_id: ColumnType<string | null, string | null | undefined, never>
    /** Lent to a colleague for some days, not to a helper. */
    handover_id: ColumnType<string | null, string | null | undefined, never>
    /** `domain:<name>` or `openid:<name>` whose group gave it; null: given by hand. */
    domain: string | null
    granted_by: string | null
    granted_at: Moment
    revoked_at: OptionalMoment
    revoked_by: string | null
  }
}

declare module '../../kernel/db/database.ts' {
  interface Database extends IdentityTables {}
}
