import { readdirSync, readFileSync } from 'node:fs'

/** The kernel counts in hundredths of a second. */
const tick = 10

/**
 * Milliseconds of CPU that a process has used until now, with all that it has begun, also those that have ended. Unlike
 * what passes on the clock it hardly depends on what else the machine is doing. NaN where there is no /proc.
 */
export function cpuTime(process: number): number {
  const own = statusOf(process)
  if (!own) return Number.NaN
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statusOf(Number(name)))
  return children.reduce((sum, child) => sum + (child?.parent === process ? child.used : 0), own.used + own.usedByEnded)
}

export const parentOf = (process: number): number => statusOf(process)?.parent ?? 0

function statusOf(process: number): { parent: number; used: number; usedByEnded: number } | undefined {
  try {
    // The name in brackets may hold spaces, so fields are counted from behind it.
    const [, parent, ...rest] = (readFileSync(`/proc/${process}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ')
    const [user = 0, system = 0, userOfEnded = 0, systemOfEnded = 0] = rest.slice(9).map(Number)
    return { parent: Number(parent), used: (user + system) * tick, usedByEnded: (userOfEnded + systemOfEnded) * tick }
  } catch {
    return undefined
  }
}
