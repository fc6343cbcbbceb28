/** Whatever is sent to whichever entry, the answer is one that was foreseen: never an error of the program. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { endpointsOf } from '../../server/app.tsx'
import type { Endpoint } from '../../server/kernel/http/index.ts'
import type { ApiClient } from '../support/clients.ts'
import { openWorld, type World } from '../support/world.ts'

const endpoints = endpointsOf(true)
const nobody = '00000000-0000-7000-8000-000000000000'
let world: World
beforeAll(async () => {
  world = await openWorld()
})

/** What has broken programs before: the byte that PostgreSQL refuses, halves of letters, other types, names of Object. */
const nasty = fc.oneof(
  fc.constantFrom<unknown>(
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\u202eгнп.exe',
    "' or 1=1 --",
    '*)(uid=*',
    '=HYPERLINK("http://x")',
    'я'.repeat(5000),
    '__proto__',
    nobody,
    '+7 (000) 000-00-00',
    'кто@где.рф',
    'a@b.example\r\nBcc: c@d.example',
    '31.02.2026',
    'NaN',
    '1e400',
    '-1',
    null,
    true,
    0,
    -1,
    1e308,
    [],
    {},
    [null],
    { $ne: null },
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
)

/** Names of the fields that a contract takes, at its top. */
function fieldsOf(contract: z.ZodType | undefined): string[] {
  if (!contract) return []
  try {
    const schema = z.toJSONSchema(contract, { io: 'input', unrepresentable: 'any' })
    const parts = [schema, ...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
    return [...new Set(parts.flatMap((part) => Object.keys(part.properties ?? {})))]
  } catch {
    return []
  }
}

const inputOf = (contract: z.ZodType | undefined) => {
  const fields = fieldsOf(contract)
  return fc.record(Object.fromEntries([...fields, 'unknown', '__proto__'].map((field) => [field, nasty])), {
    requiredKeys: [],
  })
}

async function answer(client: ApiClient, endpoint: Endpoint, input: Record<string, unknown>): Promise<Response> {
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, nobody)
  const texts = Object.entries(input).map(([name, value]): [string, string] => [name, String(value)])
  if (endpoint.method === 'get' || endpoint.method === 'delete')
    return client.fetch(`${path}?${new URLSearchParams(texts)}`, { method: endpoint.method.toUpperCase() })
  const isApi = endpoint.kind === 'api'
  return client.fetch(path, {
    method: endpoint.method.toUpperCase(),
    headers: { 'content-type': isApi ? 'application/json' : 'application/x-www-form-urlencoded' },
    body: isApi ? JSON.stringify(input) : new URLSearchParams(texts).toString(),
  })
}

const contractOf = (endpoint: Endpoint) =>
  endpoint.method === 'get' || endpoint.method === 'delete'
    ? endpoint.query
    : endpoint.kind === 'page'
      ? endpoint.form
      : endpoint.kind === 'api'
        ? endpoint.body
        : undefined

const endsItself = (endpoint: Endpoint) => /session|sign-out|erasure|deletion/.test(endpoint.path)

async function neverABug(client: () => ApiClient, endpoint: Endpoint, runs: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(inputOf(contractOf(endpoint)), async (input) => {
      const response = await answer(client(), endpoint, input)
      const text = response.status >= 500 ? await response.text() : ''
      expect(response.status >= 500 && response.status !== 503, `${endpoint.method} ${endpoint.path}\n${text}`).toBe(
        false,
      )
    }),
    { numRuns: runs },
  )
}

describe('hostile input', () => {
  it('of a visitor meets an answer at every open entry', { timeout: 120_000 }, async () => {
    const visitor = world.visitor()
    for (const endpoint of endpoints.filter(({ needs }) => needs === 'public'))
      await neverABug(() => visitor, endpoint, 8)
  })

  it.each(['dobronravova', 'orlova'])('of a signed-in person (%s) too', { timeout: 120_000 }, async (person) => {
    const client = world.as(person)
    for (const endpoint of endpoints.filter(({ needs }) => needs !== 'public'))
      if (!endsItself(endpoint)) await neverABug(() => client, endpoint, 3)
  })
})
