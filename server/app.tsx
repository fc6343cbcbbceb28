/** Composition of the web program: rooms, kernel, stand. No rule of any room stands here. */
import { Hono, type MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'
import pkg from '../package.json' with { type: 'json' }
import type { Frame } from '../web/kit/index.ts'
import { initials, zoneName } from '../web/kit/index.ts'
import type { Assets } from './kernel/assets.ts'
import type { Db } from './kernel/db/index.ts'
import { kernelPhrases, NotFound, translator } from './kernel/errors/index.ts'
import { openFileStore } from './kernel/files/index.ts'
import { type Metrics, mountHealth } from './kernel/health/index.ts'
import {
  type ApiEndpoint,
  type Endpoint,
  mount,
  openApi,
  problemReply,
  type Services,
  securityHeaders,
  setSecurityHeaders,
  type Visitor,
} from './kernel/http/index.ts'
import type { PageRequest } from './kernel/http/services.ts'
import type { Log } from './kernel/log.ts'
import type { Room, Section } from './kernel/room.ts'
import { services as allServices, type Service } from './kernel/settings.services.ts'
import type { Settings } from './kernel/settings.ts'
import { configureSms, smsPhrases } from './kernel/sms/index.ts'
import { openVault } from './kernel/vault.ts'
import { configureReminders } from './modules/applications/index.ts'
import {
  configureEsia,
  configureHelpers,
  configureNotices,
  configureOwnData,
  configureRegistry,
  configureSupport,
  findSessionOfAnyTime,
  httpRegistry,
  openEsia,
  readApiToken,
  readSession,
  stepPages,
} from './modules/identity/index.ts'
import { configureLetters } from './modules/letters/index.ts'
import { configureMessages } from './modules/messages/index.ts'
import { configureImports } from './modules/organisations/index.ts'
import { configureTerms, problemOfCell, totalOfCell } from './modules/reporting/index.ts'
import { configureFigures } from './modules/roadmap/index.ts'
import { apiPage } from './pages/api.page.tsx'
import { ErrorScreen } from './pages/error.page.tsx'
import { siteEndpoints } from './pages/site.pages.tsx'
import { roomsOf } from './rooms.ts'
import { getStandEsia, openStandEsia, standEndpointsOf, standEsiaMachine, standRegistry } from './stand/index.ts'

export type AppParts = { settings: Settings; db: Db; assets: Assets; log: Log; metrics: Metrics }

/** @param on services that are switched on: all of them, unless said otherwise */
export const endpointsOf = (stand: boolean, on: readonly Service[] = allServices): Endpoint[] =>
  endpointsIn(roomsOf(on), stand)

const endpointsIn = (rooms: readonly Room[], stand: boolean): Endpoint[] => [
  ...rooms.flatMap((room) => room.endpoints),
  ...siteEndpoints(rooms),
  ...(stand ? standEndpointsOf(rooms) : []),
]

export function createApp(parts: AppParts): Hono {
  const { settings, db, assets, metrics } = parts
  const rooms = roomsOf(settings.services)
  const endpoints = endpointsIn(rooms, settings.environment === 'stand')
  const services = servicesOf(parts, rooms, endpoints)
  configureMessages({ baseUrl: settings.baseUrl, timeZone: settings.timeZone, vault: services.vault })
  configureNotices({ baseUrl: settings.baseUrl, timeZone: settings.timeZone })
  configureOwnData(rooms)
  configureHelpers(rooms)
  configureReminders({ timeZone: settings.timeZone, files: services.files })
  configureTerms({ timeZone: settings.timeZone })
  configureFigures(
    settings.services.includes('reporting') ? { totalOf: totalOfCell, problemOf: problemOfCell } : undefined,
  )
  configureImports({ files: services.files })
  configureLetters({ files: services.files })
  configureSupport(settings.supportContacts)
  const { url, mostPerDay, mostPerNumber } = settings.sms
  configureSms({ available: settings.environment === 'stand' || url !== undefined, mostPerDay, mostPerNumber })
  const app = new Hono()
  connectEsia(app, settings)
  connectRegistry(settings, services)
  const headers = Object.entries(securityHeaders(settings.baseUrl))
  app.use(compressed)
  app.use(async (c, next) => {
    const started = performance.now()
    await next()
    setSecurityHeaders(c.res.headers, headers)
    const route = c.req.routePath
    metrics.count(c.req.method, route, c.res.status, (performance.now() - started) / 1000)
    parts.log.debug(
      { method: c.req.method, route, status: c.res.status, ms: Math.round(performance.now() - started) },
      'request',
    )
  })
  assets.mount(app)
  mountHealth(app, db, metrics)
  if (settings.environment === 'stand') app.route('/_stand/esia', standEsiaMachine(getStandEsia))
  mount(app, endpoints, services)
  const api = endpoints.filter((endpoint): endpoint is ApiEndpoint => endpoint.kind === 'api')
  const description = openApi(api, settings.baseUrl, pkg.version)
  app.get('/api/openapi.json', (c) => c.json(description))
  mount(app, [apiPage(api)], services)
  app.all('/api/*', () => problemReply(new NotFound({ what: 'page' }), services.translate, crypto.randomUUID()))
  mount(app, [notFoundPage], services)
  return app
}

/** ЕСИА as it is configured; the stand has its own, in the same process, whatever address the stand is seen under. */
function connectEsia(app: Hono, settings: Settings): void {
  const { environment, esia, baseUrl } = settings
  if (environment === 'stand' && !esia)
    configureEsia(openEsia(openStandEsia(settings), baseUrl, async (request) => app.fetch(request)))
  else configureEsia(esia && openEsia(esia, baseUrl, fetch))
}

/** The registry of passports as it is configured; the stand has its own; elsewhere there may be none. */
function connectRegistry({ environment, registry: configured, baseUrl }: Settings, { vault }: Services): void {
  const registry = configured ? httpRegistry(configured) : environment === 'stand' ? standRegistry : undefined
  configureRegistry(registry && { registry, vault, baseUrl })
}

const compression = compress()

/** Whoever does not ask for compression gets the answer as it is: looking through its headers again costs a tenth of it. */
const compressed: MiddlewareHandler = (c, next) => (c.req.header('accept-encoding') ? compression(c, next) : next())

/** The last endpoint: whatever no other has answered. */
const notFoundPage: Endpoint = {
  kind: 'page',
  method: 'get',
  path: '/*',
  needs: 'public',
  stage: 'full',
  largest: 0,
  secret: false,
  params: undefined,
  form: undefined,
  query: undefined,
  again: undefined,
  handle: async () => {
    throw new NotFound({ what: 'page' })
  },
}

function servicesOf(
  { settings, db, assets, log }: AppParts,
  rooms: readonly Room[],
  endpoints: readonly Endpoint[],
): Services {
  const stand = settings.environment === 'stand'
  const forms = endpoints.filter((endpoint) => endpoint.kind === 'page').filter(({ method }) => method === 'post')
  return {
    db,
    stand,
    log,
    files: openFileStore(settings, (line) =>
      log.warn({ store: line }, 'the store of files does not do as it is asked'),
    ),
    vault: openVault(settings.secretKey),
    stepPages,
    baseUrl: settings.baseUrl,
    timeZone: settings.timeZone,
    secretKey: settings.secretKey,
    trustProxy: settings.trustProxy,
    translate: translator(kernelPhrases, smsPhrases, ...rooms.map((room) => room.phrases)),
    readSession,
    readApiToken,
    findSessionOfAnyTime,
    findForm: (path) => forms.find((form) => form.path === path),
    frame: framer(rooms, assets),
    errorPage: (problem) => <ErrorScreen {...problem} />,
  }
}

function framer(rooms: readonly Room[], assets: Assets): Services['frame'] {
  const sections = rooms.flatMap((room) => room.sections ?? []).sort((one, other) => one.order - other.order)
  const notices: Record<string, string> = Object.assign({}, ...rooms.map((room) => room.notices ?? {}))
  return (ctx, page) => frameOf(ctx, page, { assets, sections, notices })
}

type House = { assets: Assets; sections: readonly Section[]; notices: Record<string, string> }

function frameOf(ctx: Visitor, page: PageRequest, { assets, sections, notices }: House): Frame {
  const { signedIn } = ctx
  const notice = page.notice ? notices[page.notice] : undefined
  return {
    assets: {
      css: assets.address('kit.css'),
      script: assets.address('page.js'),
      islands: {
        'report-grid': assets.address('report-grid.js'),
        passkey: assets.address('passkey.js'),
        push: assets.address('push.js'),
      },
    },
    unread: signedIn?.unread ?? 0,
    sections: sections
      .filter(({ needs }) => signedIn && (needs === 'signed-in' || signedIn.grants.has(needs)))
      .map(({ text, href, aside = false, also = [] }) => ({
        text,
        href,
        aside,
        current: [href, ...also].some((start) => isUnder(start, page.path)),
      })),
    stand: ctx.stand,
    csrf: page.csrf,
    version: pkg.version,
    path: page.path,
    zone: zoneName(ctx.timeZone),
    ...(signedIn ? { person: personOf(signedIn) } : {}),
    ...(signedIn?.stage === 'contacts' ? { unfinished } : {}),
    ...(page.vision ? { vision: page.vision } : {}),
    ...(page.theme ? { theme: page.theme } : {}),
    ...(notice ? { notice: { text: notice } } : {}),
  }
}

/** Whether an address, with or without a query, is this page or one below it. */
const isUnder = (start: string, path: string): boolean =>
  path.startsWith(start) && ['', '/', '?'].includes(path.charAt(start.length))

/** The one step of signing in before which a part of the cabinet is open. */
const unfinished = {
  text: 'Подтвердите контакты: пока часть возможностей личного кабинета закрыта.',
  href: stepPages.contacts,
  action: 'Подтвердить',
}

function personOf({ account, organisation, regions }: NonNullable<Visitor['signedIn']>): NonNullable<Frame['person']> {
  const name = `${account.surname} ${account.name}`
  return {
    name,
    fullName: [account.surname, account.name, account.patronymic].filter(Boolean).join(' '),
    initials: initials(name),
    ...(organisation ? { organisation: organisation.shortName } : {}),
    ...(regions.own.length > 1 ? { regions } : {}),
  }
}
