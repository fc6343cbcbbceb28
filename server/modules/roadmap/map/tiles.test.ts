import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { referenceDirectory } from '../../../kernel/reference.ts'
import { WrongReference } from './reference-file.ts'
import { loadTiles, tilesOf } from './tiles.ts'

const codes = new Set(['38', '03', '75'])
const fileOf = (...lines: string[]) => Buffer.from(['code;column;row;label', ...lines].join('\n'))
const problemsOf = (bytes: Uint8Array): readonly string[] => {
  try {
    tilesOf(bytes, codes)
  } catch (error) {
    if (error instanceof WrongReference) return error.problems
    throw error
  }
  return []
}

describe('the tiles that come with the program', () => {
  const listed = readFileSync(referenceDirectory('regions.csv'), 'utf8').trim().split('\n').slice(1)
  const tiles = loadTiles(new Set(listed.map((line) => line.split(';')[0] ?? '')))

  it('hold every region once, in a place and under a label of its own', () => {
    expect(tiles).toHaveLength(listed.length)
    for (const of of [
      tiles.map(({ code }) => code),
      tiles.map(({ column, row }) => `${column}:${row}`),
      tiles.map(({ label }) => label),
    ])
      expect(new Set(of).size).toBe(listed.length)
  })

  it('are as wide as a phone shows them', () => {
    expect(Math.max(...tiles.map(({ column }) => column))).toBe(12)
    expect(Math.max(...tiles.map(({ row }) => row))).toBe(11)
  })
})

describe('a file of tiles', () => {
  it('leaves who has no place in a row at the end', () => {
    expect(tilesOf(fileOf('38;4;2;ИРК', ''), codes)).toEqual([
      { code: '38', column: 4, row: 2, label: 'ИРК' },
      { code: '03', column: 1, row: 3, label: '03' },
      { code: '75', column: 2, row: 3, label: '75' },
    ])
  })

  it('of another country is left aside', () => {
    expect(tilesOf(fileOf('KZ;4;2;АСТ'), codes).map(({ code, row }) => [code, row])).toEqual([
      ['03', 1],
      ['38', 1],
      ['75', 1],
    ])
  })

  it('is refused with every line that is wrong', () => {
    const lines = [
      '38;13;1;ИРК',
      '38;1;0;ИРК',
      '38;1;1;ИРКУТ',
      '38;1;1;ИРК',
      '03;1;1;БУР',
      '38;2;1;ИР',
      '77;3;1;М',
      '38;1',
    ]
    expect(problemsOf(fileOf(...lines))).toEqual([
      'строка 2: столбец «13» не подходит: нужно число от 1 до 12',
      'строка 3: ряд «0» не подходит: нужно число от 1 до 24',
      'строка 4: подпись «ИРКУТ» не подходит: нужно до трёх букв или цифр',
      'строка 6: это место уже занято в строке 5',
      'строка 7: код «38» уже стоит в строке 5',
      'строка 8: региона с кодом «77» нет в списке регионов',
      'строка 9: ряд «» не подходит: нужно число от 1 до 24',
    ])
    expect(problemsOf(Buffer.from('code;x\n'))).toEqual(['строка 1: нужен заголовок «code;column;row;label»'])
  })
})
