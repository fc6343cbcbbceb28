/** The history of an organisation's requisites as people read it. */
import {
  legalForms,
  legalStandings,
  type OrganisationFieldChange,
  organisationKinds,
  organisationLevels,
  organisationStates,
  settlements,
} from '../../../contracts/organisations.ts'
import type { Context } from '../../kernel/http/index.ts'
import { type ChangeRow, listChanges } from './changes.queries.ts'
import { labelOf } from './organisation-form.tsx'
import { accessOrganisation } from './organisations.access.ts'
import {
  kindNames,
  legalFormNames,
  legalStandingNames,
  levelNames,
  settlementNames,
  stateNames,
} from './organisations.phrases.ts'

/** For whoever sees the organisation; the newest first. */
export async function viewChanges(ctx: Context, id: string): Promise<OrganisationFieldChange[]> {
  await accessOrganisation(ctx.db, ctx, id, 'organisation.read')
  return (await listChanges(ctx.db, id)).map(toldOf)
}

const toldOf = ({ at, old, new: now, field, ...rest }: ChangeRow): OrganisationFieldChange => ({
  ...rest,
  field,
  label: labels.get(field) ?? labelOf(field),
  old: inWords(field, old),
  new: inWords(field, now),
  at: at.toISOString(),
})

const labels = new Map([
  ['organisation', 'Добавлена в реестр'],
  ['state', 'Состояние'],
  ['parentId', 'Вышестоящая организация'],
])

function inWords(field: string, value: string | null): string | null {
  if (value === null) return null
  return dictionaries.get(field)?.get(value) ?? value
}

const dictionary = <K extends string>(keys: readonly K[], names: Record<K, string>) =>
  new Map<string, string>(keys.map((key) => [key, names[key]]))

const dictionaries = new Map([
  ['kind', dictionary(organisationKinds, kindNames)],
  ['level', dictionary(organisationLevels, levelNames)],
  ['legalForm', dictionary(legalForms, legalFormNames)],
  ['legalStanding', dictionary(legalStandings, legalStandingNames)],
  ['settlement', dictionary(settlements, settlementNames)],
  ['state', dictionary(organisationStates, stateNames)],
])
