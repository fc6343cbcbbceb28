/**
 * A type of application: what is asked for, by whom, who decides in which stages and by when, and what granting does.
 * Everything else (the queue, the conversation, files, reminders, history, pages and API) is the same for all.
 */
import { z } from 'zod'
import type { Permission } from '../../kernel/access/index.ts'
import type { Db, Tx } from '../../kernel/db/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import type { Organisation } from '../organisations/index.ts'
import type { Application } from './applications.queries.ts'
import type { Field } from './fields.tsx'

/** One decision on the way: by whoever may do `permission` over the place, the nearest above it first. */
export type ApplicationStage = {
  /** In the history: «Решение вышестоящей организации». */
  title: string
  /** Beside `application.decide`. */
  permission: Permission
  /** Nobody of the organisation itself decides. */
  fromAbove?: boolean
  workingDays: number
}

/** Something looked up for the one who decides. */
export type Check = { tone: 'ok' | 'warn' | 'bad'; text: string; link?: { text: string; href: string } }

/** What would change: a line of the table of old and new. */
export type Difference = { label: string; before: string; after: string }

export type Fact = readonly [label: string, value: string]

/** Who asks: a person with an account, or a visitor who confirms its address by letter. */
export type Asker = Context | undefined

export type Asking = { db: Db; asker: Asker; organisation: Organisation | undefined; timeZone: string }

export type Granted<F, G> = { application: Application; form: F; granting: G; reason: string }

/** Methods, not properties: a type of one form stands in the list of types of any form, read by its own contract. */
export interface ApplicationType<F = unknown, G = unknown> {
  /** In addresses and in the API: `user-removal`. */
  kind: string
  /** «Редактирование реквизитов». */
  title: string
  /** On the page of what can be asked for, in plain words. */
  told: string
  group: 'organisations' | 'people' | 'reports'
  /** The page of the guide about it, where it is not the one about all. */
  help?: { href: string; text: string }
  /** Not offered on the page of what can be asked for: it begins where its subject is seen. */
  hidden?: boolean
  about: 'organisation' | 'region'
  /** Permissions over the organisation of which the asker has one; «anyone»: whoever is signed in. */
  asks: readonly Permission[] | 'anyone'
  /** May also be asked for without an account. */
  byVisitors?: boolean
  /** Where the form itself says who asks without an account; absent: the page asks for a name and an address. */
  visitorOf?(form: F): { name: string; email: string }
  /** What is kept as the form, read of what was typed or sent. */
  form: z.ZodType<F>
  fields(asking: Asking): Promise<Field[]>
  /** What the fields hold before anything is typed. */
  values?(asking: Asking): Promise<Record<string, string>>
  /** When it is about a region: its code, and in words what is asked for. */
  place?(form: F): { regionCode: string; subject: string }
  /** Tells one wish from another of the same kind; absent: one for an organisation at a time. */
  sameAs?(form: F, applicantId: string | null): string
  stages(form: F): readonly [ApplicationStage, ...ApplicationStage[]]
  /** Rules that look into the database before it is entered; throws errors of a room. May complete the form. */
  prepare?(tx: Tx, asking: Asking, form: F): Promise<F>
  facts(db: Db, form: F, application: Application): Promise<Fact[]>
  /** Old and new side by side. */
  differences?(db: Db, form: F, application: Application): Promise<Difference[]>
  checks?(db: Db, form: F, application: Application): Promise<Check[]>
  /** What the decider adds when granting. */
  granting?: {
    form: z.ZodType<G>
    fields(ctx: Context, form: F, application: Application): Promise<Field[]>
    values(form: F, application: Application): Record<string, string>
  }
  /** The choice of granting with what comes of it; in the history; what the applicant gets after it. */
  grant: { text: string; hint: string; done: string; next: string }
  /** In the transaction of the last stage's decision. */
  effect(tx: Tx, ctx: Context, granted: Granted<F, G>): Promise<void>
  /** What the applicant reads when it is granted. */
  letter?(application: Application, granting: unknown): { title?: string; body: string; href?: string; action?: string }
}

/** With its form's own type checked throughout. */
export const applicationType = <F, G = Record<never, never>>(type: ApplicationType<F, G>): ApplicationType => type

const registered = new Map<string, ApplicationType>()

/** Said once by the composition: the types of this room and those that other rooms bring. */
export function registerTypes(types: readonly ApplicationType[]): void {
  registered.clear()
  for (const type of types) registered.set(type.kind, type)
}

export const listTypes = (): ApplicationType[] => [...registered.values()]
export const findType = (kind: string): ApplicationType | undefined => registered.get(kind)

/** The type of a row. A room that was switched off leaves rows whose type nobody knows: they are only shown. */
export const typeOf = ({ kind }: { kind: string }): ApplicationType => registered.get(kind) ?? forgotten

const forgotten = applicationType({
  kind: 'forgotten',
  title: 'Заявка',
  told: '',
  group: 'organisations',
  hidden: true,
  about: 'region',
  asks: [],
  form: z.unknown(),
  fields: async () => [],
  stages: () => [{ title: 'Решение', permission: 'organisation.manage', workingDays: 2 }],
  facts: async () => [],
  grant: { text: 'Исполнить', hint: 'Раздел этой заявки отключён', done: 'Заявка исполнена', next: 'письмо заявителю' },
  effect: async () => {
    throw new TypeError('The room of this application is switched off')
  },
})
