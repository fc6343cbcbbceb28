import { z } from 'zod'
import {
  AccountAgreement,
  AccountDecision,
  AccountHistory,
  AccountsPage,
  AccountsQuery,
  AccountView,
  FactorResetAsked,
  FactorResetRequest,
  GrantToGive,
  InitialPassword,
  MadeAccount,
  NewManagedAccount,
  RightsView,
} from '../../../../contracts/accounts.ts'
import { routes } from '../../../kernel/http/index.ts'
import { giveGrant, revokeGrant } from '../grants/administration.ts'
import { approveAccount, refuseAccount } from './approvals.ts'
import { askFactorReset, consentToFactorReset, refuseFactorReset, viewFactorResets } from './factor-resets.ts'
import { makeAccount } from './making.ts'
import {
  blockAccount,
  endAccountSessions,
  issueTemporaryPassword,
  sendConfirmation,
  unblockAccount,
} from './management.ts'
import { viewAccount, viewAccountHistory, viewAccounts, viewRights } from './viewing.ts'

const manage = 'account.manage'

export const accountsRoutes = routes('/accounts')
  .get(
    '/',
    {
      needs: 'account.read',
      summary: 'Учётные записи, которые вам доступны',
      query: AccountsQuery,
      replies: AccountsPage,
    },
    async (ctx, _, query) => {
      const { rows, total } = await viewAccounts(ctx, query)
      return { accounts: rows, total, page: query.page }
    },
  )
  .post(
    '/',
    {
      needs: manage,
      summary: 'Завести учётную запись: временный пароль показывается один раз',
      body: NewManagedAccount,
      replies: MadeAccount,
      status: 201,
    },
    (ctx, _, made) => makeAccount(ctx, made),
  )
  .get('/{id}', { needs: 'account.read', summary: 'Учётная запись', replies: AccountView }, (ctx, { id }) =>
    viewAccount(ctx, id),
  )
  .get(
    '/{id}/history',
    { needs: 'account.read', summary: 'Что делали с учётной записью', replies: AccountHistory },
    (ctx, { id }) => viewAccountHistory(ctx, id),
  )
  .get(
    '/{id}/rights',
    { needs: 'account.read', summary: 'Что этот человек может и где', replies: RightsView },
    (ctx, { id }) => viewRights(ctx, id),
  )
  .put('/{id}/blocking', { needs: manage, summary: 'Закрыть', body: AccountDecision }, (ctx, { id }, decision) =>
    blockAccount(ctx, id, decision),
  )
  .put(
    '/{id}/unblocking',
    { needs: manage, summary: 'Открыть снова', body: AccountDecision },
    (ctx, { id }, decision) => unblockAccount(ctx, id, decision),
  )
  .put('/{id}/approval', { needs: manage, summary: 'Одобрить', body: AccountAgreement }, (ctx, { id }, { version }) =>
    approveAccount(ctx, id, version),
  )
  .put(
    '/{id}/approval-refusal',
    { needs: manage, summary: 'Отказать в доступе', body: AccountDecision },
    (ctx, { id }, decision) => refuseAccount(ctx, id, decision),
  )
  .delete('/{id}/sessions', { needs: manage, summary: 'Завершить все сеансы' }, async (ctx, { id }) => {
    await endAccountSessions(ctx, id)
  })
  .put(
    '/{id}/temporary-password',
    {
      needs: manage,
      summary: 'Выдать временный пароль: показывается один раз',
      body: AccountAgreement,
      replies: InitialPassword,
    },
    (ctx, { id }, { version }) => issueTemporaryPassword(ctx, id, version),
  )
  .post('/{id}/confirmation-letter', { needs: manage, summary: 'Отправить письмо со ссылкой ещё раз' }, (ctx, { id }) =>
    sendConfirmation(ctx, id),
  )
  .post(
    '/{id}/factor-resets',
    {
      needs: 'factor.reset',
      summary: 'Попросить снять второй фактор',
      body: FactorResetRequest,
      replies: z.object({ id: z.uuid() }),
      status: 201,
    },
    (ctx, { id }, { reason }) => askFactorReset(ctx, id, reason),
  )
  .post('/{id}/grants', { needs: 'grant.give', summary: 'Дать роль', body: GrantToGive }, (ctx, { id }, given) =>
    giveGrant(ctx, id, given),
  )
  .delete('/{id}/grants/{grantId}', { needs: 'grant.give', summary: 'Отозвать роль' }, (ctx, { id, grantId }) =>
    revokeGrant(ctx, id, grantId),
  )

export const factorResetsRoutes = routes('/factor-resets')
  .get(
    '/',
    { needs: 'factor.reset', summary: 'Просьбы снять второй фактор', replies: z.array(FactorResetAsked) },
    (ctx) => viewFactorResets(ctx),
  )
  .put(
    '/{id}/consent',
    { needs: 'factor.reset', summary: 'Согласиться: второй фактор снимается' },
    async (ctx, { id }) => {
      await consentToFactorReset(ctx, id)
    },
  )
  .put('/{id}/refusal', { needs: 'factor.reset', summary: 'Отказать: второй фактор остаётся' }, async (ctx, { id }) => {
    await refuseFactorReset(ctx, id)
  })
