import type { ApplicationState } from '../../../contracts/applications.ts'
import { Badge, daysUntil, formatDue } from '../../../web/kit/index.ts'
import { stateNames } from './applications.phrases.ts'

type Shown = { state: ApplicationState; dueAt: Date }

/** The state as a word and a shape; `due` adds how long is left. */
export function StateBadge({ application, zone, due }: { application: Shown; zone: string; due?: boolean }) {
  const { state, dueAt } = application
  switch (state) {
    case 'waiting': {
      const now = new Date()
      const text = due ? `${stateNames.waiting}, ${formatDue(dueAt, now, zone)}` : stateNames.waiting
      return <Badge tone={daysUntil(dueAt, now, zone) <= 1 ? 'warn' : 'wait'} icon="clock" text={text} />
    }
    case 'unconfirmed':
    case 'asked':
      return <Badge tone="warn" icon="clock" text={stateNames[state]} />
    case 'granted':
      return <Badge tone="ok" text={stateNames.granted} />
    case 'refused':
      return <Badge tone="bad" text={stateNames.refused} />
    case 'withdrawn':
    case 'closed':
      return <Badge icon="turn" text={stateNames[state]} />
  }
}
