import { roadmapsNotices, roadmapsPhrases } from './roadmaps/roadmaps.phrases.ts'

export const phrases = {
  ...roadmapsPhrases,
}

export const notices: Record<string, string> = {
  ...roadmapsNotices,
}
