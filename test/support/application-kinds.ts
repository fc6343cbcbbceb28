/**
 * Every kind of application, each time about something new: who asks, who decides at which stage, who merely sees it,
 * and how often its effect has taken place. Said here anew, not read of the program, so that tests can hold it to it.
 */
import { firstRules } from '../../contracts/audiences.ts'
import { transaction } from '../../server/kernel/db/index.ts'
import { attachMember, createOrganisation } from '../../server/modules/organisations/index.ts'
import type { ApiClient, Reply } from './clients.ts'
import type { World } from './world.ts'

export const applicationPeople = [
  'preobrazhenskaya',
  'dobronravova',
  'krylatskaya',
  'voznesensky',
  'tihomirov',
  'zadunayskaya',
  'belozertseva',
] as const
export type ApplicationPerson = (typeof applicationPeople)[number]

/** Asked for once, with what tells how often its effect has taken place. */
export type Asked = { id: string; effects: () => Promise<number> }

export type ApplicationSample = {
  kind: string
  applicant: ApplicationPerson
  /** Who may decide at each stage. */
  stages: readonly (readonly ApplicationPerson[])[]
  /** Who sees it besides the applicant. */
  seers: readonly ApplicationPerson[]
  /** What a decider adds when granting. */
  granting: Record<string, unknown>
  /** Holds only where the organisation has one account for all. */
  seat?: boolean
  ask: () => Promise<Asked>
}

/** Signed in once. */
export type Clients = (person: string) => ApiClient

export const clientsOf = (world: World): Clients => {
  const known = new Map<string, ApiClient>()
  return (person) => {
    const client = known.get(person) ?? world.as(person)
    known.set(person, client)
    return client
  }
}

export async function setSeatRule({ db }: World, seat: boolean): Promise<void> {
  await db.deleteFrom('audience_rules').where('audience', '=', 'staff').execute()
  if (!seat) return
  const rule = JSON.stringify({ ...firstRules.staff, seat: true })
  await db.insertInto('audience_rules').values({ audience: 'staff', rule }).execute()
}

// The administrator is left out of it: it may do everything.
const overPlace = ['voznesensky', 'tihomirov', 'zadunayskaya'] as const
/** A helper has only what its operator gave it. */
const withoutHelper = ['voznesensky', 'tihomirov'] as const
const regionOnly = ['tihomirov'] as const
const inRegion = ['tihomirov', 'zadunayskaya'] as const

