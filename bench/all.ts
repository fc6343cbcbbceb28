import { benchBoard } from './board.bench.ts'
import { benchBulk } from './bulk.bench.ts'
import { benchConsolidation } from './consolidation.bench.ts'
import { benchDeadline, type Deadline } from './deadline.bench.ts'
import { benchCheck, benchEvaluator, type FullCheck } from './evaluator.bench.ts'
import { benchLanding, type LandingRun } from './landing.bench.ts'
import { benchListPage } from './list-page.bench.ts'
import type { Measurement } from './measure.ts'
import { benchRegistry } from './registry.bench.ts'
import { benchSaving } from './saving.bench.ts'
import { benchSignIns } from './sign-ins.bench.ts'
import { openBenchStand } from './stand.ts'
import { benchStorm, type Storm } from './storm.bench.ts'

/** @param names which to run; all when empty */
export async function benchAll(names: string[]): Promise<void> {
  const wanted = (name: string) => names.length === 0 || names.includes(name)
  const results: Measurement[] = []
  const storms: Storm[] = []
  const deadlines: Deadline[] = []
  const runs: LandingRun[] = []
  if (wanted('evaluator')) {
    results.push(...(await benchEvaluator()))
    console.log(checkLine(benchCheck()))
  }
  if (['saving', 'list-page', 'sign-ins', 'storm', 'deadline'].some(wanted)) {
    const stand = await openBenchStand()
    try {
      if (wanted('saving')) results.push(...(await benchSaving(stand)))
      if (wanted('list-page')) results.push(...(await benchListPage(stand)))
      if (wanted('sign-ins')) results.push(...(await benchSignIns(stand)))
      if (wanted('storm')) storms.push(...(await benchStorm(stand)))
      if (wanted('deadline')) deadlines.push(await benchDeadline(stand))
    } finally {
      await stand.stop()
    }
  }
  if (wanted('landing')) {
    // A stand of its own: its operators write hundreds of reports.
    const stand = await openBenchStand()
    try {
      const { measurement, run } = await benchLanding(stand)
      results.push(measurement)
      runs.push(run)
    } finally {
      await stand.stop()
    }
  }
  if (wanted('bulk')) {
    // A stand of its own: two million cells would weigh on the others' figures.
    const stand = await openBenchStand()
    try {
      results.push(...(await benchBulk(stand)))
    } finally {
      await stand.stop()
    }
  }
  if (wanted('registry')) {
    // A stand of its own: sixty thousand organisations would weigh on the others' figures.
    const stand = await openBenchStand()
    try {
      results.push(...(await benchRegistry(stand)))
    } finally {
      await stand.stop()
    }
  }
  if (wanted('board')) {
    // A stand of its own: its campaign is of sixty thousand.
    const stand = await openBenchStand()
    try {
      results.push(...(await benchBoard(stand)))
    } finally {
      await stand.stop()
    }
  }
  if (wanted('consolidation')) {
    // A stand of its own too: thirty million values.
    const stand = await openBenchStand()
    try {
      results.push(...(await benchConsolidation(stand)))
    } finally {
      await stand.stop()
    }
  }
  if (results.length > 0) console.table(Object.fromEntries(results.map((result) => [result.name, lineOf(result)])))
  if (storms.length > 0) console.table(Object.fromEntries(storms.map((storm) => [storm.name, stormOf(storm)])))
  for (const result of [...results, ...storms, ...deadlines, ...runs]) console.log(JSON.stringify(result))
}

const lineOf = ({ unit, ours, baseline, ratio, cpu, aim }: Measurement) => ({
  unit,
  ours: rounded(ours),
  baseline: rounded(baseline),
  ratio: rounded(ratio),
  'CPU ratio': cpu ? rounded(cpu.ratio) : '',
  aim,
})

const stormOf = ({ owner, others, answers }: Storm) => ({
  'owner tried': owner.tried,
  'owner failed': owner.failed,
  'owner p95, ms': owner.p95,
  'others failed': others.failed,
  'others p95, ms': others.p95,
  'wrong ones answered': JSON.stringify(answers),
})

const rounded = (value: number): number => Number(value.toPrecision(4))

const checkLine = ({ cells, controls, milliseconds, best, first, megabytes }: FullCheck): string =>
  `full check of ${cells} cells by ${controls} controls: ${milliseconds.toFixed(1)} ms of CPU (best by the clock ${best.toFixed(1)}), aim < 10 ms; ` +
  `the first time ${first.form.toFixed(0)} ms for the form, ${first.report.toFixed(0)} for the report, ${first.check.toFixed(0)} for the check; ${megabytes} MB`
