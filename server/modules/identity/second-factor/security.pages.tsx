import { FirstCode, NewPasskey, Proof } from '../../../../contracts/second-factor.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import {
  beginAuthenticator,
  confirmAuthenticator,
  removeAuthenticator,
  viewAuthenticatorSetUp,
} from './authenticator.ts'
import { revokeOwnDevice, revokeOwnDevices } from './devices.ts'
import { viewFactors } from './factors.ts'
import { answerOf, PasskeyPost } from './passkey-post.ts'
import { addPasskey, getOwnPasskey, removePasskey } from './passkeys.ts'
import { renewRecoveryCodes } from './recovery-renewal.ts'
import { CodePage, NewPasskeyPage, ProofPage, SecurityPage, securityRoot } from './security.parts.tsx'
import { AuthenticatorCard, RecoveryCodesPage, SmsCard } from './set-up.parts.tsx'
import { beginSmsCodes, confirmSmsCodes, removeSmsCodes } from './sms.ts'

const signedIn = { needs: 'signed-in' } as const
const root = securityRoot
const back = { text: 'Не сейчас', href: root }
/** The password is typed anew, so what was posted is never kept. */
const withProof = { needs: 'signed-in', secret: true, form: Proof } as const

export const securityPages = pages(root)
  .get('/', signedIn, async (ctx) => <SecurityPage ctx={ctx} factors={await viewFactors(ctx)} />)

  .get('/authenticator', signedIn, async (ctx) => authenticatorProof(ctx))
  .post(
    '/authenticator',
    { ...withProof, again: async (ctx, _, failure) => authenticatorProof(ctx, failure) },
    async (ctx, _, proof) => {
      await beginAuthenticator(ctx, proof)
      return seeOther(`${root}/authenticator/code`)
    },
  )
  .get('/authenticator/code', signedIn, async (ctx) => authenticatorPage(ctx))
  .post(
    '/authenticator/code',
    { ...signedIn, secret: true, form: FirstCode, again: async (ctx, _, failure) => authenticatorPage(ctx, failure) },
    async (ctx, _, { code }) => {
      const { recoveryCodes } = await confirmAuthenticator(ctx, code)
      return codesOr(ctx, recoveryCodes, 'identity.authenticator-added')
    },
  )
  .get('/authenticator/removal', signedIn, async (ctx) => authenticatorRemoval(ctx))
  .post(
    '/authenticator/removal',
    { ...withProof, again: async (ctx, _, failure) => authenticatorRemoval(ctx, failure) },
    async (ctx, _, proof) => {
      await removeAuthenticator(ctx, proof)
      return seeOther(root, 'identity.authenticator-removed')
    },
  )

  .get('/sms-codes', signedIn, async (ctx) => smsProof(ctx))
  .post(
    '/sms-codes',
    { ...withProof, again: async (ctx, _, failure) => smsProof(ctx, failure) },
    async (ctx, _, proof) => {
      await beginSmsCodes(ctx, proof)
      return seeOther(`${root}/sms-codes/code`)
    },
  )
  .get('/sms-codes/code', signedIn, async (ctx) => smsPage(ctx))
  .post(
    '/sms-codes/code',
    { ...signedIn, secret: true, form: FirstCode, again: async (ctx, _, failure) => smsPage(ctx, failure) },
    async (ctx, _, { code }) => {
      const { recoveryCodes } = await confirmSmsCodes(ctx, code)
      return codesOr(ctx, recoveryCodes, 'identity.sms-codes-on')
    },
  )
  .get('/sms-codes/removal', signedIn, async (ctx) => smsRemoval(ctx))
  .post(
    '/sms-codes/removal',
    { ...withProof, again: async (ctx, _, failure) => smsRemoval(ctx, failure) },
    async (ctx, _, proof) => {
      await removeSmsCodes(ctx, proof)
      return seeOther(root, 'identity.sms-codes-off')
    },
  )

  .get('/passkeys/new', signedIn, async (ctx) => <NewPasskeyPage ctx={ctx} />)
  .post(
    '/passkeys/new',
    {
      ...signedIn,
      secret: true,
      form: PasskeyPost.extend({ name: NewPasskey.shape.name }),
      again: async (ctx, _, failure) => <NewPasskeyPage ctx={ctx} failure={failure} />,
    },
    async (ctx, _, posted) => {
      const { recoveryCodes } = await addPasskey(ctx, answerOf(NewPasskey, posted))
      return codesOr(ctx, recoveryCodes, 'identity.passkey-added')
    },
  )
  .get('/passkeys/{id}/removal', signedIn, async (ctx, { id }) => passkeyRemoval(ctx, id))
  .post(
    '/passkeys/{id}/removal',
    { ...withProof, again: async (ctx, { id }, failure) => passkeyRemoval(ctx, id, failure) },
    async (ctx, { id }, proof) => {
      await removePasskey(ctx, id, proof)
      return seeOther(root, 'identity.passkey-removed')
    },
  )

  .get('/recovery-codes', signedIn, async (ctx) => recoveryProof(ctx))
  .post(
    '/recovery-codes',
    { ...withProof, again: async (ctx, _, failure) => recoveryProof(ctx, failure) },
    async (ctx, _, proof) => <RecoveryCodesPage ctx={ctx} codes={await renewRecoveryCodes(ctx, proof)} href={root} />,
  )

  .post('/devices/revoke-all', signedIn, async (ctx) => {
    await revokeOwnDevices(ctx)
    return seeOther(root, 'identity.devices-revoked')
  })
  .post('/devices/{id}/revoke', signedIn, async (ctx, { id }) => {
    await revokeOwnDevice(ctx, id)
    return seeOther(root, 'identity.device-revoked')
  })

