/** Forms, campaigns and reports of the stand: one of each state, so that everybody who signs in finds something to do. */
import { compileForm, type Form, openSheet, reportValues } from '../../engine/index.ts'
import { readReport, readTemplate } from '../../engine/xml.ts'
import type { Tx } from '../kernel/db/index.ts'
import { readReference } from '../kernel/reference.ts'
import { openCampaignFor, type PlantedReport, plantReport, publishOwnForm } from '../modules/reporting/index.ts'

const planter = { requestId: 'stand' }
const everywhere = { everywhere: true, regions: [], subtrees: [], organisations: [] }
const day = 86_400_000

/** Whose report for 2025 was filled in and accepted by whom. */
const lastYear = [
  ['romashka', 'dobronravova', 'voznesensky'],
  ['zhuravushka', 'zlatovratskaya', 'voznesensky'],
  ['zhavoronok', 'zlatovratskaya', 'voznesensky'],
  ['ryabinushka', 'zlatovratskaya', 'voznesensky'],
  ['solnyshko', 'zlatovratskaya', 'belozertseva'],
  ['rodnichok', 'zlatovratskaya', 'belozertseva'],
] as const

type Ids = ReadonlyMap<string, string>

/** Publishes 85-К and 1-энергосбережение, opens their campaigns and fills the kindergartens' reports in. */
export async function plantReporting(tx: Tx, accounts: Ids, organisations: Ids, now = new Date()): Promise<void> {
  const xml = readForm('85-k.xml')
  const kindergartens = await publishOwnForm(tx, planter, xml)
  const energy = await publishOwnForm(tx, planter, readForm('1-energo.xml'))
  const last = await open(tx, kindergartens.id, 2025, new Date('2026-01-20T13:00:00Z'))
  const current = await open(tx, kindergartens.id, 2026, dueAfter(now, new Date('2027-01-20T13:00:00Z')))
  await open(tx, energy.id, 2026, dueAfter(now, endOfDay(now, 9)))
  // Takes its numbers from 85-К of this year and the last.
  const places = await publishOwnForm(tx, planter, readForm('1-obespechennost.xml'))
  const placesOf2026 = await open(tx, places.id, 2026, dueAfter(now, new Date('2027-02-10T13:00:00Z')))

  const form = formOf(xml)
  const values2025 = sampleOf(form, '85-k-2025.xml')
  const values = sampleOf(form, '85-k-2026.xml')
  const supervisor = idOf(accounts, 'voznesensky')
  const report = (campaignId: string, key: string, filler: string) => ({
    campaignId,
    organisationId: idOf(organisations, key),
    filledBy: idOf(accounts, filler),
  })
  const ago = (days: number) => new Date(now.getTime() - days * day)
  const reports: PlantedReport[] = [
    ...lastYear.map(([key, filler, decider]) => ({
      ...report(last, key, filler),
      values: values2025,
      state: 'accepted' as const,
      sentAt: new Date('2026-01-16T09:20:00Z'),
      decidedAt: new Date('2026-01-19T05:41:00Z'),
      decidedBy: idOf(accounts, decider),
    })),
    { ...report(current, 'romashka', 'krylatskaya'), values: begun(form, values), state: 'draft' },
    { ...report(current, 'zhuravushka', 'zlatovratskaya'), values, state: 'sent', sentAt: ago(2) },
    {
      ...report(current, 'zhavoronok', 'zlatovratskaya'),
      values,
      state: 'accepted',
      sentAt: ago(6),
      decidedAt: ago(4),
      decidedBy: supervisor,
    },
    {
      ...report(current, 'ryabinushka', 'zlatovratskaya'),
      values,
      state: 'refused',
      sentAt: ago(5),
      decidedAt: ago(3),
      decidedBy: supervisor,
      reason:
        'Число разновозрастных групп в разделе 4 не сходится с приказом о комплектовании от 1 сентября. Проверьте разновозрастную группу и пришлите отчёт снова.',
    },
  ]
  for (const planted of reports) await plantReport(tx, planted)
  // Of the form with two steps of acceptance: one waits at the first, the other at the second. After 85-К, which they show.
  const places2026 = { '1/104/3': '140', '1/104/4': '140', '1/105/3': '2', '1/105/4': '1' }
  const zhuravushka = { ...report(placesOf2026, 'zhuravushka', 'zlatovratskaya'), values: places2026 }
  await plantReport(tx, { ...zhuravushka, state: 'sent', sentAt: ago(3) })
  const zhavoronok = { ...report(placesOf2026, 'zhavoronok', 'zlatovratskaya'), values: places2026 }
  await plantReport(tx, { ...zhavoronok, state: 'sent', sentAt: ago(5), risen: { by: supervisor, at: ago(1) } })
}

async function open(tx: Tx, form: string, year: number, deadline: Date): Promise<string> {
  const period = { year, periodKind: 1, periodNumber: 1 }
  const campaign = { form, ...period, deadline: deadline.toISOString(), organisationKind: 'preschool' as const }
  return (await openCampaignFor(tx, planter, campaign, everywhere)).id
}

/** The form's own day, or three weeks from now when it has passed: the stand always has work to do. */
const dueAfter = (now: Date, own: Date): Date => (own > now ? own : endOfDay(now, 21))

const endOfDay = (now: Date, days: number): Date =>
  new Date(`${new Date(now.getTime() + days * day).toISOString().slice(0, 10)}T13:00:00Z`)

function formOf(xml: string): Form {
  const reading = readTemplate(xml)
  if (!reading.ok) throw new Error(reading.problem.text)
  return compileForm(reading.template)
}

function sampleOf(form: Form, name: string): Record<string, string> {
  const reading = readReport(readForm(`samples/${name}`))
  if (!reading.ok) throw new Error(reading.problem.text)
  return openSheet(form, reportValues(form, reading.report)).values()
}

/** The first half of the sections, and a part of the next: somebody was called to the telephone. */
function begun(form: Form, values: Record<string, string>): Record<string, string> {
  const half = Math.ceil(form.sections.length / 2)
  const order = new Map(form.sections.map(({ code }, index) => [code, index]))
  const place = (address: string) => order.get(address.slice(0, address.indexOf('/'))) ?? 0
  const whole = Object.entries(values).filter(([address]) => place(address) < half)
  const part = Object.entries(values).filter(([address]) => place(address) === half)
  return Object.fromEntries([...whole, ...part.slice(0, Math.floor(part.length / 2))])
}

const readForm = (name: string): string => readReference(`forms/${name}`).toString('utf8')

function idOf(ids: Ids, key: string): string {
  const id = ids.get(key)
  if (id === undefined) throw new Error(`The stand has no ${key}`)
  return id
}
