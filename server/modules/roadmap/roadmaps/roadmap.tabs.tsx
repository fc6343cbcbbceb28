/** The shared head of a roadmap's pages: where they stand, its tabs, and the choice of a region. */
import { type Crumb, FilterSelect, Filters, type Tab, Tabs } from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { placeOfCountry } from './roadmaps.access.ts'
import type { RoadmapRow } from './roadmaps.queries.ts'

/** In the place of a region: the plan that regions' plans are spread from. */
export const templateChoice = 'template'

export type RoadmapTab = 'overview' | 'plan' | 'indicators' | 'board' | 'settings'
type Titled = Pick<RoadmapRow, 'id' | 'shortTitle'>

/** From the cabinet to the roadmap and on; the last one is the page itself. */
export const roadmapCrumbs = ({ id, shortTitle }: Titled, ...on: Crumb[]): Crumb[] => [
  { text: 'Мой профиль', href: '/cabinet' },
  { text: 'Дорожные карты', href: '/roadmaps' },
  { text: shortTitle, href: `/roadmaps/${id}` },
  ...on,
]

/** @param region the one that is looked at: the next tab opens on it too */
export function RoadmapTabs(props: { ctx: PageContext; roadmap: Titled; current: RoadmapTab; region?: string }) {
  const { ctx, roadmap, current, region } = props
  const manages = ctx.grants.allow('roadmap.manage', placeOfCountry)
  const tab = (key: RoadmapTab, text: string, address: string): Tab => ({
    text,
    href: `/roadmaps/${roadmap.id}${address}`,
    current: key === current,
  })
  const ofRegion = region === undefined ? '' : `?${new URLSearchParams({ region })}`
  return (
    <Tabs
      label="Разделы дорожной карты"
      tabs={[
        tab('overview', 'Обзор', ''),
        tab('plan', 'План мероприятий', `/plan${ofRegion}`),
        // The template has no figures.
        tab('indicators', 'Показатели', `/indicators${region === templateChoice ? '' : ofRegion}`),
        ...(ctx.grants.has('roadmap.coordinate') ? [tab('board', 'Сводка', '/board')] : []),
        ...(manages ? [tab('settings', 'Настройки', '/settings')] : []),
      ]}
    />
  )
}

type Region = { code: string; name: string }

/** Which region a page opens on: the one asked for, else the one chosen in the corner, else the first. */
export const regionToShow = (
  ctx: Pick<PageContext, 'signedIn'>,
  regions: readonly Region[],
  asked?: string,
): Region | undefined =>
  asked === undefined
    ? (regions.find(({ code }) => code === ctx.signedIn.regions.chosen) ?? regions[0])
    : regions.find(({ code }) => code === asked)

export type RegionChoiceProps = {
  /** The page itself: the choice comes back to it as `region=`. */
  action: string
  regions: readonly Region[]
  chosen?: string
  /** What of the address outlives the choice: the period, the filter. */
  keep?: Readonly<Record<string, string | undefined>>
  /** The words of the choice of no region, such as «Вся страна». */
  none?: string
  /** Offers `region=template` too: the plan that regions' plans are spread from. */
  template?: boolean
}

/** Nothing for those who have one region and nothing else to choose. */
export function RegionChoice({ action, regions, chosen, keep, none, template }: RegionChoiceProps) {
  if (regions.length < 2 && none === undefined && !template) return null
  const options = regions.map(({ code, name }) => ({ value: code, text: name }))
  return (
    <Filters label="Выбор региона" action={action} keep={keep} submit="Показать">
      <FilterSelect
        name="region"
        label="Регион"
        options={template ? [{ value: templateChoice, text: 'Шаблон плана' }, ...options] : options}
        value={chosen}
        empty={none}
      />
    </Filters>
  )
}
