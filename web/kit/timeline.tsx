import { Icon, type IconName } from './icons.tsx'
import { tied } from './text.ts'
import type { Children } from './types.ts'

export interface Step {
  title: string
  state: 'done' | 'now' | 'next' | 'bad'
  /** when and who: «15.01.2027, 16:48 · Преображенская А. К.» */
  when?: Children
  /** what was said */
  quote?: string
  icon?: IconName
  /** anything more: links, files */
  more?: Children
}

const stepIcons: Record<Step['state'], IconName> = { done: 'check', now: 'clock', next: 'flag', bad: 'x' }
const stepWords: Record<Step['state'], string> = { done: 'сделано', now: 'сейчас', next: 'дальше', bad: 'отказ' }

/** The path of an application or a report: what was, where it stands, what comes. */
export function Timeline({ steps }: { steps: readonly Step[] }) {
  return (
    <ol class="timeline">
      {steps.map((step, index) => (
        <li key={index} data-state={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
          <Icon name={step.icon ?? stepIcons[step.state]} label={stepWords[step.state]} />
          <h3>{tied(step.title)}</h3>
          {step.when ? <p class="quiet">{tied(step.when)}</p> : null}
          {step.quote ? <p class="quote">{tied(step.quote)}</p> : null}
          {step.more}
        </li>
      ))}
    </ol>
  )
}
