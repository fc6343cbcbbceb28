import { errorsOf } from '../../../../kernel/errors/index.ts'
import { progressPhrases } from './progress.phrases.ts'

const error = errorsOf(progressPhrases)

export const MeasureCancelled = error('measure.cancelled', 409)
export const ReportedMeanwhile = error('measure.reported-meanwhile', 409)
export const DoneInFuture = error('measure.done-in-future', 422)
export const DoneTooEarly = error('measure.done-too-early', 422)
export const DayMissing = error('measure.day-missing', 422)
export const EvidenceMissing = error('measure.evidence-missing', 422)
export const UnknownEvidence = error('measure.unknown-evidence', 422)
export const WrongEvidence = error('measure.wrong-file', 422)
export const LargeEvidence = error('measure.large-file', 422)
export const TooMuchEvidence = error('measure.too-many-files', 422)
export const ReportSettled = error('measure.report-settled', 409)
export const RemarkSettled = error('measure.remark-settled', 409)
