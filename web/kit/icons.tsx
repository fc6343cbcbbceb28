/** Drawn on a 24-unit square with a stroke of the text's colour; one sprite stands in every page. */
const drawings = {
  alert: '<path d="M12 3.5 22 20.5H2z"/><path d="M12 10v4.5M12 17.4v.1"/>',
  bell: '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.8 2H4.2z"/><path d="M10 21h4"/>',
  bin: '<path d="M4 6.5h16M9 6.5v-3h6v3M6 6.5l1 14h10l1-14M10 10.5v6M14 10.5v6"/>',
  calendar: '<path d="M3.5 5.5h17v15h-17zM3.5 10h17M8 3v4.5M16 3v4.5"/>',
  chat: '<path d="M3.5 4.5h17v12H12l-4.5 4v-4h-4z"/>',
  check: '<path d="M5 12.5 10 17.5 19 7"/>',
  clip: '<path d="m19.5 11-8 8a5 5 0 0 1-7-7l8.5-8.5a3.4 3.4 0 0 1 4.8 4.8L9.5 16.5a1.7 1.7 0 0 1-2.4-2.4l7.4-7.4"/>',
  clock: '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.2l3.4 2"/>',
  copy: '<path d="M8.5 8.5h12v12h-12z"/><path d="M15.5 8.5v-5h-12v12h5"/>',
  down: '<path d="m6 9.5 6 6 6-6"/>',
  download: '<path d="M12 3.5v11.5M7 10.5l5 5 5-5M4 20.5h16"/>',
  exit: '<path d="M10 4H4.5v16H10M9.5 12H20M15.5 7l5 5-5 5"/>',
  eye: '<path d="M2 12s3.7-6.5 10-6.5S22 12 22 12s-3.7 6.5-10 6.5S2 12 2 12z"/><circle cx="12" cy="12" r="3"/>',
  file: '<path d="M6 2.8h8l4.5 4.5v13.9H6z"/><path d="M14 2.8v4.7h4.5M9 12.5h6.5M9 16.2h6.5"/>',
  flag: '<path d="M5 21V4h12l-2.5 4.5L17 13H5"/>',
  folder: '<path d="M3 6h6.5l2 2.5H21V19H3z"/>',
  help: '<circle cx="12" cy="12" r="9"/><path d="M9.3 9.3a2.8 2.8 0 1 1 4 2.6c-.9.5-1.3 1-1.3 2M12 16.8v.1"/>',
  history: '<path d="M4 12a8 8 0 1 1 2.5 5.8M3.5 21v-4.5H8M12 8v4.5l3 1.7"/>',
  house: '<path d="M4 20.5v-17h10v17M14 9.5h6v11M2.5 20.5h19M7.5 7.5h3M7.5 11.5h3M7.5 15.5h3"/>',
  info: '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.6v.1"/>',
  key: '<circle cx="8" cy="15.5" r="4.5"/><path d="m11.2 12.3 8.3-8.3M16 7.5l3 3"/>',
  left: '<path d="m14.5 6-6 6 6 6"/>',
  link: '<path d="M10 14a4.2 4.2 0 0 0 6 0l3.5-3.5a4.2 4.2 0 0 0-6-6L12 6M14 10a4.2 4.2 0 0 0-6 0l-3.5 3.5a4.2 4.2 0 0 0 6 6L12 18"/>',
  lock: '<path d="M5 10.5h14v10H5z"/><path d="M8 10.5V7.5a4 4 0 0 1 8 0v3"/>',
  mail: '<path d="M3 5.5h18v13H3z"/><path d="m3.5 6.5 8.5 6.5 8.5-6.5"/>',
  off: '<path d="M3 3l18 18M8.5 15.5a5 5 0 0 1 7 0M5 12a10 10 0 0 1 4-2.4M13.5 9.2A10 10 0 0 1 19 12M2 8.5a15 15 0 0 1 4-2.6M11 5a15 15 0 0 1 11 3.5M12 19.5v.1"/>',
  pen: '<path d="m4 20 1-4.5L16.5 4 20 7.5 8.5 19z"/>',
  people:
    '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M15.5 5.3a3.5 3.5 0 0 1 0 6.4M18 14.7c2 .8 3.200 2.600 3.5 5.3"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  right: '<path d="m9.5 6 6 6-6 6"/>',
  ring: '<circle cx="12" cy="12" r="7"/>',
  save: '<path d="M4 4h13l3 3v13H4z"/><path d="M8 4v5h7V4M8 20v-6h8v6"/>',
  search: '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m20.5 20.5-5.3-5.3"/>',
  send: '<path d="M3.5 11.5 20.5 4 16 20.5l-4.5-6z"/><path d="m11.5 14.5 9-10.5"/>',
  sliders: '<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>',
  stop: '<path d="M8 2.8h8L21.2 8v8L16 21.2H8L2.8 16V8z"/><path d="M12 7.5v5.5M12 16.4v.1"/>',
  table: '<path d="M3.5 4.5h17v15h-17zM3.5 10h17M3.5 15h17M9.5 4.5v15"/>',
  turn: '<path d="M20 12a8 8 0 1 1-2.5-5.8M20.5 3v4.5H16"/>',
  up: '<path d="m6 14.5 6-6 6 6"/>',
  upload: '<path d="M12 15.5V4M7 8.5l5-5 5 5M4 20.5h16"/>',
  user: '<circle cx="12" cy="8" r="4"/><path d="M4 21c.6-4.6 3.8-7 8-7s7.4 2.4 8 7"/>',
  x: '<path d="M6 6l12 12M18 6 6 18"/>',
} as const

export type IconName = keyof typeof drawings

/** Each as it refers to the sprite, ready to be put into any number of pictures. */
const uses = Object.fromEntries(
  Object.keys(drawings).map((name) => [name, { __html: `<use href="#i-${name}"></use>` }]),
) as Record<IconName, { __html: string }> // as: its keys are those of the drawings

/** A picture beside a word; give `label` only where there is no word. */
export function Icon({ name, label }: { name: IconName; label?: string }) {
  // The markup is one of the constants above: nothing of a user's gets into it.
  const use = uses[name]
  return label === undefined ? (
    <svg class="i" aria-hidden="true" dangerouslySetInnerHTML={use} />
  ) : (
    <svg class="i" role="img" aria-label={label} dangerouslySetInnerHTML={use} />
  )
}

const sprite = Object.entries(drawings)
  .map(([name, drawing]) => `<symbol id="i-${name}" viewBox="0 0 24 24">${drawing}</symbol>`)
  .join('')

/** Every icon once, at the top of the page; `Icon` refers to it. */
export function IconSprite() {
  // The markup is the constant above: nothing of a user's gets into it.
  return <svg hidden dangerouslySetInnerHTML={{ __html: sprite }} />
}

/** The sign of the cabinet, beside its name. */
export function BrandSign() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="currentColor" />
      <g class="brand-lines">
        <path d="M7 16h18M13.5 10.5h5M13.5 21.5h5" />
      </g>
    </svg>
  )
}
