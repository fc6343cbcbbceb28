import {
  HelperDeeds,
  HelperDeedsQuery,
  HelperLimits,
  HelpersView,
  HelperView,
  NewHelper,
  SentInvitation,
} from '../../../../contracts/helpers.ts'
import { routes } from '../../../kernel/http/index.ts'
import { sendInvitationAgain, withdrawOwnInvitation } from '../invitations/invitations.ts'
import {
  inviteHelper,
  limitHelper,
  removeHelper,
  resumeHelper,
  suspendHelper,
  viewHelper,
  viewHelperDeeds,
  viewHelpers,
} from './helpers.ts'

const needs = 'helper.manage'

export const helpersRoutes = routes('/helpers')
  .get('/', { needs, summary: 'Мои помощники и приглашения', replies: HelpersView }, (ctx) => viewHelpers(ctx))
  .post(
    '/',
    { needs, summary: 'Пригласить помощника', body: NewHelper, replies: SentInvitation, status: 201 },
    async (ctx, _, helper) => ({ id: await inviteHelper(ctx, helper) }),
  )
  .put('/invitations/{id}/letter', { needs, summary: 'Отправить приглашение ещё раз' }, (ctx, { id }) =>
    sendInvitationAgain(ctx, id),
  )
  .delete('/invitations/{id}', { needs, summary: 'Отозвать приглашение' }, (ctx, { id }) =>
    withdrawOwnInvitation(ctx, id),
  )
  .get('/{id}', { needs, summary: 'Помощник', replies: HelperView }, (ctx, { id }) => viewHelper(ctx, id))
  .get(
    '/{id}/deeds',
    { needs, summary: 'Что помощник сделал от вашего имени', query: HelperDeedsQuery, replies: HelperDeeds },
    (ctx, { id }, { before }) => viewHelperDeeds(ctx, id, before),
  )
  .put(
    '/{id}/limits',
    { needs, summary: 'Изменить права помощника', body: HelperLimits, replies: HelperView },
    async (ctx, { id }, limits) => {
      await limitHelper(ctx, id, limits)
      return viewHelper(ctx, id)
    },
  )
  .put('/{id}/suspension', { needs, summary: 'Приостановить помощника' }, (ctx, { id }) => suspendHelper(ctx, id))
  .delete('/{id}/suspension', { needs, summary: 'Возобновить работу помощника' }, (ctx, { id }) =>
    resumeHelper(ctx, id),
  )
  .delete('/{id}', { needs, summary: 'Убрать помощника' }, (ctx, { id }) => removeHelper(ctx, id))
