/** X1: a service of the cabinet is switched off and on again; what it kept is there. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findReport, signedIn } from './support/calls.ts'
import { freePort, type Program, startProgram } from './support/program.ts'

const clerkLogin = 'ds14@verhneozersk.example'
const dataDirectory = mkdtempSync(join(tmpdir(), 'kabinet-services-'))
let program: Program | undefined

async function restarted(environment: Record<string, string>): Promise<string> {
  await program?.stop()
  program = await startProgram(environment, { dataDirectory, port: await freePort() })
  return program.address
}

afterAll(async () => {
  await program?.stop()
  rmSync(dataDirectory, { recursive: true, force: true })
})

describe('a service', () => {
  it('X1 is switched off: the rest of the cabinet works; switched on again, nothing of it is missing', async () => {
    const clerk = await signedIn(await restarted({}), clerkLogin)
    const report = await findReport(clerk, 'Ромашка')
    const filled = await clerk.call('PATCH', `/reports/${report.id}/cells`, { changes: { '7/709/5': '17' } })
    expect(filled.status).toBe(200)

    const without = await signedIn(await restarted({ SERVICES: 'none' }), clerkLogin)
    const cabinet = await (await without.send('/cabinet')).text()
    expect(cabinet).toContain('Мои организации')
    expect(cabinet).not.toMatch(/href="\/(reports|roadmaps)/)
    const old = await without.send(`/reports/${report.id}`)
    expect([old.status, await old.text()]).toEqual([404, expect.stringContaining('сейчас отключён')])
    expect((await without.call('GET', `/reports/${report.id}`)).status).toBe(404)

    const again = await signedIn(await restarted({}), clerkLogin)
    const cells = await again.call('GET', `/reports/${report.id}/cells`)
    expect(cells.body.values['7/709/5']).toBe('17')
  })
})
