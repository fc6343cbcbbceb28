/** Data of every schema that has been in use, brought up to today's: backups of the stand as older programs wrote them. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { consentVersion } from '../../contracts/identity.ts'
import { openWorld, type World } from '../../test/support/world.ts'
import { verifyJournal } from '../kernel/journal/index.ts'

const fixtures = new URL('../../test/fixtures/', import.meta.url).pathname
const backups = readdirSync(fixtures).filter((name) => /^stand-\d{4}\.backup$/.test(name))

describe.each(backups)('%s', (name) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({ backup: join(fixtures, name) })
  })

  it('lets its people in, with what they had', async () => {
    const clerk = world.as('dobronravova')
    expect(await clerk.get('/session')).toMatchObject({
      status: 200,
      body: { organisation: { shortName: expect.stringContaining('Ромашка') } },
    })
    // The text of the consent has changed since: whoever agreed to the old one is asked once more.
    const agreed = await clerk.put('/session/consent', { version: consentVersion, consent: true })
    expect(agreed).toMatchObject({ status: 200, body: { stage: 'full' } })
    expect((await clerk.get('/reports')).body.total).toBeGreaterThan(0)
  })

  it('keeps its journal whole', async () => {
    expect(await verifyJournal(world.db)).toMatchObject({ intact: true })
  })
})
