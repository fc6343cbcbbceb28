import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'
import { listDeciders } from './members.queries.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

const idOf = async (name: string): Promise<string> =>
  (
    await world.db
      .selectFrom('organisations')
      .select('id')
      .where('short_name', 'like', `%${name}%`)
      .executeTakeFirstOrThrow()
  ).id
const decidersOf = async (name: string) =>
  (await listDeciders(world.db, await idOf(name), 'application.decide')).map(({ fullName }) => fullName)

const operators = ['Радонежский Мстислав Всеволодович', 'Тихомиров Всеволод Игнатьевич']

describe('who decides for an organisation', () => {
  it('is the supervisor of the nearest organisation above it', async () =>
    expect(await decidersOf('Ромашка')).toEqual(['Вознесенский Аркадий Петрович']))

  it('are the operators of the region for a municipality, which has nobody above', async () =>
    expect(await decidersOf('Верхнеозёрского муниципального')).toEqual(operators))

  it('is the region again when the supervisor is blocked, then the administrator', async () => {
    const block = (surname: string, at: Date | null) =>
      world.db.updateTable('accounts').set({ blocked_at: at }).where('surname', '=', surname).execute()
    await block('Вознесенский', new Date())
    expect(await decidersOf('Ромашка')).toEqual(operators)
    await block('Тихомиров', new Date())
    await block('Радонежский', new Date())
    expect(await decidersOf('Ромашка')).toEqual(['Орлова-Чернышевская Маргарита Станиславовна'])
    await block('Вознесенский', null)
    await block('Тихомиров', null)
    await block('Радонежский', null)
  })
})
