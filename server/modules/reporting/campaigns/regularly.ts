/** What campaigns do by themselves: those scheduled open on their day, regular ones propose the next period's draft. */
import { type Db, type Tx, transaction } from '../../../kernel/db/index.ts'
import { AppError } from '../../../kernel/errors/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { type Told, tell } from '../../messages/index.ts'
import { listManagers, markScheduled, takeRepeating, takeScheduled } from './campaigns.queries.ts'
import { draftNext, openNow } from './campaigns.ts'
import { nextPeriod, periodTitle } from './periods.ts'
import { remindOfTerms } from './reminders.ts'

const machine = { requestId: 'campaigns' }

export async function lookAfterCampaigns(db: Db): Promise<void> {
  while (await openScheduled(db));
  while (await transaction({ db }, proposeNext));
  await remindOfTerms(db)
}

async function openScheduled(db: Db): Promise<boolean> {
  return transaction({ db }, async (tx) => {
    const campaign = await takeScheduled(tx)
    if (!campaign) return false
    const name = `${campaign.formCipher} за ${campaign.title}`
    try {
      await openNow(tx, machine, campaign)
      await tellManagers(tx, campaign.id, opened(campaign.id, name), `campaign-opened:${campaign.id}`)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      // Nobody to ask, or asked elsewhere: it waits as a draft for a person.
      await markScheduled(tx, campaign.id, null)
      journal(tx, machine, 'campaign.not-opened', { kind: 'campaign', id: campaign.id }, { code: error.code })
      const key = `campaign-not-opened:${campaign.id}:${campaign.version}`
      await tellManagers(tx, campaign.id, notOpened(campaign.id, name), key)
    }
    return true
  })
}

async function proposeNext(tx: Tx): Promise<boolean> {
  const campaign = await takeRepeating(tx)
  if (!campaign) return false
  const id = await draftNext(tx, machine, campaign)
  if (!id) return false
  const name = `${campaign.formCipher} за ${periodTitle(nextPeriod(campaign))}`
  await tellManagers(tx, campaign.id, proposed(id, name), `campaign-proposed:${id}`)
  return true
}

const tellManagers = async (tx: Tx, id: string, told: Told, uniqueKey: string) =>
  tell(tx, { ...told, accountIds: await listManagers(tx, id), uniqueKey })

export const proposed = (id: string, name: string): Told => ({
  kind: 'campaign.proposed',
  title: `Пора готовить сбор ${name}`,
  body: `Подготовлен черновик сбора ${name}: с теми же организациями и напоминаниями, что в прошлый раз. Проверьте срок и откройте сбор.`,
  href: `/campaigns/${id}`,
  action: 'Проверить черновик',
})

const opened = (id: string, name: string): Told => ({
  kind: 'campaign.proposed',
  title: `Сбор ${name} открылся`,
  body: `Сбор ${name} открылся в назначенный день, организации получили отчёты.`,
  href: `/campaigns/${id}`,
  action: 'Открыть ход сбора',
})

const notOpened = (id: string, name: string): Told => ({
  kind: 'campaign.proposed',
  title: `Сбор ${name} не открылся`,
  body: `Сбор ${name} не открылся в назначенный день: собирать отчёты не от кого. Проверьте, кто участвует, и откройте его сами.`,
  href: `/campaigns/${id}`,
  action: 'Проверить черновик',
})
