import { errorsOf } from '../../../kernel/errors/index.ts'
import { roadmapsPhrases } from './roadmaps.phrases.ts'

const error = errorsOf(roadmapsPhrases)

export const CodeTaken = error('roadmap.taken-code', 409)
export const TermBeforeStart = error('roadmap.term-before-start', 422)
export const RoadmapNotReady = error('roadmap.not-ready', 409)
export const RoadmapPublishedAlready = error('roadmap.published-already', 409)
export const RoadmapNotPublished = error('roadmap.not-published', 409)
export const RegionsUnknown = error('roadmap.regions-unknown', 422)
export const RegionsWithFacts = error('roadmap.regions-with-facts', 409)
export const SectionWithMeasures = error('roadmap.section-with-measures', 409)
export const SectionWithIndicators = error('roadmap.section-with-indicators', 409)
