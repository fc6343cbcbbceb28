/** Whole controls, with all that decides which cells they meet, against the slow evaluator of other make. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compileForm, openSheet } from './index.ts'
import { controlCase, engineOutcome, naiveResult } from './naive-cases.fixture.ts'

it('random controls of random reports fail alike in both, to the last digit', () => {
  fc.assert(
    fc.property(controlCase, (given) => {
      expect(engineOutcome({ compileForm, openSheet }, given)).toEqual(naiveResult(given))
    }),
    { numRuns: 1_500 },
  )
})
