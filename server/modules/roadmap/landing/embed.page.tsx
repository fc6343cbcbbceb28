import { EmbedPage, type Frame } from '../../../../web/kit/index.ts'
import { addressOf, type Choice, pathOf } from './choice.ts'
import { FigureMap } from './region-map.tsx'
import type { RoadmapSnapshot } from './snapshot.ts'
import { periodOf, titleWithUnit, updatedPhrase } from './words.ts'

type Props = { frame: Frame; baseUrl: string; snapshot: RoadmapSnapshot; choice: Choice }

/** The map alone, for another site. */
export function RoadmapEmbed({ frame, baseUrl, snapshot, choice }: Props) {
  const { figure, period } = choice
  return (
    <EmbedPage
      title={[titleWithUnit(figure), periodOf(figure, period)].filter(Boolean).join(' · ')}
      lead={snapshot.roadmap.shortTitle}
      foot={updatedPhrase(snapshot)}
      whole={{ href: `${baseUrl}${addressOf(pathOf(snapshot), choice)}`, text: 'Открыть дорожную карту' }}
      frame={frame}
    >
      <FigureMap snapshot={snapshot} choice={choice} />
    </EmbedPage>
  )
}
