/** What to do next with roadmaps: on the overview of one, and in the cabinet for all of them. */
import type { RoadmapToDo } from '../../../../contracts/roadmaps.ts'
import {
  Badge,
  Card,
  counted,
  EmptyState,
  formatDate,
  formatDue,
  List,
  ListItem,
  Muted,
  Stack,
} from '../../../../web/kit/index.ts'
import { periodName } from '../indicators/periods.ts'
import { measureForms } from '../plans/plan.words.ts'

export const remarkForms = ['замечание', 'замечания', 'замечаний'] as const

export const isNothing = ({ overdue, remarks, figures, confirming }: RoadmapToDo): boolean =>
  overdue.total + remarks.total + figures.total + confirming.first.length === 0

type ToDoProps = {
  toDo: RoadmapToDo
  /** How many one sees: of one alone its name need not be told. */
  regions: number
  /** Whether one enters figures oneself. */
  enters: boolean
}

export function ToDo({ toDo, regions, enters }: ToDoProps) {
  return (
    <Card title="Что сделать">
      {isNothing(toDo) ? (
        <EmptyState title="Всё сделано" icon="check">
          Просроченных мероприятий нет, показатели введены, на замечания ответили.
        </EmptyState>
      ) : (
        <ToDoLists toDo={toDo} regions={regions} enters={enters} />
      )}
    </Card>
  )
}

export function ToDoLists({ toDo, regions, enters }: ToDoProps) {
  const { overdue, remarks, figures, confirming } = toDo
  const named = (name: string) => (regions === 1 ? undefined : name)
  return (
    <Stack>
      {confirming.first.length > 0 ? (
        <List label="Показатели на подтверждении и к публикации">
          {confirming.first.map(({ roadmapId, period, periodicity, waiting, confirmed }) => (
            <ListItem
              key={`${roadmapId}${period}${periodicity}`}
              title={`Показатели за ${periodName(periodicity, period)}`}
              href={`/roadmaps/${roadmapId}/indicators/confirmation?${new URLSearchParams({ period, periodicity })}`}
              strong
              under={[
                waiting > 0 ? `ждут подтверждения: ${waiting}` : 'подтверждено всё, что введено',
                confirmed > 0 ? `подтверждены и не опубликованы: ${confirmed}` : undefined,
              ]}
            />
          ))}
        </List>
      ) : null}
      {figures.first.length > 0 ? (
        <List label="Показатели, которые не введены">
          {figures.first.map(({ roadmapId, region, regionName, period, periodicity, missing }) => (
            <ListItem
              key={`${roadmapId}${region}${period}${periodicity}`}
              title={`${enters ? 'Ввести' : 'Не введены'} показатели за ${periodName(periodicity, period)}`}
              href={`/roadmaps/${roadmapId}/indicators?${new URLSearchParams({ region, period, periodicity })}`}
              strong
              under={[named(regionName), `не введено: ${missing}`]}
            />
          ))}
        </List>
      ) : null}
      {remarks.first.length > 0 ? (
        <List label="Замечания к мероприятиям">
          {remarks.first.map(({ measureId, number, title, regionName, text }) => (
            <ListItem
              key={measureId + text}
              title={`${number}. ${title}`}
              href={`/measures/${measureId}`}
              under={[named(regionName), `замечание: ${shortened(text)}`]}
            />
          ))}
        </List>
      ) : null}
      {overdue.first.length > 0 ? (
        <List label="Просроченные мероприятия">
          {overdue.first.map(({ measureId, number, title, regionName, dueOn, days }) => (
            <ListItem
              key={measureId}
              title={`${number}. ${title}`}
              href={`/measures/${measureId}`}
              under={[named(regionName), `срок ${formatDate(dueOn)}`]}
              end={<Badge tone="bad" text={overdueWords(days)} />}
            />
          ))}
        </List>
      ) : null}
      {overdue.total > overdue.first.length ? (
        <Muted>{`Показаны первые ${overdue.first.length} из ${counted(overdue.total, measureForms)}, которые просрочены.`}</Muted>
      ) : null}
    </Stack>
  )
}

/** «просрочено на 3 дня». */
const overdueWords = (days: number): string => formatDue('2026-01-01', new Date(Date.UTC(2026, 0, 1 + days, 12)), 'UTC')

const shortened = (text: string): string => (text.length > 120 ? `${text.slice(0, 119).trimEnd()}…` : text)
