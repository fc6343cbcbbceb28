/** The API as it describes itself in /api/openapi.json: whoever calls it through here calls only what stands there. */
import { expect } from 'vitest'
import { z } from 'zod'
import type { Answer, Caller } from './calls.ts'

type Schema = Parameters<typeof z.fromJSONSchema>[0]
type Content = Record<string, { schema: Schema }>
type Operation = {
  requestBody?: { content: Content }
  responses: Record<string, { content?: Content }>
}
export type Description = {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: { Problem: Schema } }
}

export async function describedApi(address: string): Promise<Description> {
  const reply = await fetch(`${address}/api/openapi.json`)
  expect(reply.status).toBe(200)
  return (await reply.json()) as Description // as: what is relied on is checked call by call
}

type Parts = { params?: Record<string, string>; query?: Record<string, string>; headers?: HeadersInit; body?: unknown }

/**
 * Calls by method and path of the description («PUT /reports/{id}/check»): the path must stand there, a body that is
 * taken must fit its schema, and so must the answer, be it a problem.
 */
export const asDescribed =
  (description: Description, person: Caller) =>
  async (what: string, { params = {}, query, headers, body }: Parts = {}): Promise<Answer> => {
    const [method = '', path = ''] = what.split(' ')
    const operation = description.paths[`/api/v1${path}`]?.[method.toLowerCase()]
    if (!operation) throw new Error(`${what} is not described`)
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
    const answer = await person.call(method, filled + (query ? `?${new URLSearchParams(query)}` : ''), body, headers)
    const response = operation.responses[answer.status]
    if (!response) {
      expect(answer.headers.get('content-type'), what).toContain('application/problem+json')
      expectFits(description.components.schemas.Problem, answer.body, `the problem of ${what}`)
      return answer
    }
    const taken = operation.requestBody?.content['application/json']
    if (taken) expectFits(taken.schema, body, `the body of ${what}`)
    const replies = response.content?.['application/json']
    if (replies) expectFits(replies.schema, answer.body, `the answer of ${what}`)
    else expect(answer.body, what).toBe('')
    return answer
  }

function expectFits(schema: Schema, value: unknown, what: string): void {
  const { error } = z.fromJSONSchema(schema).safeParse(value)
  expect(error?.issues.slice(0, 3) ?? [], what).toEqual([])
}
