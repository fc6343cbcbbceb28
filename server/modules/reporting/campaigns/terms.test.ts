/** Terms from both sides: closing, the application for a later one, substitution, reminders that survive a broken link. */
import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cleanValues, peopleOf, reportOf } from '../../../../test/support/reports.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { configureTerms, remindOfTerms } from './reminders.ts'

let world: World
let as: ReturnType<typeof peopleOf>
let report: string
let campaign: string
let romashka: string
beforeAll(async () => {
  world = await openWorld()
  as = peopleOf(world)
  report = await reportOf(world, 'Ромашка')
  const row = await world.db
    .selectFrom('reports')
    .select(['campaign_id', 'organisation_id'])
    .where('id', '=', report)
    .executeTakeFirstOrThrow()
  campaign = row.campaign_id
  romashka = row.organisation_id
})

const day = 864e5
const dayFrom = (days: number): string => new Date(Date.now() + days * day).toISOString().slice(0, 10)
const termOf = async (id: string): Promise<string> =>
  (await as('dobronravova').get(`/reports/${id}`)).body.campaign.deadline
const accountOf = async (login: string): Promise<string> =>
  (await world.db.selectFrom('accounts').select('id').where('email', '=', login).executeTakeFirstOrThrow()).id
const subjectsTo = async (address: string) => (await world.lettersTo(address)).map(({ subject }) => subject)

describe('the application for a later term', () => {
  const ask = (until: string) =>
    as('dobronravova').post('/applications', {
      kind: 'report-extension',
      organisationId: romashka,
      form: { reportId: report, until, why: 'Карантин в двух группах' },
    })

  it('moves the term when it is granted, to another day when the decider says so, and is told', async () => {
    const before = await termOf(report)
    const asked = new Date(Date.parse(before) + 20 * day).toISOString().slice(0, 10)
    const given = new Date(Date.parse(before) + 10 * day).toISOString().slice(0, 10)
    const made = await ask(asked)
    expect(made.status).toBe(201)
    // Until it is decided the former term is in force.
    expect(await termOf(report)).toBe(before)
    expect((await ask(asked)).status).toBe(409)
    const decided = await as('voznesensky').put(`/applications/${made.body.id}/granting`, { until: given })
    expect(decided.body).toMatchObject({ state: 'granted' })
    expect((await termOf(report)).slice(0, 10)).toBe(given)
    await world.settle()
    expect(await subjectsTo('ds14@verhneozersk.example')).toContain('Срок отчёта 85-К за 2026 год продлён')
    const page = await world.page('dobronravova').get(`/reports/${report}`)
    expect(page.html.replaceAll('\u00a0', ' ')).toContain('Карантин в двух группах')
    const history = await as('dobronravova').get(`/reports/${report}/extensions`)
    expect(history.body.extensions).toHaveLength(1)
  })

  it('leaves the term as it is when it is refused', async () => {
    const before = await termOf(report)
    const made = await ask(new Date(Date.parse(before) + 5 * day).toISOString().slice(0, 10))
    const refused = await as('voznesensky').put(`/applications/${made.body.id}/refusal`, {
      reason: 'Времени достаточно',
    })
    expect(refused.body).toMatchObject({ state: 'refused' })
    expect(await termOf(report)).toBe(before)
  })

  it('is not taken for a day before the term, and a decider gives none before it either', async () => {
    expect((await ask('2020-01-01')).status).toBe(422)
    const before = await termOf(report)
    const made = await ask(new Date(Date.parse(before) + 5 * day).toISOString().slice(0, 10))
    const wrong = await as('voznesensky').put(`/applications/${made.body.id}/granting`, { until: '2020-01-01' })
    expect(wrong.status).toBe(422)
    const granted = await as('voznesensky').put(`/applications/${made.body.id}/granting`, {})
    expect(granted.status).toBe(200)
  })
})

describe('a substitution', () => {
  const people = { absent: '', substitute: '' }
  beforeAll(async () => {
    people.absent = await accountOf('ds14@verhneozersk.example')
    people.substitute = await accountOf('ds14.deloproizvodstvo@verhneozersk.example')
  })
  beforeEach(async () => {
    await world.db.deleteFrom('report_substitutions').execute()
    await world.db.deleteFrom('grants').where('account_id', '=', people.substitute).execute()
  })
  const set = (startsOn = dayFrom(0), endsOn = dayFrom(7)) =>
    as('voznesensky').post('/substitutions', {
      organisationId: romashka,
      absentId: people.absent,
      substituteId: people.substitute,
      startsOn,
      endsOn,
    })
  const maySend = async () => (await as('krylatskaya').put(`/reports/${report}/sending`)).status !== 403
  const listed = async () => (await as('voznesensky').get(`/substitutions?organisation=${romashka}`)).body.substitutions

  it('lets the substitute send for these days, tells it, and ends by itself', async () => {
    expect(await maySend()).toBe(false)
    expect((await set()).status).toBe(204)
    expect(await maySend()).toBe(true)
    await world.settle()
    expect(await subjectsTo('ds14.deloproizvodstvo@verhneozersk.example')).toContainEqual(
      expect.stringContaining('Вы замещаете ответственного'),
    )
    expect((await set()).status).toBe(409)
    // A week later: its last day was yesterday.
    await sql`update grants set starts_on = current_date - 8, ends_on = current_date - 1
      where account_id = ${people.substitute}`.execute(world.db)
    await sql`update report_substitutions set starts_on = current_date - 8, ends_on = current_date - 1`.execute(
      world.db,
    )
    expect(await maySend()).toBe(false)
    expect(await listed()).toEqual([])
  })

  it('does not begin before its first day', async () => {
    expect((await set(dayFrom(2), dayFrom(5))).status).toBe(204)
    expect(await maySend()).toBe(false)
  })

  it('is ended early, once, by whoever may set it', async () => {
    await set()
    const [own] = await listed()
    expect((await as('zlatovratskaya').delete(`/substitutions/${own.id}`)).status).toBe(404)
    expect((await as('krylatskaya').get(`/organisations/${romashka}`)).status).toBe(200)
    const page = await world.page('voznesensky').get(`/organisations/${romashka}`)
    expect(page.html).toContain(`/substitutions/${own.id}/ending`)
    expect((await as('dobronravova').delete(`/substitutions/${own.id}`)).status).toBe(204)
    expect(await maySend()).toBe(false)
    expect(await listed()).toEqual([])
    expect((await as('dobronravova').delete(`/substitutions/${own.id}`)).status).toBe(404)
    // The same days may be given anew.
    expect((await set()).status).toBe(204)
  })

  it('is refused for a stranger, for oneself, and for days that have passed', async () => {
    const body = { organisationId: romashka, absentId: people.absent, startsOn: dayFrom(0), endsOn: dayFrom(1) }
    const stranger = await accountOf('ds21@verhneozersk.example')
    for (const substituteId of [stranger, people.absent])
      expect((await as('voznesensky').post('/substitutions', { ...body, substituteId })).status).toBe(422)
    expect((await set(dayFrom(-5), dayFrom(-2))).status).toBe(422)
    expect((await as('belozertseva').post('/substitutions', { ...body, substituteId: people.substitute })).status).toBe(
      404,
    )
  })
})

