import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

/** A database of one's own with the stand in it; dropped by `drop`. */
export async function cloneDatabase(): Promise<{ address: string; drop: () => Promise<void> }> {
  const template = inject('template')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(template, `create database ${name} template template_stand strategy file_copy`)
  return {
    address: template.replace('template_stand', name),
    drop: () => administer(template, `drop database ${name} with (force)`),
  }
}

/** Several files may ask at once, and a template is copied by one at a time. */
async function administer(template: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: template.replace('template_stand', 'postgres') })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(1)')
    await client.query(statement)
  } finally {
    await client.end()
  }
}
