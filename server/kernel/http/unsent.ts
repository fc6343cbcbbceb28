/** A post that never began, or could not be finished for want of a store of files: the page that says so holds it, so that it is sent again without being typed again. */
import type { Context as HonoContext } from 'hono'
import { AppError } from '../errors/index.ts'
import { readForm } from './body.ts'
import type { PageEndpoint } from './endpoint.ts'
import { checkOrigin } from './protection.ts'

export type UnsentPost =
  | { by: 'page'; path: string; fields: readonly (readonly [name: string, value: string])[] }
  /** Passwords stand in no page, and a chosen file in none but its own: the browser's way back has them. */
  | { by: 'going-back' }

/** With its guards, so that it is still done once. Undefined when nothing was posted, or by another site. */
export async function readUnsent(
  c: HonoContext,
  { method, secret, largest }: PageEndpoint,
  baseUrl: string,
): Promise<UnsentPost | undefined> {
  if (method === 'get') return undefined
  try {
    checkOrigin(c, baseUrl)
    const fields = Object.entries((await readForm(c, largest)).all).flatMap(([name, given]) =>
      [given].flat().map((value): [string, unknown] => [name, value]),
    )
    const typed = fields.filter((field): field is [string, string] => typeof field[1] === 'string')
    const holdsFile = fields.some(([, value]) => value instanceof File && value.size > 0)
    if (secret || holdsFile) return { by: 'going-back' }
    const { pathname, search } = new URL(c.req.url)
    return { by: 'page', path: pathname + search, fields: typed }
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}
