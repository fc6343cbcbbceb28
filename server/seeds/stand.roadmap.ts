/**
 * The roadmap of the stand: its measures and indicators are spread over all regions of the country and the two of the
 * stand. Every figure is made up, by a rule, so that the map has something to show.
 */
import type { Tx } from '../kernel/db/index.ts'
import { insertRegions, regionsOfReference } from '../modules/organisations/index.ts'
import { type PlantedRoadmap, plantRoadmap } from '../modules/roadmap/index.ts'
import { standRegions } from './stand.organisations.ts'
import { standIndicators, standSections } from './stand.roadmap-text.ts'

type Ids = ReadonlyMap<string, string>
type Measure = PlantedRoadmap['sections'][number]['measures'][number]
type Fact = NonNullable<ReturnType<PlantedRoadmap['factOf']>>
type Figure = ReturnType<PlantedRoadmap['figuresOf']>[number]

export async function plantStandRoadmap(tx: Tx, accounts: Ids, organisations: Ids, now = new Date()): Promise<void> {
  const all = regionsOfReference()
  await insertRegions(tx, all)
  const today = dayOf(now)
  const ministry = idOf(organisations, 'ministry')
  const year = now.getUTCFullYear()
  await plantRoadmap(tx, {
    code: 'profstandarty',
    title:
      'Дорожная карта подготовки к обязательному применению профессиональных стандартов в области обеспечения пожарной безопасности',
    shortTitle: 'Профессиональные стандарты в пожарной безопасности',
    purpose:
      'К сроку каждый работник, который отвечает за пожарную безопасность, должен быть обучен по профессиональному стандарту, а каждая организация — принять его в работу. Здесь открыто видно, как регионы к этому идут.',
    startsOn: `${year - 1}-01-15`,
    deadline: new Date(`${year + 2}-12-31T15:00:00Z`),
    timeZone: 'Europe/Moscow',
    publishedAt: new Date(Date.UTC(year - 1, 0, 15, 6)),
    regions: [...standRegions, ...all].map(({ code }) => code),
    sections: standSections(year),
    indicators: standIndicators,
    responsible: (region) =>
      region === '00'
        ? { organisationId: ministry, organisationName: '', responsiblePerson: 'Тихомиров Всеволод Игнатьевич' }
        : { organisationId: null, organisationName: 'Главное управление по региону', responsiblePerson: '' },
    factOf: (region, measure) => factOf(region, measure, today),
    figuresOf: (region, code) => lastQuarters(now, 6).flatMap((period, index) => figureOf(region, code, period, index)),
    by: { operator: idOf(accounts, 'tihomirov'), coordinator: idOf(accounts, 'aleksandriyskaya') },
  })
}

/** Some regions are diligent, some are not; the same at every planting. */
const diligence = (region: string): number => 0.35 + 0.6 * chance(region, 'diligence')

/** What was due long ago is more often done; a diligent region is done with some before their term. */
function factOf(region: string, { number, startsOn, dueOn }: Measure, today: string): Fact | undefined {
  if (startsOn === null || startsOn > today) return undefined
  const spread = chance(region, number)
  const overdueDays = (Date.parse(today) - Date.parse(dueOn)) / 86_400_000
  const readiness = diligence(region) + 0.65 * Math.min(1, Math.max(0, overdueDays) / 450)
  if (spread < readiness) {
    const planned = daysAfter(dueOn, Math.round((spread - diligence(region)) * 60))
    const doneOn = planned < today ? planned : daysAfter(today, -1 - Math.round(spread * 9))
    return {
      doneOn,
      percent: 100,
      reportedOn: doneOn,
      text: 'Мероприятие выполнено, подтверждающие документы приложены.',
    }
  }
  if (dueOn < today) return stuckFact(region, number, today)
  const percent = 10 * Math.max(1, Math.floor(spread * 9))
  const reportedOn = daysAfter(today, -Math.ceil(spread * 20))
  return { doneOn: null, percent, reportedOn, text: 'Работы идут, материалы готовятся к согласованию.' }
}

const obstacles = [
  'Ждём согласования документов с заинтересованными ведомствами, письма направлены повторно.',
  'Не хватает преподавателей: подписываем соглашение с учебным центром соседнего региона.',
  'Средства в бюджете предусмотрены со второго полугодия, договор готовится.',
  'Часть муниципальных образований сведения ещё не представила.',
]

/** Past its term, with a word of why; a few have not said anything. */
function stuckFact(region: string, number: string, today: string): Fact | undefined {
  const spread = chance(region, number, 'why')
  if (spread < 0.15) return undefined
  return {
    doneOn: null,
    percent: 10 * Math.ceil(spread * 9),
    reportedOn: daysAfter(today, -Math.ceil(spread * 60)),
    text: obstacles[Math.floor(spread * obstacles.length)] ?? '',
  }
}

/** Grows from quarter to quarter; of the last one part is not published yet, part not confirmed. */
function figureOf(region: string, code: string, period: string, index: number): Figure[] {
  if (code === 'dolya') return []
  const people = Math.round(3000 + 70_000 * chance(region, 'people') ** 2)
  const reached = Math.min(1, (0.25 + 0.13 * index) * (0.6 + 0.5 * diligence(region)))
  const whole =
    { vovlecheno: people, obucheno: people * (0.45 + 0.5 * chance(region, 'trained')), organizacii: people / 40 }[
      code
    ] ?? 0
  const fact = Math.round(whole * reached)
  const plan = Math.round(whole * (0.2 + 0.13 * (index + 1)))
  const state = index < 5 ? 'published' : chance(region, `${code}:state`) < 0.6 ? 'confirmed' : 'entered'
  const enteredOn = `${daysAfter(quarterAfter(period), 9)}T07:20:00Z`
  return [{ period, plan: String(plan), fact: String(fact), enteredOn, state }]
}

/** First days of the last ended quarters, the oldest first. */
function lastQuarters(now: Date, count: number): string[] {
  const current = Math.floor(now.getUTCMonth() / 3)
  return Array.from({ length: count }, (_, index) =>
    dayOf(new Date(Date.UTC(now.getUTCFullYear(), 3 * (current - count + index), 1))),
  )
}

function quarterAfter(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number)
  return dayOf(new Date(Date.UTC(year, month + 2, 1)))
}

const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10)
const daysAfter = (day: string, days: number): string =>
  dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000))

/** Between 0 and 1, the same for the same words (FNV-1a). */
function chance(...words: readonly string[]): number {
  let hash = 0x811c9dc5
  for (const sign of words.join('|')) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return ((hash ^ (hash >>> 13)) >>> 0) / 0x1_0000_0000
}

function idOf(ids: Ids, key: string): string {
  const id = ids.get(key)
  if (id === undefined) throw new Error(`The stand has no ${key}`)
  return id
}
