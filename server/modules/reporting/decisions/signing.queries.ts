import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
import { fullNameOf } from '../../organisations/index.ts'

export type NewSignatureRow = {
  reportId: string
  contentHash: string
  signature: Buffer
  certificate: string
  subject: string
  issuer: string
  serialNumber: string
  validFrom: Date
  validTo: Date
  signedAt: Date | null
  by: string
}

/** The same certificate's signature over the same content stands once. */
export const insertSignature = (tx: Tx, row: NewSignatureRow) =>
  tx
    .insertInto('report_signatures')
    .values({
      id: randomUUIDv7(),
      report_id: row.reportId,
      content_hash: row.contentHash,
      signature: row.signature,
      certificate: row.certificate,
      subject: row.subject,
      issuer: row.issuer,
      serial_number: row.serialNumber,
      valid_from: row.validFrom,
      valid_to: row.validTo,
      signed_at: row.signedAt,
      put_by: row.by,
    })
    .onConflict((conflict) => conflict.columns(['report_id', 'content_hash', 'certificate']).doNothing())
    .execute()

/** @param contentHash only those over this content */
export const listSignatures = (db: Db, reportId: string, contentHash?: string) =>
  db
    .selectFrom('report_signatures as s')
    .leftJoin('accounts as person', 'person.id', 's.put_by')
    .select([
      's.content_hash as contentHash',
      's.signature',
      's.certificate',
      's.subject',
      's.issuer',
      's.serial_number as serialNumber',
      's.valid_from as validFrom',
      's.valid_to as validTo',
      's.signed_at as signedAt',
      's.put_at as putAt',
      fullNameOf('person').as('putBy'),
    ])
    .where('s.report_id', '=', reportId)
    .$if(contentHash !== undefined, (query) => query.where('s.content_hash', '=', contentHash ?? ''))
    .orderBy('s.put_at')
    .execute()

export type SignatureRow = Awaited<ReturnType<typeof listSignatures>>[number]
