/** Setting up the first factor on the way in, where one is demanded. */
import { z } from 'zod'
import { type AddedFactor, FirstCode } from '../../../../contracts/second-factor.ts'
import { Page } from '../../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { afterStep, stepPages } from '../steps/pages.ts'
import { beginAuthenticator, confirmAuthenticator, viewAuthenticatorSetUp } from './authenticator.ts'
import { AuthenticatorCard, RecoveryCodesPage, SmsCard } from './set-up.parts.tsx'
import { beginSmsCodes, confirmSmsCodes } from './sms.ts'
import { Next, setUpFailed } from './step.pages.tsx'
import { viewStep } from './step.ts'

const root = stepPages['second-factor']
const onTheWay = { needs: 'signed-in', stage: 'second-factor' } as const
const Way = z.object({ next: Next })

export const stepSetUpPages = pages(root)
  .post(
    '/authenticator',
    { ...onTheWay, form: Way, again: async (ctx, _, failure) => setUpFailed(ctx, failure) },
    async (ctx, _, { next }) => {
      await beginAuthenticator(ctx, {})
      return seeOther(withNext(`${root}/authenticator`, next))
    },
  )
  .get('/authenticator', { ...onTheWay, query: Way }, async (ctx, _, { next }) => authenticatorPage(ctx, next))
  .post(
    '/authenticator/code',
    {
      ...onTheWay,
      secret: true,
      form: FirstCode.extend({ next: Next }),
      again: async (ctx, _, failure) => authenticatorPage(ctx, failure.values.next, failure),
    },
    async (ctx, _, { next, code }) => onwards(ctx, await confirmAuthenticator(ctx, code), next),
  )
  .post(
    '/sms-codes',
    { ...onTheWay, form: Way, again: async (ctx, _, failure) => setUpFailed(ctx, failure) },
    async (ctx, _, { next }) => {
      await beginSmsCodes(ctx, {})
      return seeOther(withNext(`${root}/sms-codes`, next))
    },
  )
  .get('/sms-codes', { ...onTheWay, query: Way }, async (ctx, _, { next }) => smsPage(ctx, next))
  .post(
    '/sms-codes/code',
    {
      ...onTheWay,
      secret: true,
      form: FirstCode.extend({ next: Next }),
      again: async (ctx, _, failure) => smsPage(ctx, failure.values.next, failure),
    },
    async (ctx, _, { next, code }) => onwards(ctx, await confirmSmsCodes(ctx, code), next),
  )

const withNext = (path: string, next: string | undefined): string =>
  next ? `${path}?${new URLSearchParams({ next })}` : path

/** The recovery codes stand in the very answer: they are kept nowhere from which a next page could read them. */
const onwards = (ctx: PageContext, { stage, recoveryCodes }: AddedFactor, next: string | undefined) =>
  recoveryCodes ? (
    <RecoveryCodesPage ctx={ctx} codes={recoveryCodes} href={afterStep(stage, next)} />
  ) : (
    seeOther(afterStep(stage, next))
  )

const framed = (ctx: PageContext, failure: FormFailure | undefined) => ({
  title: 'Подтверждение входа',
  frame: ctx.frame,
  hasErrors: failure !== undefined,
})
const back = (next: string | undefined) => ({ text: 'Выбрать другой способ', href: withNext(root, next) })

async function authenticatorPage(ctx: PageContext, next: string | undefined, failure?: FormFailure) {
  const setUp = await viewAuthenticatorSetUp(ctx)
  return (
    <Page {...framed(ctx, failure)}>
      <AuthenticatorCard
        setUp={setUp}
        action={`${root}/authenticator/code`}
        next={next}
        failure={failure}
        back={back(next)}
      />
    </Page>
  )
}

async function smsPage(ctx: PageContext, next: string | undefined, failure?: FormFailure) {
  const { phone } = await viewStep(ctx)
  return (
    <Page {...framed(ctx, failure)}>
      <SmsCard phone={phone} action={`${root}/sms-codes/code`} next={next} failure={failure} back={back(next)} />
    </Page>
  )
}
