import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type {
  LegalForm,
  LegalStanding,
  MembershipRole,
  OrganisationKind,
  OrganisationLevel,
  OrganisationState,
  Settlement,
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
    legal_standing: LegalStanding | null
    settlement: Settlement | null
    okved: string | null
    okved_additional: ColumnType<string[], string[] | undefined, string[]>
    kpp: string | null
    oktmo: string | null
    address: string
    phone: string | null
    email: string | null
    site: string | null
    head_name: string | null
    head_position: string | null
    version: Generated<number>
    created_at: Moment
    closed_at: OptionalMoment
    state: Generated<OrganisationState>
    /** The day of the act by which it ended. */
    ended_on: ColumnType<Day | null, Day | null | undefined, Day | null>
    end_reason: ColumnType<string | null, string | null | undefined, string | null>
    ended_by: ColumnType<string | null, string | null | undefined, string | null>
    /** Into which it was merged. */
    successor_id: ColumnType<string | null, string | null | undefined, string | null>
    /** Names it had before, one a line. */
    former_names: Generated<string>
    /** Names, earlier ones too, and numbers in lower case, ё as е: what a search looks through. */
    search_text: GeneratedAlways<string>
    /** As search_text, each Russian letter by a Latin letter or a digit: trigrams know no others everywhere. */
    search_letters: GeneratedAlways<string>
    /** Words of the names, earlier ones too, without their endings. */
    search_words: GeneratedAlways<string>
    /** The short name in lower case, ё as е: what a list is sorted by. */
    sort_name: GeneratedAlways<string>
  }
  organisation_changes: {
    id: string
    organisation_id: string
    /** As in the contract; `organisation` for its coming into the registry, `state` for what became of it. */
    field: string
    old: string | null
    new: string | null
    at: Moment
    by: string | null
    reason: string | null
    application_id: string | null
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
