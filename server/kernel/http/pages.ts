import type { VNode } from 'preact'
import type { z } from 'zod'
import type { Needs, PageContextFor, Params, Stage } from './context.ts'
import type { FormFailure, PageEndpoint, PageReply, SharedEndpoint } from './endpoint.ts'
import type { SharedContext, SharedReply } from './shared.ts'

type GetOptions<N extends Needs, Q> = { needs: N; query?: Q; stage?: Stage; params?: Record<string, z.ZodType> }
type PostOptions<N extends Needs, F, P extends string> = {
  needs: N
  form?: F
  stage?: Stage
  largest?: number
  /** Holds passwords: posted after the session has ended, they are not kept until the next sign-in as others are. */
  secret?: boolean
  params?: Record<string, z.ZodType>
  /** Shows the form again with all that was typed, when the input or the action's rules refuse it. */
  again?: (ctx: PageContextFor<N>, params: Params<P>, failure: FormFailure) => Promise<VNode>
}
type OutputOf<T> = T extends z.ZodType ? z.output<T> : undefined

const twoMegabytes = 2_097_152

/** The HTML pages of one room: the same actions as its API, behind pages and form posts. */
class Pages {
  readonly endpoints: (PageEndpoint | SharedEndpoint)[] = []
  private readonly prefix: string

  constructor(prefix: string) {
    this.prefix = prefix
  }

  get<P extends string, N extends Needs, Q extends z.ZodType | undefined = undefined>(
    path: P,
    options: GetOptions<N, Q>,
    handle: (ctx: PageContextFor<N>, params: Params<P>, query: OutputOf<Q>) => Promise<PageReply>,
  ): this {
    return this.add('get', path, { ...options, form: undefined, again: undefined }, handle)
  }

  /** The same for everybody, so it is kept: neither the session nor the database is asked who comes. */
  shared<P extends string, Q extends z.ZodType | undefined = undefined>(
    path: P,
    { query, params }: { query?: Q; params?: Record<string, z.ZodType> },
    handle: (ctx: SharedContext, params: Params<P>, query: OutputOf<Q>) => Promise<SharedReply>,
  ): this {
    this.endpoints.push({
      kind: 'shared',
      method: 'get',
      path: `${this.prefix}${path === '/' && this.prefix !== '' ? '' : path}`,
      needs: 'public',
      stage: 'full',
      largest: 0,
      params,
      query,
      // as: the mounted handler gets exactly the parameters and the query that the signature above promises
      handle: handle as SharedEndpoint['handle'],
    })
    return this
  }

  post<P extends string, N extends Needs, F extends z.ZodType | undefined = undefined>(
    path: P,
    options: PostOptions<N, F, P>,
    handle: (ctx: PageContextFor<N>, params: Params<P>, form: OutputOf<F>) => Promise<PageReply>,
  ): this {
    return this.add('post', path, { ...options, query: undefined }, handle)
  }

  private add(
    method: 'get' | 'post',
    path: string,
    options: {
      needs: Needs
      stage?: Stage
      largest?: number
      secret?: boolean
      params?: Record<string, z.ZodType> | undefined
      form?: z.ZodType | undefined
      query?: z.ZodType | undefined
      again?: unknown
    },
    handle: unknown,
  ): this {
    this.endpoints.push({
      kind: 'page',
      method,
      path: `${this.prefix}${path === '/' && this.prefix !== '' ? '' : path}`,
      needs: options.needs,
      stage: options.stage ?? 'full',
      largest: options.largest ?? twoMegabytes,
      secret: options.secret ?? false,
      params: options.params,
      form: options.form,
      query: options.query,
      // as: the mounted handlers get exactly the context, parameters and input that the signatures above promise
      handle: handle as PageEndpoint['handle'],
      again: options.again as PageEndpoint['again'],
    })
    return this
  }
}

export const pages = (prefix: string): Pages => new Pages(prefix)
