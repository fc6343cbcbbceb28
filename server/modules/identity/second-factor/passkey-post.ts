import { z } from 'zod'
import { PasskeyRefused } from './second-factor.errors.ts'

/** A form as the island sends it; without the island both fields come empty. */
export const PasskeyPost = z.object({
  challenge: z.string().max(100).default(''),
  credential: z.string().max(40_000).default(''),
})

/** @throws PasskeyRefused 422 when the browser has not answered */
export function answerOf<S extends z.ZodType>(contract: S, posted: Record<string, unknown>): z.output<S> {
  const answer = contract.safeParse(posted)
  if (!answer.success) throw new PasskeyRefused()
  return answer.data
}
