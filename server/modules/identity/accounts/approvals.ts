import { transaction } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { decideApproval } from '../registration/approval.ts'
import { accessVersion } from './management.ts'

/** @throws ApprovalDecided, StaleVersion 409 */
export const approveAccount = (ctx: Context, id: string, version: number): Promise<void> =>
  transaction(ctx, async (tx) => {
    await accessVersion(tx, ctx, id, version)
    await decideApproval(tx, ctx, id, { outcome: 'approved' }, ctx.baseUrl)
  })

/** @throws ApprovalDecided, StaleVersion 409 */
export const refuseAccount = (
  ctx: Context,
  id: string,
  { reason, version }: { reason: string; version: number },
): Promise<void> =>
  transaction(ctx, async (tx) => {
    await accessVersion(tx, ctx, id, version)
    await decideApproval(tx, ctx, id, { outcome: 'refused', reason }, ctx.baseUrl)
  })
