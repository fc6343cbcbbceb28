/** The digest of ГОСТ Р 34.11-2012 with 256 bits, Streebog (RFC 6986). */
import { linearRows, roundConstants, substitution } from './streebog.tables.ts'

/** 512 bits as sixteen numbers of 32, the lowest first. */
type State = Uint32Array

const blockBytes = 64
const words = 16

/** Substitution, transposition and linear transformation of a byte at once: by its place in a word and its value. */
const { low, high } = transformed()

function transformed(): { low: Uint32Array; high: Uint32Array } {
  const tables = { low: new Uint32Array(2048), high: new Uint32Array(2048) }
  const rowsHigh = Uint32Array.from({ length: 64 }, (_, row) =>
    Number.parseInt(linearRows.slice(row * 16, row * 16 + 8), 16),
  )
  const rowsLow = Uint32Array.from({ length: 64 }, (_, row) =>
    Number.parseInt(linearRows.slice(row * 16 + 8, row * 16 + 16), 16),
  )
  for (let place = 0; place < 8; place += 1) {
    for (let byte = 0; byte < 256; byte += 1) {
      const value = Number.parseInt(substitution.slice(byte * 2, byte * 2 + 2), 16)
      const index = place * 256 + byte
      for (let bit = 0; bit < 8; bit += 1) {
        if (((value >> bit) & 1) === 0) continue
        const row = 63 - (place * 8 + bit)
        tables.low[index] = at(tables.low, index) ^ at(rowsLow, row)
        tables.high[index] = at(tables.high, index) ^ at(rowsHigh, row)
      }
    }
  }
  return tables
}

const constants: State[] = roundConstants.map((text) => stateOf(Buffer.from(text, 'hex').reverse(), 0))

/** @returns 32 bytes */
export function streebog256(data: Uint8Array): Buffer {
  const hash: State = new Uint32Array(words).fill(0x01010101)
  const length: State = new Uint32Array(words)
  const sum: State = new Uint32Array(words)
  const whole = data.length - (data.length % blockBytes)
  const bits = new Uint32Array(words)
  bits[0] = blockBytes * 8
  for (let offset = 0; offset < whole; offset += blockBytes) {
    const block = stateOf(data, offset)
    compress(hash, length, block)
    add(length, bits)
    add(sum, block)
  }
  const last = new Uint8Array(blockBytes)
  last.set(data.subarray(whole))
  last[data.length - whole] = 1
  const block = stateOf(last, 0)
  compress(hash, length, block)
  bits[0] = (data.length - whole) * 8
  add(length, bits)
  add(sum, block)
  const zero = new Uint32Array(words)
  compress(hash, zero, length)
  compress(hash, zero, sum)
  const digest = Buffer.alloc(32)
  for (let word = 0; word < 8; word += 1) digest.writeUInt32LE(at(hash, word + 8), word * 4)
  return digest
}

/** g: the hash takes in one block. The scratch states are the module's own: nothing here waits for anything. */
function compress(hash: State, length: State, block: State): void {
  transform(hash, length, key)
  state.set(key)
  mixed.set(block)
  for (const constant of constants) {
    transform(state, mixed, state)
    transform(key, constant, key)
    mixed.set(key)
  }
  for (let word = 0; word < words; word += 1)
    hash[word] = at(hash, word) ^ at(state, word) ^ at(mixed, word) ^ at(block, word)
}

const key: State = new Uint32Array(words)
const state: State = new Uint32Array(words)
const mixed: State = new Uint32Array(words)
const sumOfTwo: State = new Uint32Array(words)

/** Of one state with another added bit by bit, into a third, which may be one of them. */
function transform(one: State, other: State, into: State): void {
  for (let word = 0; word < words; word += 1) sumOfTwo[word] = at(one, word) ^ at(other, word)
  for (let word = 0; word < 8; word += 1) {
    // Byte `word` of each 64-bit word of the old state makes this one of the new.
    const half = word >> 2
    const shift = (word & 3) * 8
    let lowest = 0
    let highest = 0
    for (let place = 0; place < 8; place += 1) {
      const index = place * 256 + ((at(sumOfTwo, place * 2 + half) >>> shift) & 0xff)
      lowest ^= at(low, index)
      highest ^= at(high, index)
    }
    into[word * 2] = lowest
    into[word * 2 + 1] = highest
  }
}

/** Modulo 2⁵¹². */
function add(sum: State, other: State): void {
  let carry = 0
  for (let word = 0; word < words; word += 1) {
    const total = at(sum, word) + at(other, word) + carry
    sum[word] = total >>> 0
    carry = total > 0xffffffff ? 1 : 0
  }
}

function stateOf(bytes: Uint8Array, offset: number): State {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, blockBytes)
  return Uint32Array.from({ length: words }, (_, word) => view.getUint32(word * 4, true))
}

/** Within its bounds by construction. */
function at(numbers: Uint32Array, index: number): number {
  return numbers[index] as number // as: every index above is below the length
}
