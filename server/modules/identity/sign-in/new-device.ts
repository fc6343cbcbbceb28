/** Whoever comes in from a browser that was never used before is told by letter, after the sign-in and beside it. */
import { formatDateTime } from '../../../../web/kit/dates.ts'
import { type Db, transaction } from '../../../kernel/db/index.ts'
import { sendSecurityNotice } from '../letters.ts'
import { deviceOf } from './device.ts'
import { networkOf } from './networks.ts'
import { type FreshSession, takeFreshSessions } from './new-device.queries.ts'

const atOnce = 200

type Place = { baseUrl: string; timeZone: string }
let place: Place = { baseUrl: '', timeZone: 'UTC' }

/** Where links of letters lead, and in which time zone they tell moments: the background work has no request to ask. */
export const configureNotices = (configured: Place): void => {
  place = configured
}

/** Tells of the sign-ins since the last look. */
export const tellOfNewDevices = (db: Db): Promise<void> =>
  transaction({ db }, async (tx) => {
    for (const session of await takeFreshSessions(tx, atOnce)) {
      if (session.isNew && session.email)
        await sendSecurityNotice(tx, place.baseUrl, session.email, noticeOf(session, place.timeZone))
    }
  })

function noticeOf({ id, userAgent, address, createdAt }: FreshSession, timeZone: string) {
  const network = networkOf(address)
  return {
    subject: 'Вход с нового устройства',
    paragraphs: [
      'В вашу учётную запись вошли из программы, которой раньше не пользовались.',
      `${deviceOf(userAgent)}, ${formatDateTime(createdAt, timeZone)}, адрес ${address}${network ? ` (${network})` : ''}.`,
    ],
    uniqueKey: `new-device:${id}`,
  }
}
