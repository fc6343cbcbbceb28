import type { z } from 'zod'
import type { ContextFor, Needs, Params, Stage } from './context.ts'
import type { ApiEndpoint, Method } from './endpoint.ts'
import type { BodyStream } from './spool.ts'

type Options<N extends Needs, B, Q, R> = {
  needs: N
  summary: string
  body?: B
  query?: Q
  replies?: R
  status?: 200 | 201 | 202 | 204
  stage?: Stage
  /** The body is a form with files instead of JSON; such a call needs an Idempotency-Key. */
  multipart?: boolean
  largest?: number
  /**
   * Whether a program comes in by a token. Of routes that need a permission all do: the token has it or not. What needs
   * a signed-in person only is about the person, such as its password and its sessions, and lets none in unless it says so:
   * `own`, those that reach what is the person's own; true, all.
   */
  tokens?: boolean | 'own'
  /** Contracts of parameters that are not UUIDs. */
  params?: Record<string, z.ZodType>
}
type OutputOf<T> = T extends z.ZodType ? z.output<T> : undefined
/** A file answers with a Response of its own. */
// biome-ignore lint/suspicious/noConfusingVoidType: it is what a handler returns
type ReplyOf<T> = T extends z.ZodType ? z.input<T> | Response : Response | void

const oneMegabyte = 1_048_576

/** The JSON API of one room. A route without `needs` does not compile. */
class Routes {
  readonly endpoints: ApiEndpoint[] = []
  private readonly prefix: string

  constructor(prefix: string) {
    this.prefix = prefix
  }

  get<
    P extends string,
    N extends Needs,
    Q extends z.ZodType | undefined = undefined,
    R extends z.ZodType | undefined = undefined,
  >(
    path: P,
    options: Options<N, undefined, Q, R>,
    handle: (ctx: ContextFor<N>, params: Params<P>, query: OutputOf<Q>) => Promise<ReplyOf<R>>,
  ): this {
    return this.add('get', path, options, handle)
  }

  post<
    P extends string,
    N extends Needs,
    B extends z.ZodType | undefined = undefined,
    R extends z.ZodType | undefined = undefined,
  >(
    path: P,
    options: Options<N, B, undefined, R>,
    handle: (ctx: ContextFor<N>, params: Params<P>, body: OutputOf<B>) => Promise<ReplyOf<R>>,
  ): this {
    return this.add('post', path, options, handle)
  }

  /** A post whose body is read line by line, however long it is; it answers with a Response of its own. */
  stream<P extends string, N extends Needs>(
    path: P,
    options: Omit<Options<N, undefined, undefined, undefined>, 'multipart' | 'status'>,
    handle: (ctx: ContextFor<N>, params: Params<P>, body: BodyStream) => Promise<Response>,
  ): this {
    return this.add('post', path, { ...options, streamed: true }, handle)
  }

  put<
    P extends string,
    N extends Needs,
    B extends z.ZodType | undefined = undefined,
    R extends z.ZodType | undefined = undefined,
  >(
    path: P,
    options: Options<N, B, undefined, R>,
    handle: (ctx: ContextFor<N>, params: Params<P>, body: OutputOf<B>) => Promise<ReplyOf<R>>,
  ): this {
    return this.add('put', path, options, handle)
  }

  patch<
    P extends string,
    N extends Needs,
    B extends z.ZodType | undefined = undefined,
    R extends z.ZodType | undefined = undefined,
  >(
    path: P,
    options: Options<N, B, undefined, R>,
    handle: (ctx: ContextFor<N>, params: Params<P>, body: OutputOf<B>) => Promise<ReplyOf<R>>,
  ): this {
    return this.add('patch', path, options, handle)
  }

  delete<P extends string, N extends Needs, R extends z.ZodType | undefined = undefined>(
    path: P,
    options: Options<N, undefined, undefined, R>,
    handle: (ctx: ContextFor<N>, params: Params<P>) => Promise<ReplyOf<R>>,
  ): this {
    return this.add('delete', path, options, handle)
  }

  private add<N extends Needs>(
    method: Method,
    path: string,
    options: Options<N, z.ZodType | undefined, z.ZodType | undefined, z.ZodType | undefined> & { streamed?: boolean },
    handle: unknown,
  ): this {
    this.endpoints.push({
      kind: 'api',
      method,
      path: `/api/v1${this.prefix}${path === '/' ? '' : path}`,
      needs: options.needs,
      summary: options.summary,
      stage: options.stage ?? 'full',
      largest: options.largest ?? oneMegabyte,
      body: options.body,
      multipart: options.multipart ?? false,
      streamed: options.streamed ?? false,
      query: options.query,
      replies: options.replies,
      params: options.params,
      tokens: options.tokens ?? (options.needs !== 'signed-in' && options.needs !== 'public'),
      status: options.status ?? (options.replies ? 200 : 204),
      // as: the mounted handler gets exactly the context, parameters and input that the signature above promises
      handle: handle as ApiEndpoint['handle'],
    })
    return this
  }
}

export const routes = (prefix: string): Routes => new Routes(prefix)
