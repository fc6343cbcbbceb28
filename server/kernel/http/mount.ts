/** Hangs endpoints on Hono: every call goes through the same steps, in the same order. */
import { createHmac } from 'node:crypto'
import type { Hono, Context as HonoContext } from 'hono'
import { isValidElement } from 'preact'
import { NoConnectionInTime } from '../db/index.ts'
import {
  AppError,
  Bug,
  FilesUnavailable,
  Forbidden,
  NoConnection,
  SessionEnded,
  SignInNeeded,
  StepNeeded,
} from '../errors/index.ts'
import { isBearer, knownByToken } from './bearer.ts'
import { type FormInput, parseForm, parseJson, readBody, readForm, refuseZeros } from './body.ts'
import {
  type Context,
  type Needs,
  type PageContext,
  type PageVisitor,
  type Stage,
  stages,
  type Visitor,
} from './context.ts'
import { readCookie, writeCookie } from './cookies.ts'
import {
  type ApiEndpoint,
  type Endpoint,
  type FormFailure,
  MarkedData,
  MarkedPage,
  type PageEndpoint,
  type PageReply,
  Redirect,
  type SharedEndpoint,
} from './endpoint.ts'
import { once } from './idempotency.ts'
import { type KeptPost, keepPost, takePost } from './kept-posts.ts'
import { paramsOf } from './params.ts'
import { problemReply } from './problem.ts'
import { checkApiCall, checkFormToken, checkOrigin, formToken } from './protection.ts'
import { htmlReply, markedData, markedReply, type Rendering } from './rendering.ts'
import type { PageRequest, Services } from './services.ts'
import { lookOf, SharedPages } from './shared.ts'
import { spoolBody } from './spool.ts'
import { readUnsent } from './unsent.ts'
import { validated } from './validation.ts'
import { recognise, unknownVisitor, visitorCookie } from './visitor.ts'

export function mount(app: Hono, endpoints: readonly Endpoint[], services: Services): void {
  const shared = new SharedPages()
  for (const endpoint of endpoints) {
    const path = endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1')
    app.on(endpoint.method.toUpperCase(), path, (c) => {
      switch (endpoint.kind) {
        case 'api':
          return answerApi(c, endpoint, services)
        case 'page':
          return answerPage(c, endpoint, services)
        case 'shared':
          return answerShared(c, endpoint, services, shared)
      }
    })
  }
}

/** Nobody's page: no cookie is set, and none but those of its looks is read. */
async function answerShared(
  c: HonoContext,
  endpoint: SharedEndpoint,
  services: Services,
  pages: SharedPages,
): Promise<Response> {
  const frameOf = (path: string, look: Pick<PageRequest, 'theme' | 'vision'>) =>
    services.frame(unknownVisitor(c, services), { csrf: '', path, notice: undefined, ...look })
  try {
    const query = endpoint.query ? validated(endpoint.query, refuseZeros(c.req.query())) : undefined
    const reply = await endpoint.handle(services, paramsOf(c, endpoint), query)
    return await pages.answer(c, endpoint.path, reply, frameOf)
  } catch (error) {
    const visitor = unknownVisitor(c, services)
    const problem = expected(error, visitor, services)
    const frame = frameOf(pathOf(c), lookOf(c))
    const text = services.translate(problem)
    const page = services.errorPage({ frame, error: problem, text, requestId: visitor.requestId, unsent: undefined })
    return htmlReply({ c, services, frame }, page, problem)
  }
}

