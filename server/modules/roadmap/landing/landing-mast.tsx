import { formatDate, formatNumber, Masthead, plural } from '../../../../web/kit/index.ts'
import { hoursLeft } from './hours.ts'
import { percentOf } from './map-figures.ts'
import type { RoadmapSnapshot } from './snapshot.ts'

/** The title, the course of the plan, and four figures of the whole country. */
export function LandingMast({ snapshot }: { snapshot: RoadmapSnapshot }) {
  const { roadmap, progress } = snapshot
  const { title, purpose, deadline, timeZone } = roadmap
  return (
    <Masthead
      title={title}
      lead={purpose}
      progress={{
        value: progress.done,
        max: Math.max(1, progress.all),
        text: `Выполнено ${percentOf(progress) ?? 0} % плана`,
        end: `срок — ${formatDate(deadline, timeZone)}`,
      }}
      figures={figuresOf(snapshot)}
    />
  )
}

function figuresOf({ roadmap, progress, peopleInvolved, peopleWorking }: RoadmapSnapshot) {
  const hours = hoursLeft(roadmap)
  const { done, all } = progress
  return [
    {
      value: hours,
      text: plural(hours, ['рабочий час остался', 'рабочих часа осталось', 'рабочих часов осталось']),
    },
    peopleInvolved === null
      ? { value: '—', text: 'число вовлечённых в проект ещё не опубликовано' }
      : {
          value: formatNumber(peopleInvolved),
          text: plural(Number(peopleInvolved), [
            'человек вовлечён в проект',
            'человека вовлечено в проект',
            'человек вовлечено в проект',
          ]),
        },
    {
      value: peopleWorking,
      text: plural(peopleWorking, [
        'человек работает над проектом',
        'человека работают над проектом',
        'человек работают над проектом',
      ]),
    },
    {
      value: done,
      text: `${plural(done, ['мероприятие выполнено', 'мероприятия выполнено', 'мероприятий выполнено'])} из ${formatNumber(all)}`,
    },
  ]
}
