import { Note } from './badges.tsx'
import { CsrfContext } from './form.tsx'
import type { Frame, Notice } from './frame.ts'
import { Footer, Header, StandBanner, VisionBar } from './frame-parts.tsx'
import { Icon, IconSprite } from './icons.tsx'
import { tied } from './text.ts'
import type { Children } from './types.ts'

export interface Crumb {
  text: string
  href?: string
}

/** Where the way to every page of a signed-in person begins; manual 2, section 2, calls it so. */
export const cabinetCrumb = { text: 'Мой профиль', href: '/cabinet' } as const satisfies Crumb

export interface PageProps {
  /** in the tab and, unless `heading` says otherwise, at the top */
  title: string
  /** `null`: the page draws its own h1 (the sign-in card, the public face) */
  heading?: string | null
  lead?: Children
  /** from the cabinet down to this page; the last one has no address */
  crumbs?: readonly Crumb[]
  /** for wide tables and grids */
  wide?: boolean
  /** buttons beside the heading: the one main action */
  actions?: Children
  /** the chapter of the guide about this page */
  help?: { href: string; text: string }
  frame: Frame
  /** said once after a redirect; it can be read later in messages */
  notice?: Notice
  /** a report's own bar: stands instead of the heading and holds the h1 (`ReportBar`) */
  menuBar?: Children
  /** above the content from edge to edge: the public face's `Masthead`, which holds the h1 */
  mast?: Children
  /** the title begins with «Ошибка: » */
  hasErrors?: boolean
  /** where the browser goes on to by itself, such as another system's sign-in page; the page has a link there too */
  onward?: string
  /** of an open page: what a search engine and a messenger tell of it, and its one address */
  open?: { description: string; address: string }
  /** scripts of islands on this page */
  scripts?: readonly string[]
  children?: Children
}

/** The whole document but for the doctype. */
export function Page(props: PageProps) {
  const { title, frame, wide, menuBar, mast, notice = frame.notice, scripts = [], hasErrors, children } = props
  return (
    <html lang="ru" data-theme={frame.theme} data-vision={frame.vision}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {props.onward ? <meta http-equiv="refresh" content={`0; url=${props.onward}`} /> : null}
        <title>{`${hasErrors ? 'Ошибка: ' : ''}${title} · Кабинет`}</title>
        {props.open ? <OpenPage title={title} {...props.open} /> : null}
        <link rel="icon" href="/favicon.ico" type="image/svg+xml" />
        <link rel="stylesheet" href={frame.assets.css} />
        <script type="module" src={frame.assets.script} />
        {scripts.map((script) => (
          <script key={script} type="module" src={script} />
        ))}
      </head>
      <body class={wide ? 'is-wide' : undefined}>
        <IconSprite />
        <a class="skip" href="#main">
          К содержанию
        </a>
        <CsrfContext.Provider value={frame.csrf}>
          {frame.stand ? <StandBanner /> : null}
          {frame.vision ? <VisionBar frame={frame} words={frame.vision} /> : null}
          <Header frame={frame} />
          {menuBar || mast ? (
            <main id="main" tabIndex={-1}>
              <Toast notice={notice} path={frame.path} />
              {menuBar}
              {mast}
              <div class="page">
                <Crumbs crumbs={props.crumbs} />
                {children}
              </div>
            </main>
          ) : (
            <main id="main" class="page" tabIndex={-1}>
              <Toast notice={notice} path={frame.path} />
              <Crumbs crumbs={props.crumbs} />
              <Unfinished frame={frame} />
              <PageHead {...props} />
              {children}
            </main>
          )}
          <Footer frame={frame} />
        </CsrfContext.Provider>
      </body>
    </html>
  )
}

/** Open Graph, for links that are sent on. */
function OpenPage({ title, description, address }: NonNullable<PageProps['open']> & { title: string }) {
  return (
    <>
      <meta name="description" content={description} />
      <link rel="canonical" href={address} />
      <meta property="og:type" content="website" />
      <meta property="og:locale" content="ru_RU" />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={address} />
    </>
  )
}

function PageHead({ title, heading = title, lead, actions, help }: PageProps) {
  if (heading === null) return null
  return (
    <div class="page-head">
      <div>
        <h1>
          {tied(heading)}
          {help ? <HelpLink {...help} /> : null}
        </h1>
        {lead ? <p class="lead">{tied(lead)}</p> : null}
      </div>
      {actions ? <div class="row">{actions}</div> : null}
    </div>
  )
}

function Unfinished({ frame: { unfinished, path } }: { frame: Frame }) {
  // The page where it is done says so by itself.
  if (!unfinished || path.startsWith(unfinished.href)) return null
  return (
    <Note tone="wait">
      <p>
        {tied(unfinished.text)} <a href={unfinished.href}>{unfinished.action}</a>
      </p>
    </Note>
  )
}

/** A question mark beside a heading that leads to the chapter of the guide. */
export function HelpLink({ href, text }: { href: string; text: string }) {
  return (
    <>
      {' '}
      <a class="help" href={href} title={`Справка: ${text}`}>
        <Icon name="help" />
        <span class="vh">Справка: {text}</span>
      </a>
    </>
  )
}

function Crumbs({ crumbs }: Pick<PageProps, 'crumbs'>) {
  if (!crumbs || crumbs.length === 0) return null
  return (
    <nav class="crumbs" aria-label="Вы здесь">
      <ol>
        {crumbs.map(({ text, href }, index) => (
          <li key={index} aria-current={index === crumbs.length - 1 ? 'page' : undefined}>
            {href && index < crumbs.length - 1 ? <a href={href}>{tied(text)}</a> : tied(text)}
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** Stays until it is closed: nobody is made to read fast. The cross is a link, so it closes without a script too. */
function Toast({ notice, path }: { notice?: Notice; path: string }) {
  if (!notice) return null
  const { tone = 'ok', text, more } = notice
  return (
    <div class="toasts" role="status" data-landed>
      <div class="toast" data-tone={tone}>
        <Icon name={tone === 'ok' ? 'check' : tone === 'warn' ? 'alert' : 'stop'} />
        <div>
          <b>{tied(text)}</b>
          {more ? <p>{tied(more)}</p> : null}
        </div>
        <a class="toast-close" href={path} title="Закрыть сообщение" data-close>
          <Icon name="x" />
          <span class="vh">Закрыть сообщение</span>
        </a>
      </div>
    </div>
  )
}
