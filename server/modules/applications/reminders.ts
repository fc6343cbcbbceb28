/** Decisions that are nearly due are recalled to their deciders, late ones also to those above them: each once. */
import { formatDateTime } from '../../../web/kit/dates.ts'
import { type Db, type Tx, transaction } from '../../kernel/db/index.ts'
import { type FileStore, forgetFiles, removeUnlessRecent } from '../../kernel/files/index.ts'
import { tell } from '../messages/index.ts'
import { keyOf } from './applications.events.ts'
import * as letters from './applications.letters.ts'
import { type Application, dropUnconfirmed, findApplication } from './applications.queries.ts'
import { listAllDeciders, listDecidersNow } from './deciders.queries.ts'
import { takeLate, takeNearlyDue } from './reminders.queries.ts'
import { insertStep } from './steps.queries.ts'

const settings: { timeZone: string; files?: FileStore } = { timeZone: 'Europe/Moscow' }

/** Said once by the composition. */
export function configureReminders({ timeZone, files }: { timeZone: string; files: FileStore }): void {
  settings.timeZone = timeZone
  settings.files = files
}

/** A regular look: any number of nodes may look at once, each application is taken by one. */
export async function remindDeciders(db: Db): Promise<void> {
  await dropDrafts(db)
  while (await transaction({ db }, remindOfOne));
  while (await transaction({ db }, escalateOne));
}

/** With their files: what a stranger has left behind is not kept. Bytes that were put again lately the cleaning takes. */
async function dropDrafts(db: Db): Promise<void> {
  const orphans = await transaction({ db }, async (tx) => forgetFiles(tx, await dropUnconfirmed(tx)))
  const { files } = settings
  if (files) for (const sha256 of orphans) await removeUnlessRecent(files, sha256)
}

async function remindOfOne(tx: Tx): Promise<boolean> {
  const application = await read(tx, await takeNearlyDue(tx))
  if (!application) return false
  await insertStep(tx, application.id, { kind: 'reminded', stage: application.stage })
  await tell(tx, {
    ...letters.reminded(application, dueOf(application)),
    accountIds: (await listDecidersNow(tx, application)).map(({ accountId }) => accountId),
    uniqueKey: keyOf(application, `reminded:${application.version}`),
  })
  return true
}

/** Those who have it, and the nearest above them, who may decide instead. */
async function escalateOne(tx: Tx): Promise<boolean> {
  const application = await read(tx, await takeLate(tx))
  if (!application) return false
  const all = await listAllDeciders(tx, application)
  const now = await listDecidersNow(tx, application)
  const level = Math.max(0, ...now.map((decider) => decider.level)) + 1
  const above = all.filter((decider) => decider.level === level)
  await insertStep(tx, application.id, {
    kind: 'escalated',
    stage: application.stage,
    to: above[0]?.accountId ?? null,
  })
  await tell(tx, {
    ...letters.overdue(application, dueOf(application)),
    accountIds: [...now, ...above].map(({ accountId }) => accountId),
    uniqueKey: keyOf(application, `overdue:${application.version}`),
  })
  return true
}

const read = (tx: Tx, id: string | undefined) => (id === undefined ? undefined : findApplication(tx, id))

const dueOf = ({ dueAt }: Application): string => formatDateTime(dueAt, settings.timeZone, 'named')