describe('reminders', () => {
  const remind = (at: string) => remindOfTerms(world.db, new Date(at))
  const reminded = async () =>
    (
      await sql<{ count: number; subjects: number }>`
        select count(*)::int as count, count(distinct (account_id, href))::int as subjects from messages
        where kind = 'report.reminder'`.execute(world.db)
    ).rows[0]

  it('go exactly once though the link breaks in the midst of them', async () => {
    configureTerms({ timeZone: 'Europe/Moscow' })
    await world.db.updateTable('campaigns').set({ closed_at: new Date() }).where('id', '<>', campaign).execute()
    await world.db
      .updateTable('campaigns')
      .set({ opened_at: new Date('2031-01-01'), deadline: new Date('2031-03-20T18:00:00Z'), reminder_days: [14] })
      .where('id', '=', campaign)
      .execute()
    await world.db
      .updateTable('reports')
      .set({ extended_to: null, state: 'draft' })
      .where('campaign_id', '=', campaign)
      .execute()
    // The third message takes the connection with it, as a kill of the process would.
    await sql`create sequence written`.execute(world.db)
    await sql`create function break_link() returns trigger language plpgsql as $$ begin
      if nextval('written') = 3 then perform pg_terminate_backend(pg_backend_pid()); end if; return new; end $$`.execute(
      world.db,
    )
    await sql`create trigger break_link before insert on messages for each row execute function break_link()`.execute(
      world.db,
    )
    const noon = '2031-03-06T09:00:00Z'
    await expect(remind(noon)).rejects.toThrow()
    // What had been told with the others is undone with them.
    expect((await reminded())?.count).toBe(0)
    await Promise.all([remind(noon), remind(noon)])
    const told = await reminded()
    expect(told?.count).toBeGreaterThan(2)
    expect(told?.subjects).toBe(told?.count)
    await remind('2031-03-06T10:00:00Z')
    expect(await reminded()).toEqual(told)
  })

  it('do not come about a report that was sent a moment ago', async () => {
    const before = await reminded()
    await world.db.updateTable('reports').set({ state: 'sent' }).where('campaign_id', '=', campaign).execute()
    await world.db
      .updateTable('campaigns')
      .set({ reminder_days: [3] })
      .where('id', '=', campaign)
      .execute()
    await remind('2031-03-17T09:00:00Z')
    expect(await reminded()).toEqual(before)
    await world.db.updateTable('reports').set({ state: 'draft' }).where('campaign_id', '=', campaign).execute()
  })
})

describe('a campaign that is closed', () => {
  it('reminds nobody and asks nobody new; what is overdue stays in sight and can still be sent and accepted', async () => {
    await sql`update campaigns set opened_at = now() - interval '60 days', deadline = now() - interval '9 days',
      scopes = '{"everywhere": false, "regions": ["00"], "subtrees": [], "organisations": []}' where id = ${campaign}`.execute(
      world.db,
    )
    expect((await as('tihomirov').put(`/campaigns/${campaign}/closing`, {})).body.state).toBe('closed')
    expect((await as('tihomirov').put(`/campaigns/${campaign}/closing`, {})).status).toBe(409)
    expect((await as('voznesensky').get(`/campaigns/${campaign}/board`)).body.all.overdue).toBeGreaterThan(0)
    const page = await world.page('voznesensky').get(`/campaigns/${campaign}?state=overdue`)
    expect(page.html).toContain('Ромашка')
    expect((await world.page('dobronravova').get('/reports')).html).toContain(`/reports/${report}`)

    const { status } = await as('krylatskaya').patch(`/reports/${report}/cells`, { changes: cleanValues() })
    expect(status).toBe(200)
    expect((await as('dobronravova').put(`/reports/${report}/sending`)).body).toMatchObject({ state: 'sent' })
    expect((await as('voznesensky').put(`/reports/${report}/acceptance`)).body).toMatchObject({ state: 'accepted' })
  })
})
