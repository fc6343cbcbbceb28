import { errorsOf } from '../../../kernel/errors/index.ts'
import { decisionPhrases } from './decisions.phrases.ts'

const error = errorsOf(decisionPhrases)

export const ReportNotSent = error('report.not-sent', 409)
export const ReportNotReturnable = error('report.not-returnable', 409)
export const DecidedMeanwhile = error('report.decided-meanwhile', 409)
export const LevelNotNamed = error('report.level-not-named', 422)
export const LevelNotYours = error('report.level-not-yours', 403)
export const SecondLevel = error('report.second-level', 403)
export const RemarkNotYours = error('remark.not-yours', 409)
export const NoSuchCell = error('remark.no-cell', 422)
export const SignatureMissing = error('signature.missing', 422)
export const SignedOtherContent = error('signature.other-content', 422)
export const SignatureUnreadable = error('signature.unreadable', 422)
export const SignatureAttached = error('signature.attached', 422)
export const SignatureWrong = error('signature.wrong', 422)
export const SignatureAlgorithm = error('signature.algorithm', 422)
export const CertificateExpired = error('signature.expired', 422)
export const SignatureNotNeeded = error('signature.not-needed', 409)
export const HandoverUnfit = error('handover.unfit', 422)
export const HandoverDays = error('handover.days', 422)
export const HandoverNothing = error('handover.nothing', 422)
