import type { Permission } from '../../kernel/access/index.ts'
import type { Db, Tx } from '../../kernel/db/index.ts'
import { Forbidden, NotFound } from '../../kernel/errors/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { findReport, lockReport, placeOfReport, type ReportRow } from './reports/reports.queries.ts'

/**
 * A report outside one's organisations does not exist for one; inside them, the permission decides.
 * @throws NotFound 404, Forbidden 403
 */
export async function accessReport(db: Db, ctx: Context, id: string, permission: Permission): Promise<ReportRow> {
  return admitted(await findReport(db, id), ctx, permission)
}

/** As `accessReport`, for an action that changes the report: others wait until it ends. */
export async function accessReportToChange(tx: Tx, ctx: Context, id: string, permission: Permission) {
  return admitted(await lockReport(tx, id), ctx, permission)
}

function admitted(report: ReportRow | undefined, ctx: Context, permission: Permission): ReportRow {
  if (!report || !ctx.grants.see(placeOfReport(report))) throw new NotFound({ what: 'report' })
  if (!ctx.grants.allow(permission, placeOfReport(report))) throw new Forbidden()
  return report
}