export async function applicationSamples(world: World, clients: Clients): Promise<ApplicationSample[]> {
  const place = await placesOf(world)
  const { db } = world
  const ask = async (person: ApplicationPerson, kind: string, organisationId: string | undefined, form: object) => {
    const reply = await clients(person).post('/applications', { kind, organisationId, form })
    return idOf(reply, kind)
  }
  const count = async (rows: Promise<unknown[]>) => (await rows).length

  return [
    {
      kind: 'attachment',
      applicant: 'preobrazhenskaya',
      stages: [overPlace],
      seers: overPlace,
      granting: { role: 'member' },
      ask: async () => {
        const organisationId = await place.organisation()
        const form = { organisationId, role: 'member', why: 'Замещаю делопроизводителя' }
        const id = idOf(await clients('preobrazhenskaya').post('/applications/attachments', form), 'attachment')
        const rows = () =>
          db.selectFrom('memberships').select('id').where('organisation_id', '=', organisationId).execute()
        return { id, effects: () => count(rows()) }
      },
    },
    {
      kind: 'requisites',
      applicant: 'dobronravova',
      stages: [regionOnly],
      seers: overPlace,
      granting: {},
      ask: async () => {
        const organisationId = await place.organisation('dobronravova')
        const { body } = await clients('tihomirov').get(`/organisations/${organisationId}`)
        const details = { ...body, okved: '85.11', okvedAdditional: [], phone: '+7 900 000-71-01', why: 'Приказ № 12' }
        const id = await ask('dobronravova', 'requisites', organisationId, details)
        const rows = () =>
          db
            .selectFrom('organisation_changes')
            .select('id')
            .where('application_id', '=', id)
            .where('field', '=', 'phone')
            .execute()
        return { id, effects: () => count(rows()) }
      },
    },
    // Who decides over the organisation may ask too, and then another decides.
    ...(['dobronravova', 'voznesensky'] as const).map(
      (applicant): ApplicationSample => ({
        kind: 'user-removal',
        applicant,
        stages: [overPlace],
        seers: overPlace,
        granting: {},
        ask: async () => {
          const organisationId = await place.organisation('dobronravova', 'krylatskaya')
          const membershipId = await place.membership(organisationId, 'krylatskaya')
          const id = await ask(applicant, 'user-removal', organisationId, { membershipId, why: 'Приказ № 4' })
          const rows = () =>
            db
              .selectFrom('memberships')
              .select('id')
              .where('id', '=', membershipId)
              .where('ended_at', 'is not', null)
              .execute()
          return { id, effects: () => count(rows()) }
        },
      }),
    ),
    {
      kind: 'organisation-removal',
      applicant: 'dobronravova',
      stages: [overPlace, regionOnly],
      seers: overPlace,
      granting: {},
      ask: async () => {
        const organisationId = await place.organisation('dobronravova')
        const form = { on: '2026-01-18', why: 'Присоединена, постановление № 5' }
        const id = await ask('dobronravova', 'organisation-removal', organisationId, form)
        const rows = () =>
          db
            .selectFrom('organisation_changes')
            .select('id')
            .where('organisation_id', '=', organisationId)
            .where('field', '=', 'state')
            .execute()
        return { id, effects: () => count(rows()) }
      },
    },
    {
      kind: 'organisation-adding',
      applicant: 'preobrazhenskaya',
      stages: [regionOnly],
      seers: inRegion,
      granting: { higher: '' },
      ask: async () => {
        const details = place.details()
        const id = await ask('preobrazhenskaya', 'organisation-adding', undefined, { ...details, higher: '' })
        const rows = () => db.selectFrom('organisations').select('id').where('inn', '=', details.inn).execute()
        return { id, effects: () => count(rows()) }
      },
    },
    {
      kind: 'access',
      applicant: 'dobronravova',
      stages: [regionOnly],
      seers: inRegion,
      granting: {},
      ask: async () => {
        const newcomer = place.newcomer()
        const id = await ask('dobronravova', 'access', undefined, newcomer)
        const rows = () => db.selectFrom('accounts').select('id').where('email', '=', newcomer.email).execute()
        return { id, effects: () => count(rows()) }
      },
    },
    {
      kind: 'seat-handover',
      applicant: 'preobrazhenskaya',
      stages: [withoutHelper],
      seers: overPlace,
      granting: {},
      seat: true,
      ask: async () => {
        const organisationId = await place.organisation()
        const id = await ask('preobrazhenskaya', 'seat-handover', organisationId, { why: 'Приказ № 9' })
        const rows = () => db.selectFrom('seats').select('id').where('organisation_id', '=', organisationId).execute()
        return { id, effects: () => count(rows()) }
      },
    },
    {
      kind: 'report-return',
      applicant: 'dobronravova',
      stages: [withoutHelper],
      seers: overPlace,
      granting: {},
      ask: async () => {
        const organisationId = await place.organisation('dobronravova')
        const reportId = await place.report(organisationId, 'accepted')
        const id = await ask('dobronravova', 'report-return', organisationId, { reportId, why: 'Раздел 4, строка 07' })
        const rows = () =>
          db
            .selectFrom('report_comments')
            .select('id')
            .where('report_id', '=', reportId)
            .where('kind', '=', 'refusal')
            .execute()
        return { id, effects: () => count(rows()) }
      },
    },
    {
      kind: 'report-extension',
      applicant: 'dobronravova',
      stages: [withoutHelper],
      seers: overPlace,
      granting: {},
      ask: async () => {
        const organisationId = await place.organisation('dobronravova')
        const reportId = await place.report(organisationId, 'draft')
        const form = { reportId, until: '2031-12-31', why: 'Болеет ответственный' }
        const id = await ask('dobronravova', 'report-extension', organisationId, form)
        const rows = () => db.selectFrom('report_extensions').select('id').where('report_id', '=', reportId).execute()
        return { id, effects: () => count(rows()) }
      },
    },
  ]
}

