import { boardNotices } from './board/board.phrases.ts'
import { notices as indicatorsNotices, phrases as indicatorsPhrases } from './indicators/indicators.phrases.ts'
import { planExchangeNotices, planExchangePhrases } from './plans/exchange/exchange.phrases.ts'
import { plansNotices, plansPhrases } from './plans/plans.phrases.ts'
import { progressNotices, progressPhrases } from './plans/progress/progress.phrases.ts'
import { roadmapsNotices, roadmapsPhrases } from './roadmaps/roadmaps.phrases.ts'

export const phrases = {
  ...roadmapsPhrases,
  ...indicatorsPhrases,
  ...plansPhrases,
  ...progressPhrases,
  ...planExchangePhrases,
}

export const notices: Record<string, string> = {
  ...roadmapsNotices,
  ...indicatorsNotices,
  ...plansNotices,
  ...boardNotices,
  ...progressNotices,
  ...planExchangeNotices,
}
