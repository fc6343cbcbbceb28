import { isOfPeriod } from './checks.ts'
import { formAsWritten, type ParsedControl } from './controls.ts'
import type { WaitingControl } from './form.types.ts'
import type { Reference } from './language/syntax.ts'
import type { SheetState } from './sheet.state.ts'

/** Controls that did not run because a report that they look into is not at hand, with what they lack. */
export function waitingControls(state: SheetState): WaitingControl[] {
  if (state.isBlank) return []
  return state.works.controls.flatMap((parsed): WaitingControl[] => {
    const lacking = parsed.references.filter((reference) => !isAtHand(reference, state))
    if (lacking.length === 0 || parsed.faults.length > 0 || !isOfPeriod(parsed, state)) return []
    const { id, name } = parsed.control
    return [{ control: id, name: name.trim() || `Контроль ${id}`, missing: reportsOf(lacking, parsed) }]
  })
}

const isAtHand = (reference: Reference, state: SheetState): boolean =>
  reference.form === undefined ? !reference.previous || state.previous !== undefined : state.hasReportOf(reference)

function reportsOf(references: readonly Reference[], parsed: ParsedControl): WaitingControl['missing'] {
  const found = new Map<string, WaitingControl['missing'][number]>()
  for (const { form, previous } of references)
    found.set(`${previous} ${form}`, {
      form: form === undefined ? null : formAsWritten(form, parsed.control),
      previous,
    })
  return [...found.values()]
}
