/** What happened to an application, what was said about it and what was put with it. */
import type { ApplicationStepKind } from '../../../contracts/applications.ts'
import { type Db, randomUUIDv7, type Tx } from '../../kernel/db/index.ts'
import { fullNameOf } from '../organisations/index.ts'

export type NewStep = {
  kind: ApplicationStepKind
  by?: string | null
  to?: string | null
  stage?: number
  text?: string | null
}

export const insertStep = (tx: Tx, applicationId: string, { kind, by, to, stage, text }: NewStep) =>
  tx
    .insertInto('application_steps')
    .values({
      id: randomUUIDv7(),
      application_id: applicationId,
      kind,
      by_id: by ?? null,
      to_id: to ?? null,
      stage: stage ?? 0,
      text: text || null,
    })
    .execute()

/** The oldest first. */
export const listSteps = (db: Db, applicationId: string) =>
  db
    .selectFrom('application_steps as step')
    .leftJoin('accounts as author', 'author.id', 'step.by_id')
    .leftJoin('accounts as receiver', 'receiver.id', 'step.to_id')
    .select(['step.id', 'step.kind', 'step.at', 'step.by_id as byId', 'step.stage', 'step.text'])
    .select([fullNameOf('author').as('byName'), fullNameOf('receiver').as('toName')])
    .where('step.application_id', '=', applicationId)
    .orderBy('step.at')
    .orderBy('step.id')
    .limit(500)
    .execute()

export type StepRow = Awaited<ReturnType<typeof listSteps>>[number]

export const insertApplicationFile = (tx: Tx, file: { applicationId: string; fileId: string; by: string | null }) =>
  tx
    .insertInto('application_files')
    .values({ id: randomUUIDv7(), application_id: file.applicationId, file_id: file.fileId, added_by: file.by })
    .execute()

const files = (db: Db, applicationId: string) =>
  db
    .selectFrom('application_files as own')
    .innerJoin('files as file', 'file.id', 'own.file_id')
    .select([
      'own.id',
      'own.added_at as addedAt',
      'file.name',
      'file.size',
      'file.sha256',
      'file.media_type as mediaType',
    ])
    .where('own.application_id', '=', applicationId)

export const listFiles = (db: Db, applicationId: string) => files(db, applicationId).orderBy('own.id').execute()

export type FileRow = Awaited<ReturnType<typeof listFiles>>[number]

export const findFile = (db: Db, applicationId: string, id: string) =>
  files(db, applicationId).where('own.id', '=', id).executeTakeFirst()
