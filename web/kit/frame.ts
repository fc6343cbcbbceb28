/** What every page needs to know of the person, the installation and the request; the server builds it once a request. */
export interface Frame {
  /** addresses of the built style sheet, the script of every page and the islands' scripts by name */
  assets: { css: string; script: string; islands?: Readonly<Record<string, string>> }
  person?: {
    /** «Добронравова Светлана» */
    name: string
    fullName: string
    organisation?: string
    /** «ДС» */
    initials: string
    /** there when the person answers for several: where it works now (all of them when nothing is chosen) */
    regions?: { chosen: string | null; own: readonly { code: string; name: string }[] }
  }
  /** messages not yet read */
  unread: number
  /** what the person may open, in order; those aside stand under «Ещё» when there are several */
  sections: readonly FrameSection[]
  /** the fictional region: every page says so */
  stand: boolean
  /** guard of forms against forged posts */
  csrf: string
  /** words of the version for the visually impaired: `on size-150 black`; undefined when it is off */
  vision?: string
  theme?: string
  version: string
  /** path and query of this page, for the way back */
  path: string
  /** name of the time zone of the times on pages: «МСК+5» */
  zone?: string
  /** the way in is not finished: what is still to do, and where */
  unfinished?: { text: string; href: string; action: string }
  /** what the form post before this page has done */
  notice?: Notice
}

export interface FrameSection {
  text: string
  href: string
  current: boolean
  aside?: boolean
}

export interface Notice {
  tone?: 'ok' | 'warn' | 'bad'
  text: string
  /** under the first line */
  more?: string
}
