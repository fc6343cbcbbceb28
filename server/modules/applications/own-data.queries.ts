/** What applications keep about one person: those it has made. They stay with their organisation. */
import type { Context } from '../../kernel/http/index.ts'

export const exportOwn = async ({ db, account }: Context): Promise<Record<string, unknown>> => ({
  applications: await db
    .selectFrom('applications as a')
    .leftJoin('organisations as o', 'o.id', 'a.organisation_id')
    .select([
      'a.number',
      'a.kind',
      'a.subject',
      'o.short_name as organisation',
      'a.form',
      'a.state',
      'a.created_at as createdAt',
      'a.decided_at as decidedAt',
      'a.reason',
    ])
    .where('a.applicant_id', '=', account.id)
    .orderBy('a.created_at')
    .execute(),
})
