/**
 * Acceptance goes up by the steps that the form names. Whose step it is follows from where the organisation stands in the
 * tree; a step at which nobody could decide is passed by with a note, so that no report stands for ever.
 */
import type { AcceptanceLevel } from '../../../../engine/index.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'
import type { ReportRow, StandingLevel } from '../reports/reports.queries.ts'
import { lockReport } from '../reports/reports.queries.ts'
import { formOfVersion } from '../reports/sheets.ts'
import {
  type Ancestor,
  insertDecision,
  listAncestors,
  listLevelDeciders,
  listStanding,
  setLevelOrganisation,
} from './levels.queries.ts'

/** A step with whose it is; `at` is undefined where there is no such organisation above. */
export type PlacedLevel = { code: string; name: string; at: Ancestor | undefined }

/** Each form's steps with whose they are, for an organisation with these above it. */
export function placedLevels(levels: readonly AcceptanceLevel[], above: readonly Ancestor[]): PlacedLevel[] {
  let reached = -1
  return levels.map(({ code, name, decides = 'higher' }) => {
    const index = above.findIndex(
      ({ level }, position) => position > reached && (decides === 'higher' || level === decides),
    )
    if (index >= 0) reached = index
    return { code, name, at: above[index] }
  })
}

export async function levelsOf(db: Db, report: ReportRow): Promise<PlacedLevel[]> {
  const form = await formOfVersion(db, report.formVersionId)
  const levels = form.template.levels ?? []
  return levels.length === 0 ? [] : placedLevels(levels, await listAncestors(db, report.organisationId))
}

const nobodyAbove = 'Над организацией нет вышестоящей этого уровня: уровень пропущен.'
const nobodyDecides = 'На этом уровне некому принять решение: уровень пропущен.'

/**
 * The next step after `code`, or the first; those passed by are noted in the history of the newest submission.
 * @returns null when no step is left
 */
export async function riseFrom(tx: Tx, report: ReportRow, code: string | null): Promise<StandingLevel | null> {
  const levels = await levelsOf(tx, report)
  const ahead = levels.slice(code === null ? 0 : levels.findIndex((level) => level.code === code) + 1)
  for (const level of ahead) {
    const isDecided = level.at !== undefined && (await listLevelDeciders(tx, level.at.id)).length > 0
    if (level.at && isDecided) return { code: level.code, name: level.name, organisationId: level.at.id }
    await insertDecision(tx, {
      reportId: report.id,
      level: { code: level.code, name: level.name, organisationId: level.at?.id ?? null },
      outcome: 'passed',
      reason: level.at ? nobodyDecides : nobodyAbove,
      by: null,
      onBehalfOf: null,
    })
  }
  return null
}

/** The organisation, or one above it, has moved in the tree: reports that wait go to whoever stands there now. */
export async function placeStanding(tx: Tx, organisationIds: readonly string[]): Promise<void> {
  for (const id of await listStanding(tx, organisationIds)) {
    const report = await lockReport(tx, id)
    if (report?.state !== 'sent') continue
    const level = (await levelsOf(tx, report)).find(({ code }) => code === report.levelCode)
    // Where no such organisation is left, whoever may decide over the report decides the step.
    await setLevelOrganisation(tx, id, level?.at?.id ?? null)
  }
}
