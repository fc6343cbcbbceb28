/** What is kept goes on being told while it is renewed, and while the database is away. */
import { describe, expect, it } from 'vitest'
import { openWorld } from '../../../../test/support/world.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { Kept } from './kept.ts'

// as: these readers never ask it
const db = {} as Db

function reader() {
  const state = { mark: 'a', value: 1, reads: 0, looks: 0, away: false }
  const kept = new Kept({
    look: async () => {
      state.looks += 1
      if (state.away) throw new Error('away')
      return state.mark
    },
    read: async () => {
      state.reads += 1
      if (state.away) throw new Error('away')
      return state.value
    },
    lookEvery: 100,
    readEvery: 1000,
  })
  return { state, kept }
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('what is kept', () => {
  it('is read once for all who come at once', async () => {
    const { state, kept } = reader()
    expect(await Promise.all([kept.take(db, 0), kept.take(db, 0), kept.take(db, 0)])).toEqual([1, 1, 1])
    expect([state.looks, state.reads]).toEqual([1, 1])
  })

  it('is looked at once in a while, and read when the look says so or time has passed', async () => {
    const { state, kept } = reader()
    await kept.take(db, 0)
    for (let now = 1; now < 100; now += 1) await kept.take(db, now)
    expect(state.looks).toBe(1)
    await kept.take(db, 101)
    await settled()
    expect([state.looks, state.reads]).toEqual([2, 1])
    Object.assign(state, { mark: 'b', value: 2 })
    expect(await kept.take(db, 202)).toBe(1)
    await settled()
    expect(await kept.take(db, 203)).toBe(2)
    for (let now = 300; now <= 1300; now += 100) {
      await kept.take(db, now)
      await settled()
    }
    expect(state.reads).toBe(3)
  })

  it('is waited for by whoever comes first after a long time', async () => {
    const { state, kept } = reader()
    await kept.take(db, 0)
    Object.assign(state, { mark: 'b', value: 2 })
    expect(await kept.take(db, 5000)).toBe(2)
  })

  it('is told on while the database is away, which is not asked by every visitor', async () => {
    const { state, kept } = reader()
    await kept.take(db, 0)
    Object.assign(state, { mark: 'b', value: 2, away: true })
    for (let now = 5000; now < 5100; now += 1) expect(await kept.take(db, now)).toBe(1)
    expect(state.looks).toBe(2)
    state.away = false
    await kept.take(db, 5200)
    await settled()
    expect(await kept.take(db, 5201)).toBe(2)
  })

  it('is an error only when nothing was ever read', async () => {
    const { state, kept } = reader()
    state.away = true
    await expect(kept.take(db, 0)).rejects.toThrow('away')
    state.away = false
    expect(await kept.take(db, 1)).toBe(1)
  })
})

describe('the open page', () => {
  it('is told on when there is no connection to the database', async () => {
    const world = await openWorld({ pool: { connections: 1, wait: 300 } })
    const path = '/public/roadmaps/profstandarty'
    expect((await world.visitor().fetch(path)).status).toBe(200)
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const { promise: held, resolve: taken } = Promise.withResolvers<void>()
    const holding = world.db.connection().execute(async () => {
      taken()
      await released
    })
    await held
    await new Promise((resolve) => setTimeout(resolve, 3100))
    for (const address of [path, `${path}/regions/38`, `${path}/data.csv`, '/'])
      expect((await world.visitor().fetch(address)).status, address).toBe(200)
    release()
    await holding
  })
})
