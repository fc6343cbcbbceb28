/** The higher organisation told in words on a form: by its ИНН or by its name, picked when several answer to them. */
import type { HigherInWords, OrganisationHit } from '../../../contracts/organisations.ts'
import type { Context } from '../../kernel/http/index.ts'
import { searchHigher } from './list.queries.ts'
import type { Organisation } from './organisations.queries.ts'

export type FoundHigher =
  | { parentId: string | null; problem?: undefined }
  /** Those to pick from; none when nobody answers to the words, or too many do. */
  | { problem: string; hits: OrganisationHit[] }

const mostHits = 10

/** «0014000020 Управление образования Верхнеозёрского района»: the number makes it one of a kind. */
export const inWords = ({ inn, shortName }: Pick<OrganisationHit, 'inn' | 'shortName'>): string => `${inn} ${shortName}`

export const higherInWords = ({ higherInn, higherShortName }: Organisation): string =>
  higherInn && higherShortName ? inWords({ inn: higherInn, shortName: higherShortName }) : ''

/**
 * @param current the organisation that is being changed: its higher one may stay, whoever chose it
 * @param called what is looked for, as a refusal names it
 */
export async function findHigher(
  ctx: Context,
  told: HigherInWords,
  current?: Organisation,
  called = 'вышестоящей организации',
): Promise<FoundHigher> {
  if (told.higher === '') return { parentId: null }
  if (current && told.higher === higherInWords(current)) return { parentId: current.higherId }
  const hits = await searchHigher(ctx.db, ctx.grants.scopes('organisation.manage'), told.higher, mostHits + 1)
  const named = hits.filter(({ shortName }) => shortName.toLowerCase() === told.higher.toLowerCase())
  const chosen = hits.find(({ id }) => id === told.parentId) ?? only(hits) ?? only(named)
  if (chosen) return { parentId: chosen.id }
  if (hits.length === 0) return { problem: `Такой ${called} нет. Проверьте название или введите её ИНН`, hits }
  if (hits.length > mostHits) return { problem: 'Подходит слишком много организаций. Введите ИНН', hits: [] }
  return { problem: 'Подходит несколько организаций. Выберите одну из них', hits }
}

const only = <T>(items: readonly T[]): T | undefined => (items.length === 1 ? items[0] : undefined)

const mostSuggestions = 200

/** What the browser offers while one types: bodies of regions and municipalities. */
export const suggestHigher = async (ctx: Context): Promise<string[]> =>
  (await searchHigher(ctx.db, ctx.grants.scopes('organisation.manage'), '', mostSuggestions)).map(inWords)
