/** Many read the open page of a roadmap while its operators work, and while the database is killed: nobody gets an error. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort, type Program, startProgram } from '../journeys/support/program.ts'
import { postmasterOf, untilBack } from './support.ts'

const path = '/public/roadmaps/profstandarty'
const seconds = 8
const perSecond = 60

let directory: string
let program: Program
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'kabinet-landing-'))
  program = await startProgram({}, { dataDirectory: directory, port: await freePort() })
}, 90_000)
afterAll(async () => {
  await program.stop()
  rmSync(directory, { recursive: true, force: true })
})

const pages = [path, `${path}?indicator=vovlecheno`, `${path}?view=tiles`, `${path}/regions/38`, `${path}/data.csv`]

/** So many a second, whatever becomes of them. */
async function read(): Promise<Record<string, number>> {
  const answers: Record<string, number> = {}
  const sent: Promise<void>[] = []
  for (let count = 0; count < seconds * perSecond; count += 1) {
    const address = `${program.address}${pages[count % pages.length]}`
    sent.push(
      fetch(address)
        .then(async (reply) => `${reply.status} ${(await reply.arrayBuffer()).byteLength > 1000}`)
        .catch(() => 'no answer')
        .then((answer) => {
          answers[answer] = (answers[answer] ?? 0) + 1
        }),
    )
    await new Promise((resolve) => setTimeout(resolve, 1000 / perSecond))
  }
  await Promise.all(sent)
  return answers
}

it('R1: every visitor gets the page, though the database dies in the middle', async () => {
  expect((await fetch(`${program.address}${path}`)).status).toBe(200)
  const reading = read()
  await new Promise((resolve) => setTimeout(resolve, 2000))
  const postmaster = postmasterOf(program.process.pid ?? 0)
  if (postmaster === undefined) throw new Error('The program has no database of its own')
  process.kill(postmaster, 'SIGKILL')
  expect(await reading).toEqual({ '200 true': seconds * perSecond })
  await untilBack(program)
  expect((await fetch(`${program.address}${path}`)).status).toBe(200)
})