/** The recovery codes stand in the very answer: they are kept nowhere from which a next page could read them. */
const codesOr = (ctx: PageContext, codes: string[] | null, notice: string) =>
  codes ? <RecoveryCodesPage ctx={ctx} codes={codes} href={root} /> : seeOther(root, notice)

const authenticatorProof = async (ctx: PageContext, failure?: FormFailure) => (
  <ProofPage
    ctx={ctx}
    failure={failure}
    factors={await viewFactors(ctx)}
    title="Настройка приложения для кодов"
    text="Если приложение уже настроено, прежнее перестанет подходить, как только вы введёте код из нового. На других устройствах второй шаг спросят снова."
    action={`${root}/authenticator`}
    submit="Продолжить"
  />
)

const authenticatorRemoval = async (ctx: PageContext, failure?: FormFailure) => (
  <ProofPage
    ctx={ctx}
    failure={failure}
    factors={await viewFactors(ctx)}
    title="Отключить приложение для кодов?"
    text="Его коды больше не подойдут. Если другого второго способа нет, войти можно будет по одному паролю."
    action={`${root}/authenticator/removal`}
    submit="Отключить приложение"
    bad
  />
)

const smsProof = async (ctx: PageContext, failure?: FormFailure) => (
  <ProofPage
    ctx={ctx}
    failure={failure}
    factors={await viewFactors(ctx)}
    title="Включение кодов по SMS"
    text="Мы отправим на подтверждённый телефон код: введите его на следующей странице."
    action={`${root}/sms-codes`}
    submit="Отправить код"
  />
)

const smsRemoval = async (ctx: PageContext, failure?: FormFailure) => (
  <ProofPage
    ctx={ctx}
    failure={failure}
    factors={await viewFactors(ctx)}
    title="Отключить коды по SMS?"
    text="Коды больше не будут приходить. Если другого второго способа нет, войти можно будет по одному паролю."
    action={`${root}/sms-codes/removal`}
    submit="Отключить коды"
    bad
  />
)

async function passkeyRemoval(ctx: PageContext, id: string, failure?: FormFailure) {
  const { name } = await getOwnPasskey(ctx, id)
  return (
    <ProofPage
      ctx={ctx}
      failure={failure}
      factors={await viewFactors(ctx)}
      title={`Удалить ключ доступа «${name}»?`}
      text="Войти им больше будет нельзя. На самом устройстве запись о ключе останется, удалите её в его настройках."
      action={`${root}/passkeys/${id}/removal`}
      submit="Удалить ключ"
      bad
    />
  )
}

const recoveryProof = async (ctx: PageContext, failure?: FormFailure) => (
  <ProofPage
    ctx={ctx}
    failure={failure}
    factors={await viewFactors(ctx)}
    title="Новые резервные коды"
    text="Вы получите десять новых кодов. Прежние сразу перестанут действовать."
    action={`${root}/recovery-codes`}
    submit="Выпустить новые коды"
  />
)

const authenticatorPage = async (ctx: PageContext, failure?: FormFailure) => (
  <CodePage ctx={ctx} title="Настройка приложения для кодов" failure={failure}>
    <AuthenticatorCard
      setUp={await viewAuthenticatorSetUp(ctx)}
      action={`${root}/authenticator/code`}
      next={undefined}
      failure={failure}
      back={back}
    />
  </CodePage>
)

const smsPage = async (ctx: PageContext, failure?: FormFailure) => (
  <CodePage ctx={ctx} title="Включение кодов по SMS" failure={failure}>
    <SmsCard
      phone={(await viewFactors(ctx)).phone}
      action={`${root}/sms-codes/code`}
      next={undefined}
      failure={failure}
      back={back}
    />
  </CodePage>
)
