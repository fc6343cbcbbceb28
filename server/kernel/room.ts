import type { VNode } from 'preact'
import type { Permission } from './access/index.ts'
import type { Db, Tx } from './db/index.ts'
import type { Context, Endpoint, PageContext } from './http/index.ts'
import type { LetterSample } from './mail/index.ts'
import type { EventHandlers } from './outbox/index.ts'

/** A link of the main navigation; shown to those who have the permission somewhere. */
export type Section = {
  text: string
  href: string
  needs: Permission | 'signed-in'
  order: number
  /** Not of every day: under «Ещё» of the row when a person has several such. */
  aside?: boolean
  /** Other addresses whose pages belong to it. */
  also?: readonly string[]
}

/** A part of a page that belongs to another room: the cabinet and the organisation's page are put together of them. */
export type CabinetBlock = {
  place: 'main' | 'side'
  order: number
  render: (ctx: PageContext) => Promise<VNode | null>
}
/** What a person has come to do: the cabinet tells it under its heading, and the first of all is its main button. */
export type NextStep = {
  /** The end of a sentence: «2 отчёта ждут вашего решения». */
  told: string
  text: string
  href: string
}
export type NextStepFinder = { order: number; find: (ctx: PageContext) => Promise<NextStep | undefined> }
/** What everybody may read, and is found at the front door. */
export type FrontLink = { title: string; href: string; text: string }
export type OrganisationBlock = {
  order: number
  render: (ctx: PageContext, organisationId: string) => Promise<VNode | null>
}

/** What of a room's work a helper may be limited to: `part` as grants hold it, under the heading of its group. */
export type LendablePart = { group: string; part: string; name: string }

/** What a room's acts are called where a person reads what somebody did, and where what they were about is seen. */
export type Deeds = {
  told: Readonly<Record<string, string>>
  addresses: Readonly<Record<string, (id: string) => string>>
}

/** What a room gives to the composition. */
export type Room = {
  name: string
  endpoints: Endpoint[]
  /** Texts of errors by code. */
  phrases: Record<string, unknown>
  /** Texts shown once after a form post, by key. */
  notices?: Record<string, string>
  /** Events, of this room or another, that this room acts on. */
  handlers?: EventHandlers
  sections?: Section[]
  cabinetBlocks?: CabinetBlock[]
  nextSteps?: NextStepFinder[]
  /** For visitors of the front door; asked at every visit, so it costs no statement. */
  frontLinks?: (db: Db) => Promise<FrontLink[]>
  organisationBlocks?: OrganisationBlock[]
  /** What it keeps about an organisation, each a sentence: said before the organisation is closed. */
  organisationTies?: (db: Db, organisationId: string) => Promise<string[]>
  /** What it keeps about the caller, for the person's own copy (152-ФЗ, article 14). */
  exportOwn?: (ctx: Context) => Promise<Record<string, unknown>>
  /** What a person must hand over before its account may be deleted, each a sentence. */
  mustHandOver?: (db: Db, accountId: string) => Promise<string[]>
  /** Takes out what it keeps about a person whose account is erased; in the transaction that erases all of it. */
  eraseOwn?: (tx: Tx, accountId: string) => Promise<void>
  /** Every letter of the room with made-up data, for the gallery of the stand. */
  letterSamples?: (baseUrl: string) => Promise<LetterSample[]>
  /** Parts of its work in these regions, of which an operator may lend some alone. */
  lendableParts?: (db: Db, regions: readonly string[]) => Promise<LendablePart[]>
  deeds?: Deeds
  /** Regular looks at its tables: reminders, clean-up. Runs every 15 seconds or so, on any node, any number of times. */
  regularly?: (db: Db) => Promise<void>
}
