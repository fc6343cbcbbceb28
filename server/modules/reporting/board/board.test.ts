/** Campaigns from the supervisor's side: who is asked, terms, reminders, the board and what is done there. */
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { countedQueries } from '../../../../test/support/queries.ts'
import { cleanValues, peopleOf, reportOf } from '../../../../test/support/reports.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { lookAfterCampaigns } from '../campaigns/regularly.ts'
import { configureTerms, remindOfTerms } from '../campaigns/reminders.ts'

let world: World
let as: ReturnType<typeof peopleOf>
let campaign: string
beforeAll(async () => {
  world = await openWorld()
  as = peopleOf(world)
  const { campaign_id } = await world.db
    .selectFrom('reports')
    .select('campaign_id')
    .where('id', '=', await reportOf(world, 'Ромашка'))
    .executeTakeFirstOrThrow()
  campaign = campaign_id
})

const idOf = async (name: string): Promise<string> =>
  (
    await world.db
      .selectFrom('organisations')
      .select('id')
      .where('short_name', 'like', `%${name}%`)
      .executeTakeFirstOrThrow()
  ).id
const kindergartens = { kinds: ['preschool'], levels: [], regions: [], under: [] }
const nobody = { rules: [], also: [], except: [] }

describe('the board', () => {
  it('tells how far each district has come, and a municipality sees its own alone', async () => {
    const all = await as('tihomirov').get(`/campaigns/${campaign}/board`)
    expect(all.body.districts.length).toBeGreaterThan(1)
    const own = await as('voznesensky').get(`/campaigns/${campaign}/board`)
    expect(own.body.districts).toHaveLength(1)
    expect(own.body.all).toMatchObject({ sent: 1, accepted: 1, refused: 1 })
    expect(own.body.all.total).toBeLessThan(all.body.all.total)
    const { untouched, filling, sent, accepted, refused, total } = all.body.all
    expect(untouched + filling + sent + accepted + refused).toBe(total)
  })

  it('tells past days from what happened on them', async () => {
    const { body } = await as('voznesensky').get(`/campaigns/${campaign}/board`)
    expect(body.days.at(-1)).toMatchObject({ sent: 1, accepted: 1, refused: 1 })
    expect(body.days.length).toBeGreaterThan(5)
    expect(body.days[0]).toMatchObject({ sent: 1, accepted: 0, refused: 0 })
  })

  it('tells every return of a report that was accepted on its own day, however often it came back', async () => {
    const id = await reportOf(world, 'Жаворонок')
    const ago = (days: number) => new Date(Date.now() - days * 864e5)
    const dayOf = async (days: number) => {
      const { body } = await as('voznesensky').get(`/campaigns/${campaign}/board`)
      return body.days.at(-1 - days)
    }
    const before = [await dayOf(3), await dayOf(2), await dayOf(1), await dayOf(0)]
    // Accepted four days ago; returned, sent again and accepted, and returned once more.
    const author = await world.db.selectFrom('accounts').select('id').limit(1).executeTakeFirstOrThrow()
    const comment = { report_id: id, author_id: author.id, kind: 'refusal' as const, text: 'Ошибка', cell: null }
    for (const days of [3, 1])
      await world.db
        .insertInto('report_comments')
        .values({ ...comment, id: crypto.randomUUID(), at: ago(days) })
        .execute()
    await world.db
      .insertInto('submissions')
      .values({
        id: crypto.randomUUID(),
        report_id: id,
        number: 2,
        cells: '{}',
        content_hash: '0'.repeat(64),
        sent_at: ago(2.01),
        outcome: 'accepted',
        decided_at: ago(2),
      })
      .execute()
    await world.db
      .updateTable('reports')
      .set({ refused_at: ago(1) })
      .where('id', '=', id)
      .execute()
    const moved = (at: number, accepted: number, refused: number) => ({
      accepted: before[at].accepted + accepted,
      refused: before[at].refused + refused,
    })
    expect(await dayOf(3)).toMatchObject(moved(0, -1, 1))
    expect(await dayOf(2)).toMatchObject(moved(1, 0, 0))
    expect(await dayOf(1)).toMatchObject(moved(2, -1, 1))
    await world.db.deleteFrom('submissions').where('report_id', '=', id).where('number', '=', 2).execute()
    await world.db.deleteFrom('report_comments').where('report_id', '=', id).execute()
    await world.db.updateTable('reports').set({ refused_at: null }).where('id', '=', id).execute()
  })

  it('costs a few statements, however many districts and reports it has', async () => {
    const client = world.page('voznesensky')
    await client.get(`/campaigns/${campaign}`)
    const { statements } = await countedQueries(() => client.get(`/campaigns/${campaign}`))
    expect(statements.filter((text) => !/^(begin|commit)/i.test(text)).length).toBeLessThanOrEqual(16)
  })

  it('is not there for a clerk', async () => {
    expect((await as('dobronravova').get(`/campaigns/${campaign}/board`)).status).toBe(403)
  })

  it('is exported as filtered', async () => {
    const page = await world.page('voznesensky').get(`/campaigns/${campaign}/export?state=accepted&format=csv`)
    expect(page.status).toBe(200)
    expect(page.html).toContain('Жаворонок')
    expect(page.html).not.toContain('Ромашка')
  })
})

