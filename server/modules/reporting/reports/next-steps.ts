/** What there is to do with reports, for the head of the cabinet. */
import { counted, formatDate, formatDue } from '../../../../web/kit/index.ts'
import type { NextStepFinder } from '../../../kernel/room.ts'
import { listDue, listWaiting } from './reports.queries.ts'
import { reportTitle, shownReport } from './reports.ts'

/** The report whose deadline is the nearest. */
const toFill: NextStepFinder = {
  order: 10,
  find: async (ctx) => {
    if (!ctx.grants.has('report.fill')) return undefined
    const [nearest] = await listDue(ctx.db, ctx.grants.scopes('report.fill'), 1)
    if (!nearest) return undefined
    const { id, deadline, formCipher, state } = nearest
    const term = `${formatDate(deadline, ctx.timeZone)}, ${formatDue(deadline, new Date(), ctx.timeZone)}`
    // «1-энергосбережение» must not part after its figure.
    const title = reportTitle(shownReport(nearest)).replace(/^(\d+)-/, '$1\u2011')
    return {
      told: `ближайший срок — ${term}: отчёт ${title}`,
      text: `${state === 'refused' ? 'Исправить' : 'Продолжить'} отчёт ${formCipher}`,
      href: `/reports/${id}`,
    }
  },
}

/** The report that has waited for a decision the longest. */
const toDecide: NextStepFinder = {
  order: 20,
  find: async (ctx) => {
    if (!ctx.grants.has('report.decide')) return undefined
    const [oldest] = await listWaiting(ctx.db, ctx.grants.scopes('report.decide'), ctx.account.id, 1)
    if (!oldest) return undefined
    const { id, waiting, formCipher } = oldest
    return waiting === 1
      ? { told: '1 отчёт ждёт вашего решения', text: `Проверить отчёт ${formCipher}`, href: `/reports/${id}` }
      : {
          told: `${counted(waiting, ['отчёт ждёт', 'отчёта ждут', 'отчётов ждут'])} вашего решения`,
          text: 'Проверить отчёты',
          href: '/reports?state=sent&sort=sent',
        }
  },
}

export const nextSteps: NextStepFinder[] = [toFill, toDecide]
