/**
 * The audience of a campaign as it is typed: rules side by side, their fields numbered (`kinds0`, `places0`, …). Places
 * already chosen are ticked boxes with their names, whatever they are; a select and a field of ИНН add to them. So
 * nothing that was set through the API is lost by saving the page.
 */
import { z } from 'zod'
import type { Audience, AudienceRule } from '../../../../contracts/campaigns.ts'
import { organisationKinds, organisationLevels } from '../../../../contracts/organisations.ts'
import type { Scopes } from '../../../kernel/access/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { InvalidInput } from '../../../kernel/errors/index.ts'
import { findByNumbers, listNamesOf, type Place } from './audience.queries.ts'
import { OrganisationsUnknown } from './campaigns.errors.ts'

export const mostRules = 10

/** A box that stands several times comes as a list, one alone as a text. */
const ticked = (value: unknown) => (value === undefined || value === '' ? [] : [value].flat())
const placePattern = /^(region:[\w-]{1,10}|under:[\da-f-]{36})$/
const Places = z.preprocess(ticked, z.array(z.string().regex(placePattern, 'Такой территории нет')).max(600))
const Numbers = z.string().max(80_000).default('')
const Ids = z.preprocess(ticked, z.array(z.uuid()).max(5000))

const RuleFields = z.object({
  kinds: z.preprocess(ticked, z.array(z.enum(organisationKinds))),
  levels: z.preprocess(ticked, z.array(z.enum(organisationLevels))),
  places: Places,
  /** The select that adds one more. */
  place: Places,
  under: Numbers,
  all: z.string().optional(),
})
type RuleFields = z.output<typeof RuleFields>
const ruleNames = ['kinds', 'levels', 'places', 'place', 'under', 'all'] as const

/** Lists beside the rules: by ИНН, and parts of legal persons, which have no ИНН of their own, as ticked boxes. */
export const audienceFields = {
  rules: z.array(RuleFields).max(mostRules),
  also: Numbers,
  alsoParts: Ids,
  except: Numbers,
  exceptParts: Ids,
}
type AudienceFields = {
  rules: RuleFields[]
  also: string
  alsoParts: string[]
  except: string
  exceptParts: string[]
}

type Values = Readonly<Record<string, string>>

/** The numbered fields of a posted form as a list of rules. */
export function gatherRules(form: unknown): unknown {
  if (typeof form !== 'object' || form === null) return form
  const fields = new Map(Object.entries(form))
  const rules = Array.from({ length: countOf(fields.get('rules')) }, (_, index) =>
    Object.fromEntries(ruleNames.map((name) => [name, fields.get(`${name}${index}`)])),
  )
  return { ...form, rules }
}

const countOf = (value: unknown): number => Math.min(mostRules, Math.max(1, Math.trunc(Number(value)) || 1))

/** @throws OrganisationsUnknown 422 when a number is of no organisation within the scopes */
export async function audienceOf(db: Db, scopes: Scopes, fields: AudienceFields): Promise<Audience> {
  const idsOf = async (typed: string): Promise<string[]> => {
    const numbers = [...new Set(typed.match(/\d+/g) ?? [])]
    const found = new Map((await findByNumbers(db, scopes, numbers)).map(({ inn, id }) => [inn, id]))
    const unknown = numbers.filter((number) => !found.has(number))
    if (unknown.length > 0) throw new OrganisationsUnknown({ numbers: unknown.slice(0, 5).join(', ') })
    return numbers.flatMap((number) => found.get(number) ?? [])
  }
  const rules: AudienceRule[] = []
  for (const { kinds, levels, places, place, under: numbers, all } of fields.rules) {
    const chosen = [...new Set([...places, ...place])]
    const regions = chosen.flatMap((value) => (value.startsWith('region:') ? [value.slice('region:'.length)] : []))
    const above = chosen.flatMap((value) => (value.startsWith('under:') ? [value.slice('under:'.length)] : []))
    const under = [...new Set([...above, ...(await idsOf(numbers))])]
    if (kinds.length + levels.length + regions.length + under.length > 0 || all !== undefined)
      rules.push({ kinds, levels, regions, under })
  }
  const also = [...new Set([...fields.alsoParts, ...(await idsOf(fields.also))])]
  if (rules.length + also.length === 0)
    throw new InvalidInput({
      fields: [
        { field: 'kinds0', code: 'too_small', text: 'Выберите, кто отчитывается: тип, уровень, территорию или список' },
      ],
    })
  return { rules, also, except: [...new Set([...fields.exceptParts, ...(await idsOf(fields.except))])] }
}

