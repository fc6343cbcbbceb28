/** Organisations of a plan: chosen from the registry, or named when it does not have them. */
import type { NamedOrganisation } from '../../../../contracts/measures.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { InvalidInput } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { searchOrganisations } from '../../organisations/index.ts'
import { findOrganisationsById, findOrganisationsCalled, type KnownOrganisation } from './organisations.queries.ts'

/** «0014000020 Управление образования Верхнеозёрского района»: the number makes it one of a kind. */
const wordsOf = ({ inn, shortName }: Pick<KnownOrganisation, 'inn' | 'shortName'>): string => `${inn} ${shortName}`

/** What a browser offers while one types. */
export const suggestOrganisations = async (ctx: Context, typed: string): Promise<{ text: string }[]> =>
  typed.length < 2 ? [] : (await searchOrganisations(ctx, typed)).map((hit) => ({ text: wordsOf(hit) }))

/** As a form shows them. */
export async function organisationWords(db: Db, named: readonly NamedOrganisation[]): Promise<string[]> {
  const ids = named.flatMap(({ organisationId }) => organisationId ?? [])
  const known = new Map(
    ids.length === 0 ? [] : (await findOrganisationsById(db, ids)).map((found) => [found.id, found]),
  )
  return named.map(({ organisationId, name }) => {
    const found = organisationId ? known.get(organisationId) : undefined
    return found ? wordsOf(found) : name
  })
}

/**
 * What was typed, as organisations of the registry where its number or name says which; the rest keep their names.
 * Empty lines are of nobody.
 */
export async function organisationsOf(db: Db, typed: readonly string[]): Promise<NamedOrganisation[]> {
  const lines = typed.map((line) => line.trim().replaceAll(/\s+/g, ' '))
  const told = lines.filter(Boolean)
  if (told.length === 0) return lines.map(() => ({ organisationId: null, name: '' }))
  const known = await findOrganisationsCalled(db, told.flatMap(numberOf), told)
  return lines.map((line) => ({ organisationId: knownAs(line, known)?.id ?? null, name: line }))
}

const numberOf = (line: string): string[] => line.match(/^\d{10}(\d\d)?(?!\d)/)?.slice(0, 1) ?? []

/** Parts of a legal person share its number: then the name tells, and who only gives the number means the whole. */
function knownAs(line: string, known: readonly KnownOrganisation[]): KnownOrganisation | undefined {
  const exactly = known.find((found) => wordsOf(found) === line)
  if (exactly) return exactly
  const [number] = numberOf(line)
  const answering = known.filter(({ inn, shortName }) => (number ? inn === number : shortName === line))
  return answering.length === 1 ? answering[0] : undefined
}

/** @throws InvalidInput 422 when the registry has no such organisation */
export async function ensureKnown(db: Db, named: readonly NamedOrganisation[], field: string): Promise<void> {
  const ids = [...new Set(named.flatMap(({ organisationId }) => organisationId ?? []))]
  if (ids.length === 0) return
  const known = await findOrganisationsById(db, ids)
  if (known.length === ids.length) return
  throw new InvalidInput({
    fields: [
      { field, code: 'unknown', text: 'Такой организации в реестре нет. Выберите её снова или впишите название' },
    ],
  })
}
