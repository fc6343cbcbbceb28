/** Whether an organisation that is being added is in the registry already, under a name that is spelt otherwise. */
import type { NewOrganisation, SimilarOrganisation } from '../../../contracts/organisations.ts'
import type { Db } from '../../kernel/db/index.ts'
import { findOrganisation, referenceOf } from './organisations.queries.ts'
import { type Candidate, listCandidates } from './similar.queries.ts'

type Told = Pick<NewOrganisation, 'inn' | 'level' | 'kind' | 'shortName' | 'fullName' | 'parentId'>

const mostShown = 10
const alikeFrom = 0.6

/** Those with the same ИНН on the same level, and those in the same municipality whose names are alike. */
export async function findSimilar(db: Db, told: Told): Promise<SimilarOrganisation[]> {
  const candidates = await listCandidates(db, told, await municipalityOf(db, told.parentId))
  return candidates
    .map((candidate) => ({ ...candidate, alike: likeness(told, candidate) }))
    .filter(({ sameNumber, alike }) => sameNumber || alike >= alikeFrom)
    .sort((one, other) => Number(other.sameNumber) - Number(one.sameNumber) || other.alike - one.alike)
    .slice(0, mostShown)
    .map(({ id, shortName, inn, address, higherId, higherShortName, sameNumber }) => ({
      id,
      shortName,
      inn,
      address,
      higher: referenceOf(higherId, higherShortName),
      why: sameNumber ? 'inn' : 'name',
    }))
}

/** The nearest higher organisation that is a municipality's; without one, names are not compared. */
async function municipalityOf(db: Db, parentId: string | null): Promise<string | null> {
  for (let id = parentId; id !== null; ) {
    const higher = await findOrganisation(db, id)
    if (!higher) return null
    if (higher.level === 'municipality') return higher.id
    id = higher.higherId
  }
  return null
}

/** A school and a kindergarten of one number are two. */
const likeness = (told: Told, { kind, shortName, fullName }: Candidate): number =>
  kind !== told.kind ? 0 : Math.max(nameLikeness(told.shortName, shortName), nameLikeness(told.fullName, fullName))

/**
 * From 0 to 1: the share of common threes of letters in the words that tell one institution from the next. Different
 * numbers are different institutions: «№ 14» is never «№ 21», however alike the rest.
 */
export function nameLikeness(one: string, other: string): number {
  const [numbers, otherNumbers] = [numbersIn(one), numbersIn(other)]
  if (numbers.length > 0 && otherNumbers.length > 0 && !numbers.some((number) => otherNumbers.includes(number)))
    return 0
  const [threes, others] = [threesIn(one), threesIn(other)]
  if (threes.size === 0 || others.size === 0) return 0
  const common = [...threes].filter((three) => others.has(three)).length
  return (2 * common) / (threes.size + others.size)
}

const numbersIn = (name: string): string[] => name.match(/\d+/g) ?? []

/** What stands in the name of every institution tells nothing. */
const commonWord =
  /^(?:м[бак]|г[бак]|ч)?(?:доу|оу|оо|удо|у)$|^(?:и|в|на|с|сад|сада|село|села|вид|вида|город|города|центр|отдел)$/u
const commonBeginning =
  /^(?:муниципальн|государственн|бюджетн|автономн|казенн|частн|дошкольн|образова|общеобразова|учрежд|организац|детск|школ|средн|основн|район|област|округ|поселен|комбинирован|общеразвива|присмотр|оздоровлен|развити|ребенк|министерств|управлен|комитет|администрац)/u

function threesIn(name: string): Set<string> {
  const words = name
    .toLowerCase()
    .replaceAll('ё', 'е')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !commonWord.test(word) && !commonBeginning.test(word))
  const threes = words.flatMap((word) => {
    const padded = ` ${word} `
    return Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3))
  })
  return new Set(threes)
}
