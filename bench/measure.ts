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
}

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