describe('many at once', () => {
  it('accepts what can be accepted, once, and says why another cannot be', async () => {
    const ids = [
      await reportOf(world, 'Журавушка'),
      await reportOf(world, 'Ромашка'),
      await reportOf(world, 'Солнышко'),
    ]
    const { body } = await as('voznesensky').post(`/campaigns/${campaign}/acceptances`, { reports: ids })
    expect(body.done).toEqual([ids[0]])
    expect(body.failed).toHaveLength(2)
    expect(body.failed[0]).toMatchObject({ organisation: expect.stringContaining('Ромашка') })
    // Of another municipality not even the name is told.
    expect(body.failed[1].organisation).toBe('')
    const again = await as('voznesensky').post(`/campaigns/${campaign}/acceptances`, { reports: [ids[0]] })
    expect(again.body.done).toEqual([])
  })

  it('refuses many with one reason, which stands in each report', async () => {
    const refusal = {
      reports: [await reportOf(world, 'Журавушка'), await reportOf(world, 'Ромашка')],
      reason: 'Раздел 4',
    }
    const id = refusal.reports[0] ?? ''
    expect((await as('voznesensky').post(`/campaigns/${campaign}/refusals`, { ...refusal, reason: '' })).status).toBe(
      422,
    )
    // As if it had just been sent: nothing is decided about its submission.
    await sql`delete from report_decisions where submission_id in (select id from submissions where report_id = ${id})`.execute(
      world.db,
    )
    await sql`update submissions set outcome = null, decided_at = null where report_id = ${id}`.execute(world.db)
    await world.db.updateTable('reports').set({ state: 'sent' }).where('id', '=', id).execute()
    const { body } = await as('voznesensky').post(`/campaigns/${campaign}/refusals`, refusal)
    expect(body.done).toEqual([id])
    expect(body.failed).toHaveLength(1)
    expect((await as('zlatovratskaya').get(`/reports/${id}`)).body).toMatchObject({
      state: 'refused',
      reason: 'Раздел 4',
    })
    await world.db.updateTable('reports').set({ state: 'accepted' }).where('id', '=', id).execute()
  })

  it('extends terms, and what was late is late no more', async () => {
    const id = await reportOf(world, 'Ромашка')
    await world.db
      .updateTable('campaigns')
      .set({ deadline: new Date(Date.now() - 864e5) })
      .where('id', '=', campaign)
      .execute()
    const before = await as('voznesensky').get(`/campaigns/${campaign}/board`)
    const until = new Date(Date.now() + 5 * 864e5).toISOString()
    const extension = { reports: [id], until, reason: 'Отключение электроэнергии' }
    expect((await as('belozertseva').post(`/campaigns/${campaign}/extensions`, extension)).status).toBe(404)
    expect((await as('voznesensky').post(`/campaigns/${campaign}/extensions`, extension)).status).toBe(204)
    const after = await as('voznesensky').get(`/campaigns/${campaign}/board`)
    expect(after.body.all.overdue).toBe(before.body.all.overdue - 1)
    expect((await as('dobronravova').get(`/reports/${id}`)).body.campaign.deadline).toBe(until)
    await world.settle()
    expect((await world.lettersTo('ds14@verhneozersk.example')).some(({ subject }) => /продлён/.test(subject))).toBe(
      true,
    )
    const shorter = { ...extension, until: new Date(Date.now() + 2 * 864e5).toISOString() }
    expect((await as('voznesensky').post(`/campaigns/${campaign}/extensions`, shorter)).status).toBe(422)
  })

  it('reminds once a day, and nobody who has sent', async () => {
    const first = await as('voznesensky').post(`/campaigns/${campaign}/reminders`, {})
    expect(first.body.reminded).toBeGreaterThan(1)
    expect((await as('voznesensky').post(`/campaigns/${campaign}/reminders`, {})).body.reminded).toBe(0)
    await Promise.all([lookAfterCampaigns(world.db), lookAfterCampaigns(world.db)])
    await world.settle()
    const told = (await world.lettersTo('ds14@verhneozersk.example')).filter(({ text }) =>
      text.includes('ещё не отправлен'),
    )
    expect(told).toHaveLength(1)
    expect(
      (await world.lettersTo('ds21@verhneozersk.example')).filter(({ text }) => text.includes('ещё не отправлен')),
    ).toEqual([])
  })
})

