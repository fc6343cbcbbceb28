import { benchEvaluator } from './evaluator.bench.ts'
import { benchListPage } from './list-page.bench.ts'
import type { Measurement } from './measure.ts'
import { benchSaving } from './saving.bench.ts'
import { benchSignIns } from './sign-ins.bench.ts'
import { openBenchStand } from './stand.ts'

/** @param names which to run; all when empty */
export async function benchAll(names: string[]): Promise<void> {
  const wanted = (name: string) => names.length === 0 || names.includes(name)
  const results: Measurement[] = []
  if (wanted('evaluator')) results.push(...(await benchEvaluator()))
  if (['saving', 'list-page', 'sign-ins'].some(wanted)) {
    const stand = await openBenchStand()
    try {
      if (wanted('saving')) results.push(...(await benchSaving(stand)))
      if (wanted('list-page')) results.push(...(await benchListPage(stand)))
      if (wanted('sign-ins')) results.push(...(await benchSignIns(stand)))
    } finally {
      await stand.stop()
    }
  }
  console.table(Object.fromEntries(results.map((result) => [result.name, lineOf(result)])))
  for (const result of results) console.log(JSON.stringify(result))
}

const lineOf = ({ unit, ours, baseline, ratio, cpu, aim }: Measurement) => ({
  unit,
  ours: rounded(ours),
  baseline: rounded(baseline),
  ratio: rounded(ratio),
  'CPU ratio': cpu ? rounded(cpu.ratio) : '',
  aim,
})

const rounded = (value: number): number => Number(value.toPrecision(4))
