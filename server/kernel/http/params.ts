import type { Context as HonoContext } from 'hono'
import { NotFound } from '../errors/index.ts'
import type { Endpoint } from './endpoint.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Parameters named `id` or `…Id` are UUIDs; what is none cannot exist. */
export function paramsOf(c: HonoContext, endpoint: Endpoint): Record<string, string> {
  const params = c.req.param() as Record<string, string> // as: Hono types it by the path, which is not literal here
  for (const [name, value] of Object.entries(params)) {
    const contract = endpoint.params?.[name]
    const known = contract ? contract.safeParse(value).success : !/(^id|Id)$/.test(name) || uuid.test(value)
    if (!known || value.length > 500 || value.includes('\0')) throw new NotFound({ what: 'page' })
  }
  return params
}
