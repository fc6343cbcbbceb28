import { Card, type Frame, Page } from '../../../../web/kit/index.ts'
import { type Choice, pathOf } from './choice.ts'
import { LandingMast, updatedPhrase } from './landing-mast.tsx'
import { RegionsTable } from './regions-table.tsx'
import type { RoadmapSnapshot } from './snapshot.ts'

type Props = { frame: Frame; baseUrl: string; snapshot: RoadmapSnapshot; choice: Choice }

export function LandingPage({ frame, baseUrl, snapshot, choice }: Props) {
  const { roadmap } = snapshot
  return (
    <Page
      title={roadmap.shortTitle}
      heading={null}
      frame={frame}
      open={{ description: roadmap.purpose, address: `${baseUrl}${pathOf(snapshot)}` }}
      mast={<LandingMast snapshot={snapshot} />}
    >
      <Card title="Регионы" aside={updatedPhrase(snapshot)} flush>
        <RegionsTable snapshot={snapshot} choice={choice} />
      </Card>
    </Page>
  )
}
