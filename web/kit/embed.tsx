import type { Frame } from './frame.ts'
import { tied } from './text.ts'
import type { Children } from './types.ts'

export interface EmbedPageProps {
  title: string
  /** where the whole page is, and what the link to it says */
  whole: { href: string; text: string }
  /** under the heading */
  lead?: Children
  /** at the end: when it was renewed */
  foot?: Children
  frame: Frame
  children: Children
}

/** A small page for a frame of another site: no head and no way in; its links open in a window of their own. */
export function EmbedPage({ title, whole, lead, foot, frame, children }: EmbedPageProps) {
  return (
    <html lang="ru" data-theme={frame.theme} data-vision={frame.vision}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <base target="_blank" />
        <link rel="stylesheet" href={frame.assets.css} />
      </head>
      <body>
        <main class="embed stack">
          <div>
            <h1>{tied(title)}</h1>
            {lead ? <p class="quiet">{tied(lead)}</p> : null}
          </div>
          {children}
          <p class="row row-end">
            <a href={whole.href}>{tied(whole.text)}</a>
            {foot ? <span class="quiet">{tied(foot)}</span> : null}
          </p>
        </main>
      </body>
    </html>
  )
}
