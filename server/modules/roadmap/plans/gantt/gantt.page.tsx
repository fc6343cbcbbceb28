import { z } from 'zod'
import { RegionCode } from '../../../../../contracts/roadmaps.ts'
import {
  Card,
  CardPart,
  type Column,
  Disclosure,
  EmptyState,
  formatDate,
  Gantt,
  type GanttGroup,
  LinkButton,
  Page,
  Row,
  Stack,
  Table,
} from '../../../../../web/kit/index.ts'
import { dayIn } from '../../../../kernel/calendar/index.ts'
import { NotFound } from '../../../../kernel/errors/index.ts'
import { type PageContext, pages } from '../../../../kernel/http/index.ts'
import { RegionChoice, RoadmapTabs, regionToShow, roadmapCrumbs, templateChoice } from '../../roadmaps/roadmap.tabs.tsx'
import { accessRoadmap, listOwnRegions, placeOfCountry, placeOfRegion } from '../../roadmaps/roadmaps.access.ts'
import { listSections, type RoadmapRow, type SectionRow } from '../../roadmaps/roadmaps.queries.ts'
import { measureStateNames, measureTones } from '../states.ts'
import { type DrawnMeasure, listDrawnMeasures } from './gantt.queries.ts'

const GanttQuery = z.object({ region: RegionCode.optional().catch(undefined) })

export const ganttPages = pages('/roadmaps').get(
  '/{id}/plan/gantt',
  { needs: 'roadmap.read', query: GanttQuery },
  async (ctx, { id }, { region }) => {
    const roadmap = await accessRoadmap(ctx.db, ctx, id)
    const regions = await listOwnRegions(ctx.db, ctx, id)
    const seesTemplate = ctx.grants.allow('roadmap.read', placeOfCountry)
    const template = seesTemplate && region === templateChoice
    const chosen = template ? undefined : regionToShow(ctx, regions, region)
    if (!template && !chosen) throw new NotFound({ what: 'region' })
    const today = dayIn(new Date(), roadmap.timeZone)
    const [sections, measures] = await Promise.all([
      listSections(ctx.db, id),
      listDrawnMeasures(ctx.db, id, chosen?.code ?? null, today),
    ])
    const seen = chosen
      ? measures.filter(({ sectionId }) =>
          ctx.grants.allow('roadmap.read', placeOfRegion(chosen.code, `section:${sectionId}`)),
        )
      : measures
    return <GanttPage {...{ ctx, roadmap, regions, chosen, seesTemplate, today, sections }} measures={seen} />
  },
)

type Props = {
  ctx: PageContext
  roadmap: RoadmapRow
  regions: { code: string; name: string }[]
  /** undefined: the template */
  chosen: { code: string; name: string } | undefined
  seesTemplate: boolean
  today: string
  sections: SectionRow[]
  measures: DrawnMeasure[]
}

function GanttPage({ ctx, roadmap, regions, chosen, seesTemplate, today, sections, measures }: Props) {
  const plan = `/roadmaps/${roadmap.id}/plan`
  const region = chosen?.code ?? templateChoice
  const deadline = dayIn(roadmap.deadline, roadmap.timeZone)
  const groups = groupsOf(sections, measures, chosen === undefined)
  return (
    <Page
      title="Диаграмма Ганта"
      frame={ctx.frame}
      crumbs={roadmapCrumbs(
        roadmap,
        { text: 'План мероприятий', href: `${plan}?${new URLSearchParams({ region })}` },
        { text: 'Диаграмма' },
      )}
      help={{ href: '/guide/dorozhnaya-karta', text: 'план мероприятий' }}
      lead={chosen ? `${chosen.name}: мероприятия по срокам.` : 'Шаблон плана: мероприятия по срокам.'}
      wide
    >
      <Stack>
        <RoadmapTabs ctx={ctx} roadmap={roadmap} current="plan" region={region} />
        <Card flush>
          <RegionChoice action={`${plan}/gantt`} regions={regions} chosen={region} template={seesTemplate} />
          {measures.length === 0 ? (
            <EmptyState title="Мероприятий пока нет" icon="table">
              Они появятся на диаграмме, как только их внесут в план.
            </EmptyState>
          ) : (
            <>
              <Gantt
                label="Мероприятия по срокам"
                groups={groups}
                today={today}
                deadline={{ day: deadline, text: `срок дорожной карты, ${formatDate(deadline)}` }}
              />
              <CardPart>
                <Disclosure title="То же таблицей">
                  <Table
                    label="Сроки мероприятий"
                    rows={groups.flatMap(({ bars }) => [...bars])}
                    rowKey={({ id }) => id}
                    columns={columnsOf(groups)}
                  />
                </Disclosure>
              </CardPart>
            </>
          )}
          <CardPart>
            <Row>
              <LinkButton href={`${plan}?${new URLSearchParams({ region })}`} icon="table">
                К списку мероприятий
              </LinkButton>
            </Row>
          </CardPart>
        </Card>
      </Stack>
    </Page>
  )
}

function groupsOf(sections: readonly SectionRow[], measures: readonly DrawnMeasure[], template: boolean): GanttGroup[] {
  const bySection = Map.groupBy(measures, ({ sectionId }) => sectionId)
  return sections.map(({ id, number, title }) => ({
    title: `${number}. ${title}`,
    bars: (bySection.get(id) ?? []).map((measure) => {
      // The template is a plan alone: nothing of it is done or late.
      const state = template && measure.state !== 'cancelled' ? 'planned' : measure.state
      return {
        ...measure,
        href: `/measures/${measure.id}`,
        state,
        stateText: template && state === 'planned' ? 'Шаблон' : measureStateNames[state],
        ...(measureTones[state] && { tone: measureTones[state] }),
      }
    }),
  }))
}

function columnsOf(groups: readonly GanttGroup[]): Column<GanttGroup['bars'][number]>[] {
  const numbers = new Map(groups.flatMap(({ bars }) => bars.map(({ id, number }) => [id, number] as const)))
  return [
    {
      key: 'title',
      title: 'Мероприятие',
      cell: ({ href, number, title }) => (
        <a href={href}>
          {number} {title}
        </a>
      ),
    },
    {
      key: 'from',
      title: 'Начало',
      unbroken: true,
      cell: ({ startsOn }) => (startsOn ? formatDate(startsOn) : null),
    },
    { key: 'due', title: 'Срок', unbroken: true, cell: ({ dueOn }) => formatDate(dueOn) },
    { key: 'done', title: 'Выполнено', unbroken: true, cell: ({ doneOn }) => (doneOn ? formatDate(doneOn) : null) },
    { key: 'percent', title: 'Сделано', numeric: true, cell: ({ percent }) => `${percent} %` },
    { key: 'state', title: 'Состояние', cell: ({ stateText }) => stateText },
    {
      key: 'after',
      title: 'После каких',
      cell: ({ after }) => after.flatMap((id) => numbers.get(id) ?? []).join(', ') || null,
    },
  ]
}
