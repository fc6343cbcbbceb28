import type { CellsSaved } from '../../../contracts/reporting.ts'
import { errorsOf } from '../../kernel/errors/index.ts'
import { phrases } from './reporting.phrases.ts'

const error = errorsOf(phrases)

export const ReportNotOpen = error('report.not-open', 409)
export const ReportHasErrors = error('report.has-errors', 422)
export const WarningsUnexplained = error('report.unexplained', 422)
export const PullsChanged = error('report.pulls-changed', 422)
export const OtherPerson = error('report.other-person', 409)
export const ReasonMissing = error('report.reason-missing', 422)
export const TooManyFiles = error('report.too-many-files', 409)
export const WrongFile = error('report.wrong-file', 422)
export const FileMissing = error('report.file-missing', 422)
export const BadTemplate = error('form.bad-template', 422)
export const NoVersion = error('form.no-version', 409)
export const SameTemplate = error('form.same-template', 409)

const SomeCellsUnsaved = error('report.cells-unsaved', 422)

/** After a save by a page: what could be saved is saved, the rest is shown again. */
export class CellsUnsaved extends SomeCellsUnsaved {
  readonly unsaved: Pick<CellsSaved, 'refused' | 'conflicts'>

  constructor({ refused, conflicts }: Pick<CellsSaved, 'refused' | 'conflicts'>) {
    super({ count: refused.length + conflicts.length })
    this.unsaved = { refused, conflicts }
  }
}
