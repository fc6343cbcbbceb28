/** The roadmap's parts of other pages: what waits for one in the cabinet, an organisation's measures on its page. */
import { Badge, Card, formatDate, List, ListItem, Muted } from '../../../../web/kit/index.ts'
import type { CabinetBlock, OrganisationBlock } from '../../../kernel/room.ts'
import { measureStateNames, measureTones } from '../plans/states.ts'
import { countMeasuresOf, listMeasuresOf } from './organisation.queries.ts'
import { ownToDo } from './overview.ts'
import { reachOf } from './reach.ts'
import { isNothing, ToDoLists } from './to-do.card.tsx'

/** Nothing when nothing waits: the cabinet is not only about roadmaps. */
export const toDoBlock: CabinetBlock = {
  place: 'main',
  order: 12,
  render: async (ctx) => {
    if (!ctx.grants.has('roadmap.read')) return null
    const toDo = await ownToDo(ctx)
    if (isNothing(toDo)) return null
    return (
      <Card title="Дорожная карта" aside={<a href="/roadmaps">Открыть</a>}>
        <ToDoLists toDo={toDo} regions={ctx.signedIn.regions.own.length} enters />
      </Card>
    )
  },
}

const shortest = 20

/** Measures that an organisation answers for, of the regions and sections that the reader sees. */
export const organisationBlock: OrganisationBlock = {
  order: 14,
  render: async (ctx, organisationId) => {
    if (!ctx.grants.has('roadmap.read')) return null
    const reach = await reachOf(ctx, { sections: 'roadmap.read', indicators: 'roadmap.read' })
    const { measures, total } = await listMeasuresOf(ctx.db, organisationId, reach, shortest)
    if (total === 0) return null
    return (
      <Card title="Мероприятия дорожной карты">
        <List label="Мероприятия, за которые отвечает организация">
          {measures.map(({ id, number, title, regionName, roadmap, dueOn, state }) => (
            <ListItem
              key={id}
              title={`${number}. ${title}`}
              href={`/measures/${id}`}
              under={[roadmap, regionName, `срок ${formatDate(dueOn)}`]}
              end={<Badge tone={measureTones[state]} text={measureStateNames[state]} />}
            />
          ))}
        </List>
        {total > measures.length ? <Muted>{`Показаны ближайшие ${measures.length} из ${total}.`}</Muted> : null}
      </Card>
    )
  },
}

/** Said before an organisation is closed. */
export async function organisationTies(...[db, organisationId]: Parameters<typeof countMeasuresOf>): Promise<string[]> {
  const { open, shared } = await countMeasuresOf(db, organisationId)
  return [
    ...(open > 0 ? [`Отвечает за незавершённые мероприятия дорожной карты: ${open}`] : []),
    ...(shared > 0 ? [`Соисполнитель незавершённых мероприятий дорожной карты: ${shared}`] : []),
  ]
}
