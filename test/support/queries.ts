import pg from 'pg'
import { vi } from 'vitest'

/** Runs `act` and tells the statements that this process has sent to PostgreSQL meanwhile: one each is one round trip. */
export async function countedQueries<T>(act: () => Promise<T>): Promise<{ result: T; statements: string[] }> {
  const spy = vi.spyOn(pg.Client.prototype, 'query')
  try {
    const result = await act()
    // as: the overloads of `query` take a text or an object that holds one
    const statements = (spy.mock.calls as unknown[][]).map(([query]) => textOf(query))
    return { result, statements }
  } finally {
    spy.mockRestore()
  }
}

const textOf = (query: unknown): string =>
  typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : String(query)
