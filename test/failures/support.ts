/** What tests that kill a program have in common. */
import { readdirSync, readFileSync } from 'node:fs'
import type { Program } from '../journeys/support/program.ts'

/** The child of a program that runs on its data directory. */
export function postmasterOf(parent: number): number | undefined {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => {
      try {
        const parentOf = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1])
        return parentOf === parent && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
      } catch {
        return false
      }
    })
}

/** @throws Error when the program does not answer within half a minute */
export async function untilBack(program: Program): Promise<void> {
  for (let look = 0; look < 300; look += 1) {
    const ready = await fetch(`${program.address}/health/ready`).then(
      (reply) => reply.ok,
      () => false,
    )
    if (ready) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`The program is not back:\n${program.output()}`)
}
