import type { ColumnType, JSONColumnType } from 'kysely'
import type { Audience } from '../../../../contracts/audiences.ts'
import type { Grant } from '../../../kernel/access/index.ts'

type Moment = ColumnType<Date, Date | undefined, Date>
type OptionalMoment = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface InvitationsTables {
  invitations: {
    id: string
    /** `helper`: the grants are lent by who invites and hold as far as its own do. */
    kind: 'account' | 'helper'
    /** In lower case. */
    email: string
    surname: string
    name: string
    patronymic: string | null
    audience: Audience
    position: string | null
    grants: JSONColumnType<Grant[]>
    /** SHA-256 of the token in the newest link. */
    token_hash: Buffer
    invited_by: string
    created_at: Moment
    expires_at: Moment
    accepted_at: OptionalMoment
    accepted_by: string | null
    withdrawn_at: OptionalMoment
  }
}

declare module '../../../kernel/db/database.ts' {
  interface Database extends InvitationsTables {}
}
