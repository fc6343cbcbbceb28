import { describe, expect, it } from 'vitest'
import { Shelf } from './shelf.ts'

const making = (value: string, bytes = 10) => {
  const made = { times: 0 }
  const make = async () => {
    made.times += 1
    return { value, bytes }
  }
  return { made, make }
}

describe('a shelf', () => {
  it('makes a thing once, and anew under another mark', async () => {
    const shelf = new Shelf<string>(100)
    const { made, make } = making('page')
    await Promise.all([shelf.take('a', '1', make), shelf.take('a', '1', make)])
    expect(await shelf.take('a', '1', make)).toBe('page')
    expect(made.times).toBe(1)
    await shelf.take('a', '2', make)
    expect([made.times, shelf.bytes]).toEqual([2, 10])
  })

  it('holds no more bytes than it may: what was asked for longest ago gives way', async () => {
    const shelf = new Shelf<string>(25)
    const { made, make } = making('page')
    for (const key of ['a', 'b', 'a', 'c', 'a']) await shelf.take(key, '1', make)
    expect([made.times, shelf.bytes]).toEqual([3, 20])
    await shelf.take('b', '1', make)
    expect(made.times).toBe(4)
  })

  it('does not keep what is larger than itself, nor what could not be made', async () => {
    const shelf = new Shelf<string>(5)
    const { made, make } = making('page')
    await shelf.take('a', '1', make)
    expect(shelf.bytes).toBe(0)
    await expect(shelf.take('b', '1', async () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await shelf.take('b', '1', make)).toBe('page')
    expect(made.times).toBe(2)
  })
})
