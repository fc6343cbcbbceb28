/** HTTP: routes and pages that read as sentences, and the one way every call goes through. */
export { reachesOwn } from './bearer.ts'
export type { Context, Cookie, Needs, PageContext, PageVisitor, SignedIn, Stage, Visitor } from './context.ts'
export { deviceCookie, externalCookie, familiarCookie, sessionCookie } from './cookies.ts'
export {
  type ApiEndpoint,
  type Endpoint,
  type FormFailure,
  MarkedData,
  MarkedPage,
  type PageEndpoint,
  Redirect,
  type SharedEndpoint,
  seeOther,
} from './endpoint.ts'
export { dropOldKeys, dropOldLimits, forgetAttempts } from './http.queries.ts'
export { dropOldPosts } from './kept-posts.queries.ts'
export { isFirstAttempt, numberOfAttempt, takeAttempt } from './limits.ts'
export { mount } from './mount.ts'
export { openApi } from './openapi.ts'
export { pages } from './pages.ts'
export { problemReply } from './problem.ts'
export { securityHeaders, setSecurityHeaders } from './protection.ts'
export { routes } from './routes.ts'
export type { Services } from './services.ts'
export type { SharedContext, SharedFile, SharedReply } from './shared.ts'
export type { BodyStream } from './spool.ts'
export { validated } from './validation.ts'
