/** What happened to a report reaches those whom it concerns (manual 2: «Мои сообщения»), each once. */
import type { Tx } from '../../../kernel/db/index.ts'
import type { EventHandlers } from '../../../kernel/outbox/index.ts'
import { tell } from '../../messages/index.ts'
import { listDeciders, listMembers } from '../../organisations/index.ts'
import { listThreadAuthors } from '../discussion/discussion.queries.ts'
import { findReport, type ReportRow } from '../reports/reports.queries.ts'
import { listDeputies } from './handovers.queries.ts'
import { listLevelDeciders, listWhoDecided } from './levels.queries.ts'
import { accepted, commented, mentioned, refused, risen, sent, waits } from './report.letters.ts'

declare module '../../../kernel/outbox/outbox.ts' {
  interface Events {
    'report.sent': { reportId: string }
    /** Accepted at a step that is not the last. */
    'report.risen': { reportId: string; level: string }
    'report.accepted': { reportId: string }
    'report.refused': { reportId: string; reason: string }
    'report.commented': { reportId: string; authorId: string; mentions?: string[]; threadId?: string | undefined }
  }
}

export const tellingHandlers: EventHandlers = {
  'report.sent': async (tx, { reportId }, eventId) => {
    const report = await getReport(tx, reportId)
    await tell(tx, { ...waits(report), accountIds: await deciders(tx, report), uniqueKey: eventId })
    await tell(tx, { ...sent(report), accountIds: await members(tx, report), uniqueKey: `${eventId}:own` })
  },
  'report.risen': async (tx, { reportId, level }, eventId) => {
    const report = await getReport(tx, reportId)
    await tell(tx, { ...waits(report), accountIds: await deciders(tx, report), uniqueKey: eventId })
    await tell(tx, { ...risen(report, level), accountIds: await members(tx, report), uniqueKey: `${eventId}:own` })
  },
  'report.accepted': async (tx, { reportId }, eventId) => {
    const report = await getReport(tx, reportId)
    await tell(tx, { ...accepted(report), accountIds: await members(tx, report), uniqueKey: eventId })
  },
  'report.refused': async (tx, { reportId, reason }, eventId) => {
    const report = await getReport(tx, reportId)
    await tell(tx, { ...refused(report, reason), accountIds: await members(tx, report), uniqueKey: eventId })
  },
  'report.commented': async (tx, { reportId, authorId, mentions = [], threadId }, eventId) => {
    const report = await getReport(tx, reportId)
    const everyone = new Set([
      ...(await members(tx, report)),
      ...(report.state === 'draft' ? [] : await deciders(tx, report)),
      ...(threadId ? await listThreadAuthors(tx, threadId) : []),
    ])
    const named = mentions.filter((accountId) => accountId !== authorId)
    for (const accountId of [authorId, ...named]) everyone.delete(accountId)
    await tell(tx, { ...mentioned(report), accountIds: named, uniqueKey: `${eventId}:named` })
    await tell(tx, { ...commented(report), accountIds: [...everyone], uniqueKey: eventId })
  },
}

async function getReport(tx: Tx, id: string): Promise<ReportRow> {
  const report = await findReport(tx, id)
  if (!report) throw new Error(`No report ${id}`)
  return report
}

/** Who decides at the step where it waits, and those to whom they have handed it over. */
async function deciders(tx: Tx, report: ReportRow): Promise<string[]> {
  const own = report.levelOrganisationId
    ? await nearestAt(tx, report, report.levelOrganisationId)
    : (await listDeciders(tx, report.organisationId, 'report.decide')).map(({ accountId }) => accountId)
  return [...new Set([...own, ...(await listDeputies(tx, own, report))])]
}

/** Whoever has decided a step already is not asked again while there is somebody else. */
async function nearestAt(tx: Tx, report: ReportRow, organisationId: string): Promise<string[]> {
  const all = await listLevelDeciders(tx, organisationId)
  const decided = await listWhoDecided(tx, report.id)
  const others = all.filter(({ accountId }) => !decided.includes(accountId))
  const asked = others.length > 0 ? others : all
  return asked.filter(({ distance }) => distance === asked[0]?.distance).map(({ accountId }) => accountId)
}

const members = async (tx: Tx, report: ReportRow): Promise<string[]> =>
  (await listMembers(tx, report.organisationId))
    .filter(({ role }) => role !== 'supervisor')
    .map(({ accountId }) => accountId)