describe('reminders by plan', () => {
  const remind = (at: string) => remindOfTerms(world.db, new Date(at))
  const letters = async () =>
    (await world.lettersTo('ds14@verhneozersk.example')).filter(
      ({ subject }) => subject.includes('1-энерго') || subject.includes('85-К'),
    ).length

  it('come on the day, in working hours, once however often and from however many sides they are looked for', async () => {
    configureTerms({ timeZone: 'Europe/Moscow' })
    const id = await reportOf(world, 'Ромашка')
    await world.db
      .updateTable('campaigns')
      .set({ opened_at: new Date('2031-01-01'), deadline: new Date('2031-03-20T18:00:00Z'), reminder_days: [14, 3] })
      .where('id', '=', campaign)
      .execute()
    await world.db.updateTable('campaigns').set({ closed_at: new Date() }).where('id', '<>', campaign).execute()
    await world.settle()
    const before = await letters()
    await remind('2031-03-05T07:00:00Z')
    // Six in the morning in Moscow, then noon.
    await remind('2031-03-06T03:00:00Z')
    await world.settle()
    expect(await letters()).toBe(before)
    const noon = '2031-03-06T09:00:00Z'
    await Promise.all([remind(noon), remind(noon)])
    await remind('2031-03-07T09:00:00Z')
    await world.settle()
    expect(await letters()).toBe(before + 1)
    // A later term has a plan of its own.
    await world.db
      .updateTable('reports')
      .set({ extended_to: new Date('2031-03-27T18:00:00Z') })
      .where('id', '=', id)
      .execute()
    await remind('2031-03-13T09:00:00Z')
    await world.settle()
    expect(await letters()).toBe(before + 2)
    // Fourteen days before this one is a holiday: it comes on the working day after.
    await world.db
      .updateTable('reports')
      .set({ extended_to: new Date('2031-05-15T18:00:00Z') })
      .where('id', '=', id)
      .execute()
    await remind('2031-05-01T09:00:00Z')
    await world.settle()
    expect(await letters()).toBe(before + 2)
    await remind('2031-05-02T09:00:00Z')
    await world.settle()
    expect(await letters()).toBe(before + 3)
  })
})

