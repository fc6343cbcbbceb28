import { getConnInfo } from '@hono/node-server/conninfo'
import type { Hono, Context as HonoContext } from 'hono'
import { sql } from 'kysely'
import type { Db } from '../db/index.ts'
import type { Metrics } from './metrics.ts'

/** `/health/live`: the process answers. `/health/ready`: so does its database. `/metrics`: only to this machine. */
export function mountHealth(app: Hono, db: Db, metrics: Metrics): void {
  app.get('/health/live', (c) => c.json({ status: 'ok' }))
  app.get('/health/ready', async (c) => {
    const ready = await sql`select 1`.execute(db).then(
      () => true,
      () => false,
    )
    return ready ? c.json({ status: 'ok' }) : c.json({ status: 'unavailable', what: 'database' }, 503)
  })
  app.get('/metrics', async (c) => {
    if (!isLocal(c)) return c.notFound()
    return c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType })
  })
}

/** A proxy on the same machine forwards strangers' calls too, and says so. */
function isLocal(c: HonoContext): boolean {
  if (c.req.header('x-forwarded-for') || c.req.header('forwarded')) return false
  if (!c.env || !('incoming' in c.env)) return true
  const address = getConnInfo(c).remote.address ?? ''
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.')
}
