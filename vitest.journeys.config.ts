import { globSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const root = new URL('.', import.meta.url).pathname

/**
 * Those that share one running stand come one after another; those that start a program of their own need not wait for
 * them. The walk over all pages and the failures stand with the former, so that both halves last alike. `JOURNEYS` names
 * the half that is wanted; without it all are run.
 */
const onTheirOwn = (file: string): boolean =>
  !/pages\.journey|^test\/failures\//.test(file) && /useOwnStand|startProgram/.test(readFileSync(root + file, 'utf8'))
const halves: Record<string, (file: string) => boolean> = {
  together: (file) => !onTheirOwn(file),
  apart: onTheirOwn,
}
const wanted = halves[process.env.JOURNEYS ?? ''] ?? (() => true)

/** Browser journeys, one after another. */
export default defineConfig({
  test: {
    include: globSync('test/{journeys,failures}/**/*.journey.ts', { cwd: root }).filter(wanted),
    globalSetup: ['test/journeys/support/setup.ts'],
    testTimeout: 90_000,
    hookTimeout: 90_000,
    pool: 'forks',
    fileParallelism: false,
  },
})
