import {
  AccountAgreement,
  AccountDecision,
  AccountsQuery,
  FactorResetRequest,
  NewManagedAccountForm,
} from '../../../../contracts/accounts.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { listRegionsWithin } from '../grants/administration.queries.ts'
import { AccountPage } from './account.page.tsx'
import { accountName } from './account.ts'
import { approveAccount, refuseAccount } from './approvals.ts'
import { type Deed, DeedPage } from './deed.page.tsx'
import { FactorResetsPage } from './factor-resets.page.tsx'
import { askFactorReset, consentToFactorReset, refuseFactorReset, viewFactorResets } from './factor-resets.ts'
import { AccountsListPage } from './list.page.tsx'
import { makeAccount } from './making.ts'
import {
  blockAccount,
  endAccountSessions,
  issueTemporaryPassword,
  sendConfirmation,
  unblockAccount,
} from './management.ts'
import { NewAccountPage, PasswordShownPage } from './new-account.page.tsx'
import { revocable, viewAccount, viewAccountHistory, viewAccounts } from './viewing.ts'

const needs = 'account.manage'

export const accountsPages = pages('/accounts')
  .get('/', { needs: 'account.read', query: AccountsQuery }, async (ctx, _, query) => (
    <AccountsListPage ctx={ctx} query={query} found={await viewAccounts(ctx, query)} />
  ))
  .get('/new', { needs }, async (ctx) => <NewAccountPage ctx={ctx} regions={await regionsFor(ctx)} />)
  .post(
    '/new',
    {
      needs,
      form: NewManagedAccountForm,
      again: async (ctx, _, failure) => <NewAccountPage ctx={ctx} regions={await regionsFor(ctx)} failure={failure} />,
    },
    async (ctx, _, made) => {
      const { id, initialPassword } = await makeAccount(ctx, made)
      const shown = { id, fullName: accountName(made), email: made.email, shown: initialPassword }
      return <PasswordShownPage ctx={ctx} {...shown} made />
    },
  )
  .get('/factor-resets', { needs: 'factor.reset' }, async (ctx) => (
    <FactorResetsPage ctx={ctx} waiting={await viewFactorResets(ctx)} />
  ))
  .get('/{id}', { needs: 'account.read' }, async (ctx, { id }) => {
    const account = await viewAccount(ctx, id)
    const history = await viewAccountHistory(ctx, id)
    return <AccountPage ctx={ctx} account={account} history={history} revocable={revocable(ctx, account)} />
  })
  .get('/{id}/blocking', { needs }, (ctx, { id }) => asked(ctx, id, 'blocking'))
  .post(
    '/{id}/blocking',
    { needs, form: AccountDecision, again: againOf('blocking') },
    async (ctx, { id }, decision) => {
      await blockAccount(ctx, id, decision)
      return seeOther(`/accounts/${id}`, 'accounts.blocked')
    },
  )
  .get('/{id}/unblocking', { needs }, (ctx, { id }) => asked(ctx, id, 'unblocking'))
  .post(
    '/{id}/unblocking',
    { needs, form: AccountDecision, again: againOf('unblocking') },
    async (ctx, { id }, decision) => {
      await unblockAccount(ctx, id, decision)
      return seeOther(`/accounts/${id}`, 'accounts.unblocked')
    },
  )
  .post('/{id}/approval', { needs, form: AccountAgreement }, async (ctx, { id }, { version }) => {
    await approveAccount(ctx, id, version)
    return seeOther(`/accounts/${id}`, 'accounts.approved')
  })
  .get('/{id}/approval-refusal', { needs }, (ctx, { id }) => asked(ctx, id, 'approval-refusal'))
  .post(
    '/{id}/approval-refusal',
    { needs, form: AccountDecision, again: againOf('approval-refusal') },
    async (ctx, { id }, decision) => {
      await refuseAccount(ctx, id, decision)
      return seeOther(`/accounts/${id}`, 'accounts.approval-refused')
    },
  )
  .post('/{id}/sessions/end', { needs }, async (ctx, { id }) => {
    await endAccountSessions(ctx, id)
    return seeOther(`/accounts/${id}`, 'accounts.sessions-ended')
  })
  .post('/{id}/confirmation-letter', { needs }, async (ctx, { id }) => {
    await sendConfirmation(ctx, id)
    return seeOther(`/accounts/${id}`, 'accounts.letter-sent')
  })
  .get('/{id}/temporary-password', { needs }, (ctx, { id }) => asked(ctx, id, 'temporary-password'))
  .post(
    '/{id}/temporary-password',
    { needs, form: AccountAgreement, again: againOf('temporary-password') },
    async (ctx, { id }, { version }) => {
      const shown = await issueTemporaryPassword(ctx, id, version)
      const account = await viewAccount(ctx, id)
      const told = { id, fullName: accountName(account), email: account.email, shown }
      return <PasswordShownPage ctx={ctx} {...told} made={false} />
    },
  )
  .get('/{id}/factor-reset', { needs: 'factor.reset' }, (ctx, { id }) => asked(ctx, id, 'factor-reset'))
  .post(
    '/{id}/factor-reset',
    { needs: 'factor.reset', form: FactorResetRequest, again: againOf('factor-reset') },
    async (ctx, { id }, { reason }) => {
      await askFactorReset(ctx, id, reason)
      return seeOther(`/accounts/${id}`, 'accounts.factor-asked')
    },
  )
  .post('/factor-resets/{id}/consent', { needs: 'factor.reset' }, async (ctx, { id }) => {
    const { accountId } = await consentToFactorReset(ctx, id)
    return seeOther(`/accounts/${accountId}`, 'accounts.factor-removed')
  })
  .post('/factor-resets/{id}/refusal', { needs: 'factor.reset' }, async (ctx, { id }) => {
    const { accountId } = await refuseFactorReset(ctx, id)
    return seeOther(`/accounts/${accountId}`, 'accounts.factor-kept')
  })

/** Where one makes accounts: the regions of one's own, or all of them. */
const regionsFor = (ctx: PageContext) => listRegionsWithin(ctx.db, ctx.grants.scopes('account.manage'))

const asked = async (ctx: PageContext, id: string, deed: Deed, failure?: FormFailure) => (
  <DeedPage ctx={ctx} account={await viewAccount(ctx, id)} deed={deed} failure={failure} />
)

/** After a refusal the page has the newest version: what another has done meanwhile was told above the form. */
function againOf(deed: Deed) {
  return (ctx: PageContext, { id }: { id: string }, failure: FormFailure) => asked(ctx, id, deed, failure)
}
