import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'
import { readReference } from '../../kernel/reference.ts'
import { loadRegions, regionsOf, WrongRegions } from './regions.ts'

const read = (text: string) => regionsOf(Buffer.from(text, 'utf8'))
const problemsOf = (bytes: Uint8Array): readonly string[] => {
  try {
    regionsOf(bytes)
  } catch (error) {
    if (error instanceof WrongRegions) return error.problems
    throw error
  }
  return []
}

describe('the file of regions', () => {
  it('that comes with the program names all 89', () => {
    const regions = regionsOf(readReference('regions.csv'))
    expect(regions).toHaveLength(89)
    expect(new Set(regions.map(({ name }) => name)).size).toBe(89)
    expect(regions).toContainEqual({ code: '38', name: 'Иркутская область' })
  })

  it('may be the installation’s own, from Windows too', () =>
    expect(read('\ufeffcode;name\r\nС-1; Северный округ \r\n\r\n')).toEqual([{ code: 'С-1', name: 'Северный округ' }]))

  it('is refused with every wrong line', () => {
    expect(problemsOf(Buffer.from('01;Первая область\n02\n03;Третья;лишнее\n03;Опять третья\n;Без кода'))).toEqual([
      'строка 1: нужен заголовок «code;name»',
      expect.stringContaining('строка 2: нужны код и название'),
      expect.stringContaining('строка 3: нужны код и название'),
      'строка 4: код «03» уже стоит в строке 3',
      expect.stringContaining('строка 5: код «» не подходит'),
    ])
    expect(problemsOf(Buffer.from('code;name\n'))).toEqual(['в файле нет ни одного региона'])
  })

  it('is refused in another encoding, with the line', () => {
    const bytes = Buffer.concat([Buffer.from('code;name\n01;Первая\n02;'), Buffer.from([0xc2, 0xf2, 0xee])])
    expect(problemsOf(bytes)).toEqual([expect.stringContaining('строка 3: знаки не в кодировке UTF-8')])
  })
})

describe('at the start', () => {
  let world: World
  const codes = async () => (await world.db.selectFrom('regions').select('code').execute()).map(({ code }) => code)
  beforeAll(async () => {
    world = await openWorld()
  })

  it('a table with regions is left alone, an empty one is filled', async () => {
    await loadRegions(world.db)
    expect(await codes()).toContain('000')
    await sql`truncate regions cascade`.execute(world.db)
    await loadRegions(world.db)
    expect(await codes()).toHaveLength(89)
  })
})