async function answerApi(c: HonoContext, endpoint: ApiEndpoint, services: Services): Promise<Response> {
  const visitor = unknownVisitor(c, services)
  try {
    await recognise(c, visitor, services)
    const ctx = admitted(await knownByToken(c, visitor, endpoint, services), endpoint.needs, endpoint.stage)
    const params = paramsOf(c, endpoint)
    if (endpoint.method === 'get') {
      const query = endpoint.query ? validated(endpoint.query, refuseZeros(c.req.query())) : undefined
      return apiReply(c, endpoint, await endpoint.handle(ctx, params, query))
    }
    // A browser sends cookies by itself, never a token.
    if (!isBearer(c)) {
      checkOrigin(c, services.baseUrl)
      checkApiCall(c)
    }
    if (endpoint.streamed) return await answerStream(c, endpoint, services, { ctx, visitor, params })
    const bytes = await readBody(c, endpoint.largest)
    const run = async () => {
      const body = endpoint.body ? validated(endpoint.body, await inputOf(c, endpoint, bytes)) : undefined
      return apiReply(c, endpoint, await endpoint.handle(ctx, params, body))
    }
    return await onceByKey(c, visitor, services, textOf(bytes), run)
  } catch (error) {
    return problemReply(expected(error, visitor, services), services.translate, visitor.requestId)
  }
}

type Streaming = { ctx: Visitor | Context; visitor: Visitor; params: Record<string, string> }

async function answerStream(
  c: HonoContext,
  endpoint: ApiEndpoint,
  services: Services,
  { ctx, visitor, params }: Streaming,
): Promise<Response> {
  const { body, digest, remove } = await spoolBody(c, endpoint.largest)
  try {
    const run = async () => apiReply(c, endpoint, await endpoint.handle(ctx, params, body))
    return await onceByKey(c, visitor, services, digest, run)
  } finally {
    await remove()
  }
}

async function onceByKey(
  c: HonoContext,
  visitor: Visitor,
  services: Services,
  body: string,
  run: () => Promise<Response>,
): Promise<Response> {
  const key = c.req.header('idempotency-key')?.slice(0, 200)
  if (!key) return run()
  const { db, secretKey } = services
  const { method, path } = c.req
  return once(
    db,
    { owner: ownerOf(c, visitor, services), key, method: method.toLowerCase(), path, body, secretKey },
    run,
  )
}

async function inputOf(c: HonoContext, endpoint: ApiEndpoint, bytes: Uint8Array<ArrayBuffer>): Promise<unknown> {
  if (!endpoint.multipart) return parseJson(bytes) ?? {}
  return (await parseForm(bytes, c.req.header('content-type') ?? '')).all
}

async function answerPage(c: HonoContext, endpoint: PageEndpoint, services: Services): Promise<Response> {
  const visitor = unknownVisitor(c, services)
  try {
    await recognise(c, visitor, services)
  } catch (error) {
    const rendering = framed(c, visitor, services, visitorCookie(c, services))
    return errorReply(rendering, endpoint, visitor, expected(error, visitor, services))
  }
  const owner = ownerOf(c, visitor, services)
  const rendering = framed(c, visitor, services, owner)
  const { frame } = rendering
  const page: PageVisitor = Object.assign(visitor, { frame })
  try {
    const kept = await keptPost(c, page, services)
    if (kept) return await openedAgain(rendering, page, kept)
    const ctx = admitted(page, endpoint.needs, endpoint.stage)
    const params = paramsOf(c, endpoint)
    if (endpoint.method === 'get') {
      const query = endpoint.query ? validated(endpoint.query, refuseZeros(c.req.query())) : undefined
      return pageReply(rendering, await endpoint.handle(ctx, params, query))
    }
    return await answerForm(rendering, endpoint, ctx, params, owner)
  } catch (error) {
    const problem = expected(error, visitor, services)
    if (problem.code === SignInNeeded.code) return toSignIn(c, endpoint, services)
    if (problem.code === StepNeeded.code) return toStep(c, endpoint, services, visitor.signedIn?.stage)
    return errorReply(rendering, endpoint, visitor, problem)
  }
}

function framed(c: HonoContext, visitor: Visitor, services: Services, owner: string): Rendering {
  const frame = services.frame(visitor, {
    csrf: formToken(services.secretKey, owner),
    path: pathOf(c),
    vision: readCookie(c, 'kabinet_vision', false),
    theme: readCookie(c, 'kabinet_theme', false),
    notice: takeNotice(c),
  })
  return { c, services, frame }
}

