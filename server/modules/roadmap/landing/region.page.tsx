import {
  Badge,
  Card,
  type Column,
  type Frame,
  formatDate,
  Page,
  Section,
  Stack,
  Table,
} from '../../../../web/kit/index.ts'
import { measureStateNames, measureTones } from '../plans/states.ts'
import { pathOf } from './choice.ts'
import { updatedPhrase } from './landing-mast.tsx'
import type { MeasureSnapshot, RegionSnapshot, RoadmapSnapshot } from './snapshot.ts'

type Props = { frame: Frame; baseUrl: string; snapshot: RoadmapSnapshot; region: RegionSnapshot }

export function RegionPage({ frame, baseUrl, snapshot, region }: Props) {
  const { roadmap } = snapshot
  const path = pathOf(snapshot)
  return (
    <Page
      title={region.name}
      lead={updatedPhrase(snapshot)}
      frame={frame}
      crumbs={[{ text: 'Главная', href: '/' }, { text: roadmap.shortTitle, href: path }, { text: region.name }]}
      open={{
        description: `${region.name}: ход плана мероприятий и показатели. ${roadmap.title}`,
        address: `${baseUrl}${path}/regions/${region.code}`,
      }}
    >
      <Plan snapshot={snapshot} region={region} />
    </Page>
  )
}

function Plan({ snapshot, region }: Pick<Props, 'snapshot' | 'region'>) {
  const measures = snapshot.measures.get(region.code) ?? []
  return (
    <Section id="plan" title="План мероприятий">
      <Stack>
        {snapshot.sections.map(({ id, number, title }) => {
          const ofSection = measures.filter(({ sectionId }) => sectionId === id)
          return ofSection.length === 0 ? null : (
            <Card key={id} title={`${number}. ${title}`} flush>
              <Table
                label={`Мероприятия раздела ${number}`}
                rows={ofSection}
                rowKey={(measure) => measure.number}
                columns={measureColumns}
              />
            </Card>
          )
        })}
      </Stack>
    </Section>
  )
}

const measureColumns: Column<MeasureSnapshot>[] = [
  { key: 'title', title: 'Мероприятие', cell: ({ number, title }) => `${number} ${title}` },
  { key: 'term', title: 'Срок', unbroken: true, cell: ({ dueOn }) => formatDate(dueOn) },
  {
    key: 'state',
    title: 'Состояние',
    width: 'state',
    cell: ({ state }) => <Badge tone={measureTones[state]} text={measureStateNames[state]} />,
  },
]
