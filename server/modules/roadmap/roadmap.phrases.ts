import { notices as indicatorsNotices, phrases as indicatorsPhrases } from './indicators/indicators.phrases.ts'
import { roadmapsNotices, roadmapsPhrases } from './roadmaps/roadmaps.phrases.ts'

export const phrases = {
  ...roadmapsPhrases,
  ...indicatorsPhrases,
}

export const notices: Record<string, string> = {
  ...roadmapsNotices,
  ...indicatorsNotices,
}