function idOf({ status, body }: Reply, kind: string): string {
  if (status !== 201) throw new Error(`${kind} is not asked for: ${status} ${JSON.stringify(body)}`)
  return body.id
}

/** Organisations of the district, reports and people that no other application is about. */
async function placesOf({ db, as }: World) {
  let number = 0
  const district = await db
    .selectFrom('organisations')
    .select(['id', 'region_code'])
    .where('level', '=', 'municipality')
    .where('short_name', 'like', '%Верхнеозёрского%')
    .executeTakeFirstOrThrow()
  const accountOf = async (person: string): Promise<string> => (await as(person).get('/session')).body.account.id
  const accounts = { dobronravova: await accountOf('dobronravova'), krylatskaya: await accountOf('krylatskaya') }
  const campaign = await db
    .selectFrom('campaigns')
    .select('id')
    .where('opened_at', 'is not', null)
    .where('closed_at', 'is', null)
    .orderBy('deadline', 'desc')
    .executeTakeFirstOrThrow()

  const details = () => {
    number += 1
    const name = `«Детский сад № ${1000 + number}»`
    return {
      regionCode: district.region_code,
      level: 'institution' as const,
      shortName: `МБДОУ ${name}`,
      fullName: `Муниципальное бюджетное дошкольное образовательное учреждение ${name}`,
      inn: innOf(number),
      ogrn: '1020000001306',
      okpo: '00000017',
      kind: 'preschool' as const,
      legalForm: 'municipal' as const,
      legalStanding: 'budget' as const,
      settlement: 'city' as const,
      okved: '85.11',
      okvedAdditional: [],
      kpp: null,
      oktmo: null,
      address: '000000, Верхнеозёрск, Садовая ул., 3',
      phone: '+79000000030',
      email: `ds${number}@verhneozersk.example`,
      site: null,
      headName: 'Рябинина Таисия Фёдоровна',
      headPosition: 'заведующая',
    }
  }

  return {
    details,
    newcomer: () => {
      number += 1
      return {
        surname: 'Подберёзкина',
        name: 'Аглая',
        patronymic: 'Тихоновна',
        position: 'делопроизводитель',
        regionCode: district.region_code,
        organisation: 'МБДОУ «Детский сад № 14 „Ромашка“»',
        email: `sotrudnik-${number}@verhneozersk.example`,
        phone: '',
        systems: 'Отчётность организаций',
      }
    },
    /** To which these are attached. */
    organisation: (...members: (keyof typeof accounts)[]): Promise<string> =>
      transaction({ db }, async (tx) => {
        const actor = { requestId: 'test' }
        const organisationId = await createOrganisation(tx, actor, { ...details(), parentId: district.id })
        for (const person of members)
          await attachMember(tx, actor, {
            accountId: accounts[person],
            organisationId,
            role: person === 'dobronravova' ? 'responsible' : 'member',
            startsOn: '2026-01-01',
            endsOn: null,
          })
        return organisationId
      }),
    membership: async (organisationId: string, person: keyof typeof accounts): Promise<string> =>
      (
        await db
          .selectFrom('memberships')
          .select('id')
          .where('organisation_id', '=', organisationId)
          .where('account_id', '=', accounts[person])
          .executeTakeFirstOrThrow()
      ).id,
    report: async (organisationId: string, state: 'accepted' | 'draft'): Promise<string> => {
      const id = crypto.randomUUID()
      const report = { id, campaign_id: campaign.id, organisation_id: organisationId, state }
      await db.insertInto('reports').values(report).execute()
      return id
    },
  }
}

/** With the sum that a number of a legal person carries. */
function innOf(number: number): string {
  const digits = `0014${String(50_000 + number)}`
  const weights = [2, 4, 10, 3, 5, 9, 4, 6, 8]
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  return `${digits}${(sum % 11) % 10}`
}
