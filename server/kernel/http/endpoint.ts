import type { VNode } from 'preact'
import type { z } from 'zod'
import type { AppError, FieldProblem } from '../errors/index.ts'
import type { Context, Needs, PageContext, PageVisitor, Stage, Visitor } from './context.ts'
import type { SharedContext, SharedReply } from './shared.ts'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

type Common = {
  method: Method
  /** With the prefix, `{id}` for parameters. */
  path: string
  needs: Needs
  /** The least stage of the session; `full` unless said otherwise. */
  stage: Stage
  /** Bytes of the largest body that is read. */
  largest: number
  params: Record<string, z.ZodType> | undefined
}

export type ApiEndpoint = Common & {
  kind: 'api'
  summary: string
  body: z.ZodType | undefined
  /** The body is a form with files; everywhere else it is JSON. */
  multipart: boolean
  /** The handler gets a `BodyStream` and reads it line by line. */
  streamed: boolean
  query: z.ZodType | undefined
  replies: z.ZodType | undefined
  status: 200 | 201 | 202 | 204
  /** Whether a program comes in by a token; `own`: by one that was told to reach what is its person's own. */
  tokens: boolean | 'own'
  handle: (ctx: Visitor | Context, params: Record<string, string>, input: unknown) => Promise<unknown>
}

/** What a form page shows again: everything typed, and what is wrong with it. */
export type FormFailure = {
  values: Record<string, string>
  problems: FieldProblem[]
  message: string | undefined
  status: number
  /** For a page that shows one refusal unlike the others. */
  error: AppError
}
export type PageReply = VNode | MarkedPage | MarkedData | Redirect | Response

export type PageEndpoint = Common & {
  kind: 'page'
  /** Holds passwords: what was posted to it is never kept. */
  secret: boolean
  form: z.ZodType | undefined
  query: z.ZodType | undefined
  handle: (ctx: PageVisitor | PageContext, params: Record<string, string>, input: unknown) => Promise<PageReply>
  again:
    | ((ctx: PageVisitor | PageContext, params: Record<string, string>, failure: FormFailure) => Promise<VNode>)
    | undefined
}

/** A page that is the same for everybody: who comes is not asked. */
export type SharedEndpoint = Common & {
  kind: 'shared'
  query: z.ZodType | undefined
  handle: (ctx: SharedContext, params: Record<string, string>, query: unknown) => Promise<SharedReply>
}

export type Endpoint = ApiEndpoint | PageEndpoint | SharedEndpoint

/** Ends a form post: the browser opens the page anew, so that reloading it repeats nothing. */
export class Redirect {
  readonly location: string
  readonly notice: string | undefined

  constructor(location: string, notice: string | undefined) {
    this.location = location
    this.notice = notice
  }
}

/** @param notice key of a phrase that the next page shows once */
export const seeOther = (location: string, notice?: string): Redirect => new Redirect(location, notice)

/** A page that many read and that seldom changes: a browser that has it already is answered with 304 (`ETag`). */
export class MarkedPage {
  readonly page: VNode

  constructor(page: VNode) {
    this.page = page
  }
}

/** The same as JSON for anybody: proxies may keep it too, and ask each time whether it still holds. */
export class MarkedData {
  readonly data: object

  constructor(data: object) {
    this.data = data
  }
}
