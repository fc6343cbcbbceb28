import type { VNode } from 'preact'
import type { Frame } from '../../../web/kit/index.ts'
import type { Db } from '../db/index.ts'
import type { AppError, Translate } from '../errors/index.ts'
import type { FileStore } from '../files/index.ts'
import type { Log } from '../log.ts'
import type { Vault } from '../vault.ts'
import type { SignedIn, Stage, Visitor } from './context.ts'
import type { PageEndpoint } from './endpoint.ts'
import type { UnsentPost } from './unsent.ts'

export type PageRequest = {
  csrf: string
  path: string
  vision: string | undefined
  theme: string | undefined
  notice: string | undefined
}

export type ShownProblem = {
  frame: Frame
  error: AppError
  text: string
  requestId: string
  unsent: UnsentPost | undefined
}

/** What the composition gives to the HTTP kernel. */
export type Services = {
  db: Db
  files: FileStore
  vault: Vault
  baseUrl: string
  timeZone: string
  stand: boolean
  secretKey: string
  trustProxy: boolean
  log: Log
  translate: Translate
  /** By the raw session token of the cookie; undefined when it is unknown, ended or expired. */
  readSession: (db: Db, token: string) => Promise<SignedIn | undefined>
  /** By the raw token of a program; undefined when it is unknown, revoked or expired, or its person's account is closed. */
  readApiToken: (db: Db, token: string, address: string) => Promise<SignedIn | undefined>
  /** As `readSession`, though it may have ended or expired. */
  findSessionOfAnyTime: (db: Db, token: string) => Promise<{ id: string; accountId: string } | undefined>
  /** The page that takes posts to this path, `{id}` for parameters. */
  findForm: (path: string) => PageEndpoint | undefined
  /** Where each unfinished step of signing in is taken. */
  stepPages: Record<Exclude<Stage, 'full'>, string>
  frame: (ctx: Visitor, page: PageRequest) => Frame
  errorPage: (problem: ShownProblem) => VNode
}
