import { Count } from './badges.tsx'
import type { Frame, FrameSection } from './frame.ts'
import { BrandSign, Icon } from './icons.tsx'
import { Menu } from './menus.tsx'

/** Where the frame's own links lead. */
export const frameAddresses = {
  home: '/',
  cabinet: '/cabinet',
  signIn: '/sign-in',
  messages: '/messages',
  guide: '/guide',
  support: '/support',
  vision: '/vision',
  region: '/session/region',
} as const

/** A slim calm line at the very top, so that nobody takes the fictional region for a real one. */
export function StandBanner() {
  return (
    <aside class="stand" aria-label="О стенде">
      <Icon name="flag" />
      <p>Стенд: область, организации и люди вымышлены</p>
    </aside>
  )
}

export function Header({ frame }: { frame: Frame }) {
  const { person, sections } = frame
  return (
    <header class="top">
      <div class="top-in">
        <a class="brand" href={frameAddresses.home}>
          <BrandSign />
          Кабинет
        </a>
        {sections.length > 0 ? <Sections sections={sections} /> : null}
        <div class="who">
          {frame.vision ? null : (
            <a
              class={person ? 'tool tool-wide' : 'tool'}
              href={visionAddress(frame, 'on')}
              title="Версия для слабовидящих"
              rel="nofollow"
            >
              <Icon name="eye" />
              <span class="vh">Версия для слабовидящих</span>
            </a>
          )}
          {person ? <Person frame={frame} person={person} /> : <WayIn path={frame.path} />}
        </div>
      </div>
      {person?.regions ? <RegionChoice {...person.regions} /> : null}
    </header>
  )
}

/** What is opened every day stands in a row that scrolls on a phone; the rest under «Ещё», always in sight. */
function Sections({ sections }: Pick<Frame, 'sections'>) {
  const aside = sections.filter((section) => section.aside)
  const more = aside.length > 1 ? aside : []
  const current = more.find((section) => section.current)
  return (
    <nav class="mainnav" aria-label="Разделы">
      <ul>
        {sections
          .filter((section) => !more.includes(section))
          .map((section) => (
            <li key={section.href}>
              <SectionLink {...section} />
            </li>
          ))}
      </ul>
      {more.length > 0 ? (
        <details class="menu menu-end mainnav-more">
          <summary class={current ? 'is-current' : undefined}>
            <span>
              {/* Where one is, is said although the list is closed. */}
              Ещё{current ? <span class="vh">, открыт раздел «{current.text}»</span> : null}
            </span>
            <Icon name="down" />
          </summary>
          <ul class="menu-list">
            {more.map((section) => (
              <li key={section.href}>
                <SectionLink {...section} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </nav>
  )
}

const SectionLink = ({ text, href, current }: FrameSection) => (
  <a href={href} aria-current={current ? 'page' : undefined}>
    {text}
  </a>
)

type Person = NonNullable<Frame['person']>

/** Where an operator of several regions works: its name opens the others, without a script too. */
function RegionChoice({ chosen, own }: NonNullable<Person['regions']>) {
  const all = 'Все мои регионы'
  const named = own.find(({ code }) => code === chosen)?.name ?? all
  const items = [{ code: '', name: all }, ...own].filter(({ name }) => name !== named)
  return (
    <div class="top-in top-region">
      <Menu
        text={named}
        icon="flag"
        size="small"
        kind="quiet"
        items={items.map(({ code, name }) => ({
          text: name,
          post: frameAddresses.region,
          name: 'region',
          value: code,
        }))}
      />
    </div>
  )
}

function Person({ frame, person }: { frame: Frame; person: Person }) {
  return (
    <>
      <a class="tool" href={frameAddresses.messages} title="Мои сообщения">
        <Icon name="bell" />
        <span class="vh">Мои сообщения{frame.unread > 0 ? ', непрочитанных: ' : ''}</span>
        <Count value={frame.unread} tone="hot" />
      </a>
      <a class="person" href={frameAddresses.cabinet} title={person.fullName}>
        <span>
          <b>{person.name}</b>
          {person.organisation ? <small title={person.organisation}>{person.organisation}</small> : null}
        </span>
        <span class="face" aria-hidden="true">
          {person.initials}
        </span>
      </a>
    </>
  )
}

function WayIn({ path }: { path: string }) {
  if (path.startsWith(frameAddresses.signIn)) {
    return (
      <a class="btn btn-quiet" href={frameAddresses.home}>
        На главную
      </a>
    )
  }
  return (
    <a class="btn" href={frameAddresses.signIn}>
      <Icon name="user" />
      Личный кабинет
    </a>
  )
}

export function Footer({ frame }: { frame: Frame }) {
  return (
    <footer class="foot">
      <div class="foot-in">
        <a href={frameAddresses.guide}>Руководство пользователя</a>
        <a href={frameAddresses.support}>Техническая поддержка</a>
        <a href={visionAddress(frame, frame.vision ? 'off' : 'on')} rel="nofollow">
          {frame.vision ? 'Обычная версия' : 'Версия для слабовидящих'}
        </a>
        {frame.zone ? <span>Время на страницах: {frame.zone}</span> : null}
        <span>
          Кабинет {frame.version}
          {frame.stand ? ' · стенд, данные вымышлены' : ''}
        </span>
      </div>
    </footer>
  )
}

/** One choice of the version for the visually impaired: words that exclude each other, and what is written on the links. */
const visionChoices = [
  { name: 'Размер', words: { '': '100 %', 'size-150': '150 %', 'size-200': '200 %' } },
  { name: 'Цвета', words: { '': 'чёрным по белому', black: 'белым по чёрному', blue: 'синим по голубому' } },
  { name: 'Промежутки', words: { '': 'обычные', wide: 'широкие' } },
  { name: 'Картинки', words: { '': 'показывать', 'no-pictures': 'убрать' } },
] as const

/** At the top of the version for the visually impaired: its settings as links, the chosen one marked. */
export function VisionBar({ frame, words }: { frame: Frame; words: string }) {
  const chosen = words.split(' ')
  return (
    <nav class="vision-bar" aria-label="Версия для слабовидящих">
      {visionChoices.map(({ name, words: choices }) => {
        const known = Object.keys(choices)
        const rest = chosen.filter((word) => !known.includes(word))
        const current = chosen.find((word) => known.includes(word)) ?? ''
        return (
          <p key={name}>
            {name}:
            {Object.entries(choices).map(([word, text]) => (
              <a
                key={word}
                href={visionAddress(frame, [...rest, word].filter(Boolean).join(' '))}
                aria-current={word === current ? 'true' : undefined}
                rel="nofollow"
              >
                {text}
              </a>
            ))}
          </p>
        )
      })}
      <p>
        <a href={visionAddress(frame, 'off')} rel="nofollow">
          Обычная версия
        </a>
      </p>
    </nav>
  )
}

/** `/vision?set=on size-150&back=/reports`: keeps the words (`off` drops them) and returns. */
function visionAddress(frame: Frame, words: string): string {
  return `${frameAddresses.vision}?${new URLSearchParams({ set: words, back: frame.path })}`
}
