import type { CampaignState, LeftOutReason } from '../../../../contracts/campaigns.ts'
import type { Tone } from '../../../../web/kit/types.ts'

export const phrases = {
  'campaign.exists': ({ title }: { title: string }) =>
    `Эти организации уже отчитываются по этой форме за этот период: сбор «${title}». Измените его вместо нового.`,
  'campaign.nobody': 'Под правила не подходит ни одна организация: собирать отчёты не от кого. Измените круг.',
  'campaign.not-draft': 'Сбор уже открыт. Обновите страницу, чтобы увидеть его ход.',
  'campaign.not-open': 'Этот сбор сейчас не открыт. Обновите страницу, чтобы увидеть, что с ним стало.',
  'campaign.changed':
    'Пока вы меняли сбор, его изменил кто-то ещё. Ничего не сохранено: откройте сбор снова и повторите изменения.',
  'campaign.organisations-unknown': ({ numbers }: { numbers: string }) =>
    `Нет таких организаций среди доступных вам: ИНН ${numbers}. Проверьте номера.`,
  'campaign.successor-exists': 'Сбор за следующий период уже есть: найдите его в списке сборов.',
  'extension.too-early': ({ organisation, term }: { organisation: string; term: string }) =>
    `Новый срок не позже действующего: у «${organisation}» срок до ${term}. Выберите день после него.`,
  'extension.not-needed': 'Отчёт уже отправлен или принят: продлевать срок не нужно.',
  'substitution.unfit':
    'Замещать может сотрудник, прикреплённый к этой организации, и не сам себя. Сначала прикрепите его.',
  'substitution.away':
    'Этого ответственного в эти дни уже замещают. Закончите прежнее замещение раньше или выберите другие дни.',
  'substitution.days': 'Последний день замещения раньше первого или уже прошёл. Исправьте дни.',
}

export const notices = {
  'campaign.opened': 'Сбор открыт, организации увидят отчёт в своём кабинете',
  'campaign.saved': 'Изменения сбора сохранены',
  'campaign.drafted': 'Черновик сбора сохранён. Организации узнают о сборе, когда вы его откроете',
  'campaign.scheduled': 'Сбор откроется сам в назначенный день',
  'campaign.closed': 'Сбор закрыт. Отчёты, которые не сданы, остались в нём и видны как просроченные',
  'campaign.deleted': 'Черновик удалён',
  'extension.given': 'Срок продлён, организации получат сообщение',
  'substitution.ended': 'Замещение закончено',
  'substitution.set': 'Замещение назначено. Оно закончится само после последнего дня',
}

export const campaignStateNames: Record<CampaignState, string> = {
  draft: 'Черновик',
  scheduled: 'Откроется сам',
  open: 'Идёт',
  closed: 'Закрыт',
}

export const campaignTones: Record<CampaignState, Tone | undefined> = {
  draft: undefined,
  scheduled: 'wait',
  open: 'ok',
  closed: undefined,
}

export const leftOutWords: Record<LeftOutReason, string> = {
  closed: 'организация прекратила деятельность',
  excepted: 'исключена списком',
  elsewhere: 'уже отчитывается за этот период в другом сборе',
}

export const organisationForms = ['организация', 'организации', 'организаций'] as const
export const reportForms = ['отчёт', 'отчёта', 'отчётов'] as const