describe('who is asked', () => {
  const form = async () =>
    (await world.db.selectFrom('forms').select('id').where('cipher', '=', '85-К').executeTakeFirstOrThrow()).id
  const deadline = '2032-01-20T13:00:00Z'

  it('is seen before anybody is asked, with who is left out and why', async () => {
    const romashka = await idOf('Ромашка')
    const audience = { ...nobody, rules: [kindergartens], except: [romashka] }
    const made = await as('tihomirov').post('/campaigns', {
      form: await form(),
      year: 2031,
      deadline,
      audience,
      draft: true,
    })
    expect(made.body).toMatchObject({ state: 'draft', reports: 0 })
    const preview = await as('tihomirov').get(`/campaigns/${made.body.id}/audience`)
    expect(preview.body.leftOut).toContainEqual(expect.objectContaining({ id: romashka, why: 'excepted' }))
    expect((await as('voznesensky').get(`/campaigns/${made.body.id}`)).status).toBe(404)
    const opened = await as('tihomirov').put(`/campaigns/${made.body.id}/opening`, {})
    expect(opened.body).toMatchObject({ state: 'open', reports: preview.body.total })
    expect((await as('tihomirov').put(`/campaigns/${made.body.id}/opening`, {})).status).toBe(409)
  })

  it('may be widened and narrowed afterwards: blank reports are withdrawn, others kept', async () => {
    const district = await idOf('Верхнеоз')
    const inDistrict = { ...nobody, rules: [{ ...kindergartens, under: [district] }] }
    const made = await as('tihomirov').post('/campaigns', {
      form: await form(),
      year: 2032,
      deadline,
      audience: inDistrict,
    })
    expect(made.status).toBe(201)
    const wider = { version: 1, deadline, audience: { ...nobody, rules: [kindergartens] } }
    const widened = await as('tihomirov').put(`/campaigns/${made.body.id}`, wider)
    expect(widened.body.reports).toBeGreaterThan(made.body.reports)
    expect((await as('tihomirov').put(`/campaigns/${made.body.id}`, wider)).status).toBe(409)

    const report = await reportOf(world, 'Ромашка', 2032)
    await as('dobronravova').patch(`/reports/${report}/cells`, { changes: cleanValues() })
    const narrow = { version: 2, deadline, audience: { ...nobody, also: [await idOf('Журавушка')] } }
    const narrowed = await as('tihomirov').put(`/campaigns/${made.body.id}`, narrow)
    expect(narrowed.body.reports).toBe(2)
    const { outside_since } = await world.db
      .selectFrom('reports')
      .select('outside_since')
      .where('id', '=', report)
      .executeTakeFirstOrThrow()
    expect(outside_since).not.toBeNull()
  })

  it('is asked once for a period, by whichever campaign', async () => {
    const again = { form: await form(), year: 2032, deadline, audience: { ...nobody, also: [await idOf('Журавушка')] } }
    expect((await as('tihomirov').post('/campaigns', again)).status).toBe(409)
  })

  it('is proposed for the next period by itself, once, and opens on its day', async () => {
    const made = await as('tihomirov').post('/campaigns', {
      form: await form(),
      year: 2020,
      deadline: '2021-01-20T13:00:00Z',
      audience: { ...nobody, also: [await idOf('Журавушка')] },
      regular: true,
    })
    await Promise.all([lookAfterCampaigns(world.db), lookAfterCampaigns(world.db)])
    const next = await world.db.selectFrom('campaigns').selectAll().where('predecessor_id', '=', made.body.id).execute()
    expect(next).toHaveLength(1)
    expect(next[0]).toMatchObject({ year: 2021, opened_at: null, deadline: new Date('2022-01-20T13:00:00Z') })
    expect((await as('tihomirov').post(`/campaigns/${made.body.id}/successor`, {})).status).toBe(409)

    const opensAt = new Date(Date.now() + 60_000).toISOString()
    const draft = next[0]?.id ?? ''
    const { body } = await as('tihomirov').get(`/campaigns/${draft}`)
    await as('tihomirov').put(`/campaigns/${draft}`, { ...body, opensAt })
    expect((await as('tihomirov').put(`/campaigns/${draft}/opening`, {})).body.state).toBe('scheduled')
    await world.db
      .updateTable('campaigns')
      .set({ opens_at: new Date(Date.now() - 1000) })
      .where('id', '=', draft)
      .execute()
    await lookAfterCampaigns(world.db)
    expect((await as('tihomirov').get(`/campaigns/${draft}`)).body).toMatchObject({ state: 'open', reports: 1 })
  })

  it('is not told what is not theirs: a region does not change what was opened everywhere', async () => {
    const { body } = await as('tihomirov').get(`/campaigns/${campaign}`)
    expect((await as('tihomirov').put(`/campaigns/${campaign}`, body)).status).toBe(403)
    expect((await as('voznesensky').put(`/campaigns/${campaign}/closing`, {})).status).toBe(403)
  })
})
