/**
 * `npm test`: everything that CI runs. Types, lint, architecture, unit and API tests, browser journeys, promises.
 * The last line counts them.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIfStale, root } from './build.ts'
import { requireNode } from './node.ts'

type Count = { passed: number; failed: number; skipped: number }
type Step = { name: string; run: () => Count }

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
  { name: 'journeys', run: () => vitest('journeys', ['--config', 'vitest.journeys.config.ts']) },
  {
    name: 'promises',
    run: () =>
      existsSync(join(results, 'journeys.json'))
        ? command('node', ['test/architecture/promises.ts', join(results, 'journeys.json')])
        : nothing,
  },
]
const nothing: Count = { passed: 0, failed: 0, skipped: 0 }

await buildIfStale()
const total = { ...nothing }
for (const step of steps.filter(({ name }) => only.length === 0 || only.includes(name))) {
  const started = performance.now()
  console.log(`\n── ${step.name}`)
  const count = step.run()
  total.passed += count.passed
  total.failed += count.failed
  total.skipped += count.skipped
  console.log(
    `── ${step.name}: ${count.failed === 0 ? 'ok' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  )
}
rmSync(results, { recursive: true, force: true })
process.exitCode = total.failed === 0 ? 0 : 1
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`)

/** A command that either passes or fails counts as one check. */
function command(name: string, args: string[]): Count {
  const { status } = run(name, args)
  return status === 0 ? { ...nothing, passed: 1 } : { ...nothing, failed: 1 }
}

function vitest(name: string, args: string[]): Count {
  const file = join(results, `${name}.json`)
  const { status } = run('vitest', [
    'run',
    ...args,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  if (!existsSync(file)) return { ...nothing, failed: 1 }
  const report: { numPassedTests: number; numFailedTests: number; numPendingTests: number } = JSON.parse(
    readFileSync(file, 'utf8'),
  )
  const failed = report.numFailedTests + (status !== 0 && report.numFailedTests === 0 ? 1 : 0)
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests }
}

function run(name: string, args: string[]) {
  const program = name === 'node' ? process.execPath : join(root, 'node_modules', '.bin', name)
  return spawnSync(program, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}` },
  })
}
