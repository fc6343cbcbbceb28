import type { Frame } from '../../../web/kit/index.ts'
import type { Grants, Permission } from '../access/index.ts'
import type { Db } from '../db/index.ts'
import type { FileStore } from '../files/index.ts'
import type { Vault } from '../vault.ts'

/** How far a sign-in has come; a route declares the least stage that it needs. */
export const stages = ['second-factor', 'password-change', 'consent', 'contacts', 'full'] as const
export type Stage = (typeof stages)[number]

export type SignedIn = {
  /** Of a program, the id of its token. */
  sessionId: string
  stage: Stage
  account: { id: string; surname: string; name: string; patronymic: string | null; email: string | null }
  organisation: { id: string; shortName: string } | undefined
  /** Regions over which a role is held, and the one that is being worked in; null: in all of them. */
  regions: { chosen: string | null; own: readonly { code: string; name: string }[] }
  /** Narrowed to the chosen region. */
  grants: Grants
  unread: number
  /** There when a program acts in the person's name, by a token of the API; it holds no session and no cookie. */
  apiToken?: { id: string; own: boolean }
}

export type Cookie = { name: string; value: string; maxAgeSeconds: number }

/** A call by anyone. `signedIn` is there when the caller has a session, whatever its stage. */
export type Visitor = {
  requestId: string
  /** Network address, for limits and the journal. */
  address: string
  userAgent: string
  /** The token of a device that was told to be trusted; what it is worth, the database says. */
  device: string | undefined
  /** Of a browser in which somebody has signed in before; for limits alone. */
  familiar: string | undefined
  /** The token of a browser that went out to another system's sign-in page. */
  externalBrowser?: string | undefined
  db: Db
  files: FileStore
  vault: Vault
  /** Links in letters begin with it. */
  baseUrl: string
  /** IANA name; dates on pages are told in it. */
  timeZone: string
  stand: boolean
  signedIn: SignedIn | undefined
  account?: SignedIn['account'] | undefined
  setCookie: (cookie: Cookie) => void
  /**
   * The answer holds what is shown once, such as an initial password: it is kept nowhere, and whoever sends the call
   * again is led to this address instead.
   */
  showOnce: (elsewhere: string) => void
  /** A choice of how pages look; no secret, kept by the browser. */
  setPreference: (name: string, value: string, maxAgeSeconds: number) => void
}

/** A call by a signed-in person; `grants` say what it may do and where. */
export type Context = Visitor & {
  signedIn: SignedIn
  account: SignedIn['account']
  grants: Grants
  /** The operators whose helper the person is in this call; the journal tells both names. */
  onBehalfOf?: readonly string[]
  apiToken?: SignedIn['apiToken']
}

export type PageVisitor = Visitor & { frame: Frame }
export type PageContext = Context & { frame: Frame }

export type Needs = Permission | 'public' | 'signed-in'
export type ContextFor<N extends Needs> = N extends 'public' ? Visitor : Context
export type PageContextFor<N extends Needs> = N extends 'public' ? PageVisitor : PageContext

/** `'/{id}/remarks/{remarkId}'` → `{ id: string; remarkId: string }` */
export type Params<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? { [K in Name]: string } & Params<Rest>
  : Record<never, never>
