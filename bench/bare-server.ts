/** The baseline of the list page: a bare Hono handler that does one SQL query and answers its rows. */
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })
const app = new Hono()
app.get('/health/ready', (c) => c.json({}))
app.get('/list', async (c) => {
  const { rows } = await pool.query({
    name: 'list',
    text: `select r.id, r.state, r.filled, r.total, r.errors, r.warnings, r.sent_at, o.short_name, c.title, c.deadline, f.code
      from reports r
      join organisations o on o.id = r.organisation_id
      join campaigns c on c.id = r.campaign_id
      join form_versions v on v.id = c.form_version_id
      join forms f on f.id = v.form_id
      order by c.deadline, o.short_name limit 50`,
  })
  return c.json(rows)
})
serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' })
