/** How a benchmark tells its result: ours against a baseline in the same run, on the same machine. */
export type Measurement = {
  name: string
  unit: string
  ours: number
  baseline: number
  /** How many times better than the baseline we are: above 1 is faster. */
  ratio: number
  /** What is aimed for, as a bound of the ratio. */
  aim: string
  /** CPU of all processes that take part, in milliseconds each: what a busy machine cannot blur. */
  cpu?: { ours: number; baseline: number; ratio: number }
}

/** Answers per second, and the CPU that one of them took. */
export type Rate = { perSecond: number; cpuEach: number }

/** @param aim a bound of the ratio of rates */
export function compared(name: string, unit: string, aim: string, ours: Rate[], baseline: Rate[]): Measurement {
  const rates = ratioOf(ours, baseline, ({ perSecond }) => perSecond)
  const cpu = ratioOf(baseline, ours, ({ cpuEach }) => cpuEach)
  return {
    name,
    unit,
    ours: rates.one,
    baseline: rates.other,
    ratio: rates.ratio,
    aim,
    cpu: { ours: cpu.other, baseline: cpu.one, ratio: cpu.ratio },
  }
}

/** Of rounds that took turns: the ratio within a round is the same on a quick and on a slow minute of the machine. */
const ratioOf = (ours: Rate[], others: Rate[], value: (rate: Rate) => number) => ({
  one: median(ours.map(value)),
  other: median(others.map(value)),
  ratio: median(ours.map((rate, round) => value(rate) / value(others[round] ?? rate))),
})

export const median = (values: number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN

/** Milliseconds of each run after some that do not count; the two take turns, so that a drifting machine harms neither. */
export async function inTurns(
  rounds: number,
  warmUp: number,
  ours: () => Promise<void>,
  baseline: () => Promise<void>,
): Promise<{ ours: number; baseline: number }> {
  const times = { ours: [] as number[], baseline: [] as number[] }
  for (let round = -warmUp; round < rounds; round += 1) {
    const one = await timed(ours)
    const other = await timed(baseline)
    if (round < 0) continue
    times.ours.push(one)
    times.baseline.push(other)
  }
  return { ours: median(times.ours), baseline: median(times.baseline) }
}

async function timed(run: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await run()
  return performance.now() - started
}
