import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { resolveAddresses } from './addresses.ts'
import { WrongGar } from './gar.ts'
import { loadAddresses } from './loading.ts'
import { partsOf } from './parts.ts'

let world: World
let directory: string

beforeAll(async () => {
  world = await openWorld()
  directory = mkdtempSync(join(tmpdir(), 'kabinet-gar-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const offered = async (q: string, region?: string): Promise<string[]> => {
  const query = new URLSearchParams({ q, ...(region ? { region } : {}) })
  const { body } = await world.as('dobronravova').get(`/addresses?${query}`)
  return body.map(({ text }: { text: string }) => text)
}

describe('parts of an address', () => {
  it('are told apart by the words in front of their names', () => {
    expect(partsOf('639114, Светлореченская область, с. Большое Старомельничное, ул. Красных Партизан, д. 7а')).toEqual(
      {
        postalCode: '639114',
        region: 'Светлореченская область',
        settlement: 'с. Большое Старомельничное',
        street: 'ул. Красных Партизан',
        house: 'д. 7а',
      },
    )
    expect(partsOf('Верхнеозёрский р-н, д. Сосновка, Садовая ул., 4, корп. 2, кв. 12')).toEqual({
      district: 'Верхнеозёрский р-н',
      settlement: 'д. Сосновка',
      street: 'Садовая ул.',
      house: '4, корп. 2',
      flat: 'кв. 12',
    })
    expect(partsOf('где-то там')).toEqual({})
  })
})

describe('the dictionary of addresses', () => {
  it('offers what begins so, in any order of words, the widest first; nothing for one letter or for signs alone', async () => {
    const found = await offered('парк верхнеозер')
    expect(found[0]).toBe('Светлореченская область, Верхнеозёрский м.р-н, г. Верхнеозёрск, ул. Парковая')
    expect(found).toContain(
      '639110, Светлореченская область, Верхнеозёрский м.р-н, г. Верхнеозёрск, ул. Парковая, д. 7',
    )
    expect(await offered('п')).toEqual([])
    expect(await offered(":*&|!'")).toEqual([])
    expect(await offered('парковая', '38')).toEqual([])
    expect((await world.visitor().get('/addresses?q=парковая')).status).toBe(401)
  })

  it('knows the addresses of organisations, and follows when one changes', async () => {
    await resolveAddresses(world.db)
    const [romashka] = (await world.as('tihomirov').get('/organisations?q=Ромашка')).body.rows
    const path = `/organisations/${romashka.id}`
    const told = (await world.as('tihomirov').get(`${path}/address`)).body
    expect(told).toMatchObject({
      parts: { district: 'Верхнеозёрский м.р-н', street: 'ул. Красных Партизан', house: 'д. 7а' },
      garId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    const { version } = (await world.as('tihomirov').get(path)).body
    const change = { version, reason: 'Переехали', address: 'г. Верхнеозёрск, ул. Неизвестная, д. 3' }
    expect((await world.as('tihomirov').patch(path, change)).status).toBe(200)
    const after = (await world.as('tihomirov').get(`${path}/address`)).body
    expect(after).toEqual({
      text: change.address,
      parts: { settlement: 'г. Верхнеозёрск', street: 'ул. Неизвестная', house: 'д. 3' },
      garId: null,
    })
    expect((await world.as('belozertseva').get(`${path}/address`)).status).toBe(404)
  })

  it('is loaded anew in place of the old, without what is not valid, or says what is wrong with the files', async () => {
    await expect(loadAddresses(world.db, directory, '00')).rejects.toThrow(/нет файлов AS_ADDR_OBJ/)
    const guid = (end: number) => `00000000-0000-4000-8000-${String(end).padStart(12, '0')}`
    writeFileSync(
      join(directory, 'AS_ADDR_OBJ_20260101_x.XML'),
      `<ADDRESSOBJECTS><OBJECT OBJECTID="1" OBJECTGUID="${guid(1)}" NAME="Дальняя" TYPENAME="обл" LEVEL="1" ISACTUAL="1" ISACTIVE="1"/>
       <OBJECT OBJECTID="2" OBJECTGUID="${guid(2)}" NAME="Новый" TYPENAME="г" LEVEL="5" ISACTUAL="1" ISACTIVE="1"/>
       <OBJECT OBJECTID="3" OBJECTGUID="${guid(3)}" NAME="Старый" TYPENAME="г" LEVEL="5" ISACTUAL="0" ISACTIVE="0"/></ADDRESSOBJECTS>`,
    )
    writeFileSync(
      join(directory, 'AS_HOUSES_20260101_x.XML'),
      `<HOUSES><HOUSE OBJECTID="4" OBJECTGUID="${guid(4)}" HOUSENUM="5" HOUSETYPE="2" ADDNUM1="1" ADDTYPE1="1" ISACTUAL="1" ISACTIVE="1"/></HOUSES>`,
    )
    const hierarchy = join(directory, 'AS_ADM_HIERARCHY_20260101_x.XML')
    writeFileSync(
      hierarchy,
      '<ITEMS><ITEM OBJECTID="1" PARENTOBJID="0" ISACTIVE="1"/><ITEM OBJECTID="2" PARENTOBJID="1" ISACTIVE="1"/><ITEM OBJECTID="4" PARENTOBJID="2" ISACTIVE="1"/></ITEMS>',
    )
    await expect(loadAddresses(world.db, directory, '7777')).rejects.toThrow(WrongGar)
    expect(await loadAddresses(world.db, directory, '00')).toEqual({ objects: 2, houses: 1 })
    expect(await offered('новый')).toEqual(['Дальняя область, г. Новый', 'Дальняя область, г. Новый, д. 5, к. 1'])
    expect(await offered('парковая')).toEqual([])
    writeFileSync(hierarchy, '<ITEMS><ITEM OBJECTID="1"')
    await expect(loadAddresses(world.db, directory, '00')).rejects.toThrow(WrongGar)
    expect(await offered('новый')).toHaveLength(2)
  })
})
