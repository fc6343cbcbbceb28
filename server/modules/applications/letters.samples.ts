/** Letters of applications with made-up data, for the gallery of the stand. */
import type { Tx } from '../../kernel/db/index.ts'
import { type LetterSample, lookAtLetters } from '../../kernel/mail/index.ts'
import { sampleOf, type Told } from '../messages/index.ts'
import { listTypes } from './application-type.ts'
import * as letters from './applications.letters.ts'
import type { Application } from './applications.queries.ts'
import * as visitors from './visitors.letters.ts'

const id = '00000000-0000-7000-8000-000000000000'
const email = 'rodnikova@poliklinika.example'
const organisation = 'МБДОУ «Детский сад № 14 „Ромашка“»'
const due = '23 января 2026 г., 18:00'
const reason = 'Нет приказа о замещении'
const moment = new Date('2026-01-19T09:30:00Z')

const sample: Application = {
  id,
  number: '2026-00017',
  kind: 'attachment',
  state: 'waiting',
  stage: 0,
  dueAt: moment,
  decidedAt: null,
  createdAt: moment,
  applicantId: id,
  assigneeId: null,
  organisationId: id,
  applicantName: 'Родникова Пелагея Евстигнеевна',
  assigneeName: '',
  organisationName: organisation,
  regionCode: '14',
  applicantPosition: 'делопроизводитель',
  applicantEmail: email,
  applicantEmailConfirmedAt: moment,
  visitorEmail: null,
  letterId: null,
  form: {},
  reason: null,
  version: 1,
  needs: 'application.decide',
  fromAbove: false,
  daysLeft: null,
  subjectKey: '',
  decidedById: null,
  decidedByName: '',
  organisationFullName: organisation,
  organisationInn: '0014014010',
  organisationOgrn: '1020000014010',
  organisationEmail: email,
  organisationLevel: 'institution',
  lineage: [],
}

/** One that is left out does not compile. */
const told: Record<Exclude<keyof typeof letters, 'granted'>, Told> = {
  submitted: letters.submitted(sample, due),
  agreed: letters.agreed(sample, due),
  waiting: letters.waiting(sample, due),
  passed: letters.passed(sample),
  asked: letters.asked(sample, 'Каким приказом вы назначены?'),
  answered: letters.answered(sample, 'Приказ № 12 от 19.01.2026'),
  refused: letters.refused(sample, reason),
  closed: letters.closed(sample, `Организация ${organisation} закрыта в реестре.`),
  withdrawn: letters.withdrawn(sample),
  needless: letters.needless(sample, `Организация ${organisation} закрыта в реестре.`),
  reminded: letters.reminded(sample, due),
  overdue: letters.overdue(sample, due),
  detached: letters.detached(organisation, 'Перешла на другую работу'),
  ended: letters.ended({ id, shortName: organisation, reason: 'Реорганизация, приказ № 3', successor: null }),
}

const merged = letters.ended({
  id,
  shortName: organisation,
  reason: 'Присоединение, приказ № 3',
  successor: { id, shortName: 'МБДОУ «Детский сад № 3 „Солнышко“»' },
})

const token = 'obrazets-ssylki-0123456789abcdef'
const first = { id, number: sample.number, email, title: 'Добавление организации', token }
const toVisitors: Record<Exclude<keyof typeof visitors, 'followingAddress' | 'visitorLetterKey'>, Sending> = {
  sendConfirmLetter: (tx, url) => visitors.sendConfirmLetter(tx, url, first),
  sendEnteredLetter: (tx, url) => visitors.sendEnteredLetter(tx, url, first),
  sendNewsLetter: (tx) => visitors.sendNewsLetter(tx, newsOf(told.refused)),
}
type Sending = (tx: Tx, baseUrl: string) => Promise<void>

const newsOf = ({ title, body }: Told) => ({
  id,
  email,
  what: 'refused',
  subject: title,
  paragraphs: body.split('\n\n'),
})

/** Each kind says in its own words what is done. */
const grantedOnes = (): Told[] =>
  listTypes().map(({ kind }) => letters.granted({ ...sample, kind, state: 'granted' }, undefined))

export async function applicationsLetterSamples(baseUrl: string): Promise<LetterSample[]> {
  const written = Object.values(toVisitors).map((send) => lookAtLetters((tx) => send(tx, baseUrl)))
  const visitorsLetters = (await Promise.all(written)).flat()
  return [
    ...[...Object.values(told), merged, ...grantedOnes()].map(sampleOf),
    ...visitorsLetters.map((letter) => ({ name: 'Заявка без учётной записи', letter })),
  ]
}
