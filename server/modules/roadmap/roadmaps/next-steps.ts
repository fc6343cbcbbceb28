/** What there is to do with roadmaps, for the head of the cabinet. */
import { counted } from '../../../../web/kit/index.ts'
import type { NextStepFinder } from '../../../kernel/room.ts'
import { measureForms } from '../plans/plan.words.ts'
import { ownToDo } from './overview.ts'
import { remarkForms } from './to-do.card.tsx'

const overdue: NextStepFinder = {
  order: 30,
  find: async (ctx) => {
    if (!ctx.grants.has('roadmap.read')) return undefined
    const { total, first } = (await ownToDo(ctx)).overdue
    const [oldest] = first
    if (!oldest) return undefined
    return {
      told: `в дорожной карте просрочено ${counted(total, measureForms)}`,
      text: 'Открыть просроченное мероприятие',
      href: `/measures/${oldest.measureId}`,
    }
  },
}

const remarks: NextStepFinder = {
  order: 31,
  find: async (ctx) => {
    if (!ctx.grants.has('roadmap.read')) return undefined
    const { total, first } = (await ownToDo(ctx)).remarks
    const [oldest] = first
    if (!oldest) return undefined
    return {
      told: `${counted(total, remarkForms)} к мероприятиям ${total === 1 ? 'ждёт' : 'ждут'} вас`,
      text: 'Открыть замечание',
      href: `/measures/${oldest.measureId}`,
    }
  },
}

const figures: NextStepFinder = {
  order: 32,
  find: async (ctx) => {
    if (!ctx.grants.has('roadmap.read')) return undefined
    const [first] = (await ownToDo(ctx)).figures.first
    if (!first) return undefined
    const { roadmapId, region, period, periodicity } = first
    return {
      told: 'не введены показатели дорожной карты',
      text: 'Ввести показатели',
      href: `/roadmaps/${roadmapId}/indicators?${new URLSearchParams({ region, period, periodicity })}`,
    }
  },
}

const confirming: NextStepFinder = {
  order: 33,
  find: async (ctx) => {
    if (!ctx.grants.has('roadmap.coordinate')) return undefined
    const { total, first } = (await ownToDo(ctx)).confirming
    const waiting = first.find((one) => one.waiting > 0)
    if (!waiting) return undefined
    const { roadmapId, period, periodicity } = waiting
    return {
      told: `показатели регионов ждут подтверждения: ${total}`,
      text: 'Подтвердить показатели',
      href: `/roadmaps/${roadmapId}/indicators/confirmation?${new URLSearchParams({ period, periodicity })}`,
    }
  },
}

export const nextSteps: NextStepFinder[] = [overdue, remarks, figures, confirming]
