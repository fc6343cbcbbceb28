/**
 * `npm test`: everything that CI runs. Types, lint, architecture, unit and API tests, browser journeys, promises.
 * The last line counts them.
 */
import { spawn } from 'node:child_process'
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIfStale, root } from './build.ts'
import { requireNode } from './node.ts'

type Count = { passed: number; failed: number; skipped: number }
type Step = { name: string; run: () => Promise<Count> }

requireNode()
const results = mkdtempSync(join(tmpdir(), 'kabinet-check-'))
const only = process.argv.slice(2)

const steps: Step[] = [
  { name: 'types', run: () => command('tsc', ['--noEmit', '-p', '.']) },
  { name: 'lint', run: () => command('biome', ['check', '--error-on-warnings', '.']) },
  {
    name: 'imports',
    run: () => command('depcruise', ['server', 'web', 'contracts', 'engine', 'bin', '--output-type', 'err']),
  },
  { name: 'dead-code', run: () => command('knip', ['--no-progress']) },
  { name: 'unit', run: () => vitest('unit', ['--config', 'vitest.config.ts']) },
  { name: 'journeys', run: () => journeys() },
  {
    name: 'promises',
    run: async () => {
      const files = halves.map((half) => join(results, `${half}.json`))
      return files.every((file) => existsSync(file))
        ? command('node', ['test/architecture/promises.ts', ...files])
        : nothing
    },
  },
]
const nothing: Count = { passed: 0, failed: 0, skipped: 0 }
const halves = ['together', 'apart'] as const

await buildIfStale()
const total = { ...nothing }
for (const step of steps.filter(({ name }) => only.length === 0 || only.includes(name))) {
  const started = performance.now()
  console.log(`\n── ${step.name}`)
  const count = await step.run()
  add(total, count)
  console.log(
    `── ${step.name}: ${count.failed === 0 ? 'ok' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  )
}
rmSync(results, { recursive: true, force: true })
process.exitCode = total.failed === 0 ? 0 : 1
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`)

function add(sum: Count, { passed, failed, skipped }: Count): void {
  sum.passed += passed
  sum.failed += failed
  sum.skipped += skipped
}

/** A command that either passes or fails counts as one check. */
async function command(name: string, args: string[]): Promise<Count> {
  const status = await run(name, args)
  return status === 0 ? { ...nothing, passed: 1 } : { ...nothing, failed: 1 }
}

/** Both halves at once: a browser waits more than it works. What the second says is printed after the first. */
async function journeys(): Promise<Count> {
  const log = join(results, 'apart.log')
  const of = (half: string, output?: string) =>
    vitest(half, ['--config', 'vitest.journeys.config.ts'], { JOURNEYS: half }, output)
  const [together, apart] = await Promise.all([of('together'), of('apart', log)])
  console.log(readFileSync(log, 'utf8'))
  const count = { ...together }
  add(count, apart)
  return count
}

async function vitest(
  name: string,
  args: string[],
  environment: Record<string, string> = {},
  output?: string,
): Promise<Count> {
  const file = join(results, `${name}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const status = await run('vitest', ['run', ...args, ...reporters], environment, output)
  if (!existsSync(file)) return { ...nothing, failed: 1 }
  const report: { numPassedTests: number; numFailedTests: number; numPendingTests: number } = JSON.parse(
    readFileSync(file, 'utf8'),
  )
  const failed = report.numFailedTests + (status !== 0 && report.numFailedTests === 0 ? 1 : 0)
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests }
}

/** @param output a file for what it says; without it, it is said at once */
async function run(
  name: string,
  args: string[],
  environment: Record<string, string> = {},
  output?: string,
): Promise<number | null> {
  const program = name === 'node' ? process.execPath : join(root, 'node_modules', '.bin', name)
  const child = spawn(program, args, {
    cwd: root,
    stdio: output ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`, ...environment },
  })
  if (output) {
    const file = createWriteStream(output)
    child.stdout?.pipe(file, { end: false })
    child.stderr?.pipe(file, { end: false })
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
}
