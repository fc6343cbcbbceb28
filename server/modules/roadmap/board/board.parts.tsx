/** The shared head of the board's pages. */
import { type Crumb, Stack, Tabs } from '../../../../web/kit/index.ts'
import type { Children } from '../../../../web/kit/types.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { RoadmapTabs, roadmapCrumbs } from '../roadmaps/roadmap.tabs.tsx'
import type { RoadmapRow } from '../roadmaps/roadmaps.queries.ts'

export type BoardPart = 'map' | 'late' | 'course' | 'comparison' | 'reminders'

const parts: readonly (readonly [BoardPart, text: string, address: string])[] = [
  ['map', 'Регионы и мероприятия', ''],
  ['late', 'Кто опаздывает и почему', '/late'],
  ['reminders', 'Напоминания', '/reminders'],
  ['course', 'Ход по месяцам', '/course'],
  ['comparison', 'Сравнение регионов', '/comparison'],
]

export const boardCrumbs = (roadmap: RoadmapRow, ...on: Crumb[]): Crumb[] =>
  roadmapCrumbs(roadmap, { text: 'Сводка', ...(on.length > 0 && { href: `/roadmaps/${roadmap.id}/board` }) }, ...on)

export const BoardHead = (props: {
  ctx: PageContext
  roadmap: RoadmapRow
  current?: BoardPart
  children: Children
}) => {
  const { ctx, roadmap, current, children } = props
  return (
    <Stack>
      <RoadmapTabs ctx={ctx} roadmap={roadmap} current="board" />
      <Tabs
        label="Части сводки"
        tabs={parts.map(([key, text, address]) => ({
          text,
          href: `/roadmaps/${roadmap.id}/board${address}`,
          current: key === current,
        }))}
      />
      {children}
    </Stack>
  )
}
