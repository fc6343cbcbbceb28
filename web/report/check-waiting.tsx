import type { CheckOutcome } from '../../contracts/checks.ts'
import { counted } from '../kit/index.ts'

type WaitingControls = CheckOutcome['waiting']

/** Controls that could not run yet: told calmly below the results, for they are neither errors nor warnings. */
export function Waiting({ controls }: { controls: WaitingControls }) {
  if (controls.length === 0) return null
  return (
    <details class="card-foot quiet">
      <summary>{`Ещё не выполнялись: ${counted(controls.length, ['контроль', 'контроля', 'контролей'])} — нет отчётов, с которыми сравнивать`}</summary>
      <p>Это не ошибки. Когда такие отчёты появятся, контроли выполнятся при следующей проверке.</p>
      <ul class="waiting">
        {controls.map(({ control, name, missing }) => (
          <li key={control}>{`${name}: нет ${missing.map(reportWords).join(', ')}`}</li>
        ))}
      </ul>
    </details>
  )
}

const reportWords = ({ form, previous }: WaitingControls[number]['missing'][number]): string =>
  [form === null ? 'отчёта этой формы' : `отчёта ${form}`, ...(previous ? ['за прошлый период'] : [])].join(' ')