/** What the fields of a stored audience hold. */
export async function valuesOfAudience(db: Db, { rules, also, except }: Audience): Promise<Record<string, string>> {
  const named = new Map((await listNamesOf(db, [...also, ...except])).map((row) => [row.id, row]))
  const numbers = (ids: readonly string[]) =>
    ids.flatMap((id) => (named.get(id)?.isPart === false ? [named.get(id)?.inn] : [])).join(', ')
  const parts = (ids: readonly string[]) => ids.filter((id) => named.get(id)?.isPart === true).join('\n')
  return {
    rules: String(Math.max(1, rules.length)),
    ...Object.fromEntries(
      rules.flatMap(({ kinds, levels, regions, under }, index) => [
        [`kinds${index}`, kinds.join('\n')],
        [`levels${index}`, levels.join('\n')],
        [
          `places${index}`,
          [...regions.map((code) => `region:${code}`), ...under.map((id) => `under:${id}`)].join('\n'),
        ],
        ...(kinds.length + levels.length + regions.length + under.length === 0 ? [[`all${index}`, 'on']] : []),
      ]),
    ),
    also: numbers(also),
    alsoParts: parts(also),
    except: numbers(except),
    exceptParts: parts(except),
  }
}

/** The fields once more as they were typed. */
export const typedAudience = ({
  rules,
  also,
  alsoParts,
  except,
  exceptParts,
}: AudienceFields): Record<string, string> => ({
  rules: String(rules.length),
  ...Object.fromEntries(
    rules.flatMap((rule, index) => [
      [`kinds${index}`, rule.kinds.join('\n')],
      [`levels${index}`, rule.levels.join('\n')],
      [`places${index}`, [...new Set([...rule.places, ...rule.place])].join('\n')],
      [`under${index}`, rule.under],
      ...(rule.all === undefined ? [] : [[`all${index}`, rule.all]]),
    ]),
  ),
  also,
  alsoParts: alsoParts.join('\n'),
  except,
  exceptParts: exceptParts.join('\n'),
})

export const chosenIn = (values: Values, name: string): string[] => values[name]?.split('\n').filter(Boolean) ?? []

/** What was chosen in a select stands among the ticked boxes from now on. */
export function withPlacesTicked(values: Values): Record<string, string> {
  const ticks = Array.from({ length: countOf(values.rules) }, (_, index) => [
    `places${index}`,
    [...new Set([...chosenIn(values, `places${index}`), ...chosenIn(values, `place${index}`)])].join('\n'),
  ])
  return { ...values, ...Object.fromEntries(ticks) }
}

export const withOneRuleMore = (values: Values): Record<string, string> => ({
  ...values,
  rules: String(countOf(countOf(values.rules) + 1)),
})

/** Those behind it move up. */
export function withoutRule(values: Values, index: number): Record<string, string> {
  const count = countOf(values.rules)
  const numbered = new RegExp(`^(${ruleNames.join('|')})(\\d)$`)
  const rest = Object.entries(values).flatMap(([name, value]): [string, string][] => {
    const [, field, at] = numbered.exec(name) ?? []
    if (field === undefined || Number(at) < index) return [[name, value]]
    return Number(at) === index ? [] : [[`${field}${Number(at) - 1}`, value]]
  })
  return { ...Object.fromEntries(rest), rules: String(Math.max(1, count - 1)) }
}

/** What was posted may be anything. */
const isId = (text: string): boolean => z.uuid().safeParse(text).success

/** Names of what is chosen, also of what is not among the places offered: an institution, another's district. */
export async function namesOfChosen(db: Db, places: readonly Place[], values: Values): Promise<Map<string, string>> {
  const names = new Map(places.map(({ value, text }) => [value, text]))
  const chosen = Array.from({ length: countOf(values.rules) }, (_, index) => chosenIn(values, `places${index}`)).flat()
  const unnamed = chosen.filter((value) => value.startsWith('under:') && !names.has(value))
  const parts = [...chosenIn(values, 'alsoParts'), ...chosenIn(values, 'exceptParts')]
  const ids = [...unnamed.map((value) => value.slice('under:'.length)), ...parts]
  for (const { id, shortName } of await listNamesOf(db, ids.filter(isId))) {
    names.set(`under:${id}`, shortName)
    names.set(id, shortName)
  }
  return names
}