/** What the person has typed is not at fault: the same may be sent again in a while. */
const passing: readonly string[] = [NoConnection.code, FilesUnavailable.code]

async function errorReply(
  rendering: Rendering,
  endpoint: PageEndpoint,
  { requestId }: Visitor,
  problem: AppError,
): Promise<Response> {
  const { c, services, frame } = rendering
  const unsent = passing.includes(problem.code) ? await readUnsent(c, endpoint, services.baseUrl) : undefined
  const text = services.translate(problem)
  return htmlReply(rendering, services.errorPage({ frame, error: problem, text, requestId, unsent }), problem)
}

async function answerForm(
  rendering: Rendering,
  endpoint: PageEndpoint,
  ctx: PageVisitor | PageContext,
  params: Record<string, string>,
  owner: string,
): Promise<Response> {
  const { c, services } = rendering
  checkOrigin(c, services.baseUrl)
  const input = await readForm(c, endpoint.largest)
  const run = async () => {
    try {
      checkFormToken(services.secretKey, owner, input.values._csrf)
      const form = endpoint.form ? validated(endpoint.form, withoutGuards(input)) : undefined
      return pageReply(rendering, await endpoint.handle(ctx, params, form))
    } catch (error) {
      return await shownAgain(rendering, endpoint, ctx, params, input, expected(error, ctx, services))
    }
  }
  if (!input.values._once) return run()
  const { db, secretKey } = services
  const body = stableText(input)
  // Going back and sending something else is another deed than a second click, so the text is part of the key.
  const key = `${input.values._once.slice(0, 100)}:${createHmac('sha256', secretKey).update(body).digest('base64url')}`
  return once(db, { owner, key, method: 'post', path: c.req.path, body, secretKey }, run)
}

/** No other input would help against these. */
const beyondForms = ['sign-in-needed', 'forbidden', 'foreign-origin', 'not-found', 'bug', 'no-connection']

/** What a rule refused is put before the person again with all that was typed; what does not exist is not. */
async function shownAgain(
  rendering: Rendering,
  endpoint: PageEndpoint,
  ctx: PageVisitor | PageContext,
  params: Record<string, string>,
  input: FormInput,
  error: AppError,
): Promise<Response> {
  const again = endpoint.again
  if (!again || beyondForms.includes(error.code)) throw error
  const problems = error.code === 'invalid-input' ? fieldProblems(error) : []
  const message = problems.length > 0 ? undefined : rendering.services.translate(error)
  const failure: FormFailure = { values: input.values, problems, message, status: error.status, error }
  return htmlReply(rendering, await again(ctx, params, failure), error)
}

// as: the error's class gave its params this shape
const fieldProblems = (error: AppError) => error.params.fields as FormFailure['problems']

/**
 * @throws SignInNeeded 401 without a session; StepNeeded 403 with one that has not come far enough;
 * Forbidden 403 without the permission anywhere
 */
function admitted<V extends Visitor>(visitor: V, needs: Needs, stage: Stage): V & Context {
  const { signedIn } = visitor
  if (needs === 'public') return visitor as V & Context // as: a public handler's signature asks for a Visitor only
  if (!signedIn) throw new SignInNeeded()
  if (signedIn.stage !== 'full' && stages.indexOf(signedIn.stage) < stages.indexOf(stage))
    throw new StepNeeded({ stage: signedIn.stage })
  if (needs !== 'signed-in' && !signedIn.grants.has(needs)) throw new Forbidden()
  const { account, grants, apiToken } = signedIn
  const onBehalfOf = grants.operators(needs === 'signed-in' ? undefined : needs)
  return Object.assign(visitor, { signedIn, account, grants, onBehalfOf, apiToken })
}

function apiReply(c: HonoContext, endpoint: ApiEndpoint, result: unknown): Response {
  if (result instanceof Response) return result
  if (!endpoint.replies || endpoint.status === 204) return c.body(null, 204)
  return c.json(endpoint.replies.parse(result) as object, endpoint.status) // as: a contract of a reply is an object or a list
}

