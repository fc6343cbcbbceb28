import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type {
  LegalForm,
  MembershipRole,
  OrganisationKind,
  OrganisationLevel,
} from '../../../contracts/organisations.ts'

type Moment = ColumnType<Date, Date | undefined, never>
type OptionalMoment = ColumnType<Date | null, Date | null | undefined, Date | null>
/** A day of the calendar: `YYYY-MM-DD`. */
type Day = string

export interface OrganisationsTables {
  regions: { code: string; name: string }
  organisations: {
    id: string
    parent_id: string | null
    /** Identifiers from the top of the tree down to its own. */
    lineage: string[]
    level: OrganisationLevel
    short_name: string
    full_name: string
    inn: string
    ogrn: string
    okpo: string | null
    region_code: string
    kind: OrganisationKind
    legal_form: LegalForm
    address: string
    phone: string | null
    email: string | null
    site: string | null
    head_name: string | null
    head_position: string | null
    version: Generated<number>
    created_at: Moment
    closed_at: OptionalMoment
    /** Names and ИНН in lower case, ё as е: what a search looks through and a list is sorted by. */
    search_text: GeneratedAlways<string>
  }
  memberships: {
    id: string
    account_id: string
    organisation_id: string
    role: MembershipRole
    starts_on: Day
    ends_on: Day | null
    attached_by: string | null
    attached_at: Moment
    ended_at: OptionalMoment
    ended_by: string | null
  }
}

declare module '../../kernel/db/database.ts' {
  interface Database extends OrganisationsTables {}
}