function pageReply(rendering: Rendering, reply: PageReply): Response {
  const { c } = rendering
  if (reply instanceof Response) return reply
  if (reply instanceof MarkedPage) return markedReply(rendering, reply.page)
  if (reply instanceof MarkedData) return markedData(rendering, reply.data)
  if (reply instanceof Redirect) {
    if (reply.notice) writeCookie(c, { name: 'kabinet_notice', value: reply.notice, maxAgeSeconds: 60 }, false)
    return c.redirect(reply.location, 303)
  }
  if (!isValidElement(reply)) throw new TypeError('A page must reply with a page')
  return htmlReply(rendering, reply)
}

/** What the form post before this page has done, said once. */
function takeNotice(c: HonoContext): string | undefined {
  const key = c.req.method === 'GET' ? readCookie(c, 'kabinet_notice', false) : undefined
  if (key) writeCookie(c, { name: 'kabinet_notice', value: '', maxAgeSeconds: 0 }, false)
  return key
}

/** Signing in leads back to the page that was asked for, or to the form that was being filled in, with what it held. */
async function toSignIn(c: HonoContext, endpoint: PageEndpoint, services: Services): Promise<Response> {
  if (endpoint.method === 'get') return c.redirect(`/sign-in?next=${encodeURIComponent(pathOf(c))}`, 303)
  const referer = c.req.header('referer')
  const back = referer && URL.canParse(referer) ? pathIn(referer) : endpoint.again ? pathOf(c) : '/cabinet'
  const ended = (await keepPost(c, endpoint, services, back)) ? 'kept' : 'yes'
  return c.redirect(`/sign-in?next=${encodeURIComponent(back)}&ended=${ended}`, 303)
}

/** Whoever has not come all the way in yet is led to the next step, and from there on to where it wanted to go. */
function toStep(c: HonoContext, endpoint: PageEndpoint, services: Services, stage: Stage | undefined): Response {
  const next = endpoint.method === 'get' ? pathOf(c) : '/cabinet'
  const step = stage && stage !== 'full' ? services.stepPages[stage] : '/sign-in'
  return c.redirect(`${step}?next=${encodeURIComponent(next)}`, 303)
}

async function keptPost(c: HonoContext, { signedIn }: Visitor, services: Services): Promise<KeptPost | undefined> {
  if (c.req.method !== 'GET' || signedIn?.stage !== 'full') return undefined
  return takePost(c, signedIn.account.id, services, pathOf(c))
}

/** The form as it was posted when its session had ended. Nothing is done with it until the person sends it once more. */
async function openedAgain(rendering: Rendering, page: PageVisitor, { form, params, values }: KeptPost) {
  const ctx = admitted(page, form.needs, form.stage)
  return shownAgain(rendering, form, ctx, params, { values, all: values }, new SessionEnded())
}

/** An error that nobody expected is a bug: told to the log whole, to the caller by the number of the request. */
function expected(error: unknown, visitor: Visitor, services: Services): AppError {
  if (error instanceof AppError) return error
  if (error instanceof NoConnectionInTime) {
    services.log.warn({ requestId: visitor.requestId }, 'no connection to the database in time')
    return new NoConnection({}, { cause: error })
  }
  services.log.error({ requestId: visitor.requestId, err: error }, 'bug')
  return new Bug({ requestId: visitor.requestId }, { cause: error })
}

const ownerOf = (c: HonoContext, visitor: Visitor, services: Services): string =>
  visitor.signedIn?.sessionId ?? visitorCookie(c, services)

const pathOf = (c: HonoContext): string => pathIn(c.req.url)

const pathIn = (address: string): string => {
  const { pathname, search } = new URL(address)
  return pathname + search
}

function withoutGuards(input: FormInput): Record<string, unknown> {
  const { _csrf, _once, ...fields } = input.all
  return fields
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const stableText = (input: FormInput): string => JSON.stringify({ ...input.values, _csrf: '' })
