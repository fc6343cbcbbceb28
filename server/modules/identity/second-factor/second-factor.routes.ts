import { z } from 'zod'
import { OpenedSession, ReachedStage } from '../../../../contracts/identity.ts'
import {
  AddedFactor,
  AuthenticatorSecret,
  FactorCode,
  FirstCode,
  NewPasskey,
  OwnFactors,
  PasskeyAnswer,
  PasskeyChallenge,
  PasskeyFactor,
  Proof,
  RecoveryCodes,
  StepWays,
} from '../../../../contracts/second-factor.ts'
import { roles } from '../../../kernel/access/index.ts'
import { routes } from '../../../kernel/http/index.ts'
import { beginAuthenticator, confirmAuthenticator, removeAuthenticator } from './authenticator.ts'
import { sendFactorSms } from './codes.ts'
import { setDemandingRoles, viewDemandingRoles } from './demanding-roles.ts'
import { revokeOwnDevice, revokeOwnDevices } from './devices.ts'
import { viewFactors } from './factors.ts'
import { askAnyPasskey, askOwnPasskey, enterByPasskey, passByPasskey } from './passkey-entry.ts'
import { addPasskey, askForPasskey, removePasskey } from './passkeys.ts'
import { renewRecoveryCodes } from './recovery-renewal.ts'
import { beginSmsCodes, confirmSmsCodes, removeSmsCodes } from './sms.ts'
import { passByCode, viewStep } from './step.ts'

const onTheWay = { needs: 'signed-in', stage: 'second-factor' } as const
const inProfile = { needs: 'signed-in' } as const

const PasskeyEntered = OpenedSession.omit({ account: true })

export const passkeyRoutes = routes('/session')
  .post(
    '/passkey-challenge',
    { needs: 'public', summary: 'Начать вход по ключу доступа', replies: PasskeyChallenge, status: 201 },
    (ctx) => askAnyPasskey(ctx),
  )
  .post(
    '/passkey',
    { needs: 'public', summary: 'Войти по ключу доступа', body: PasskeyAnswer, replies: PasskeyEntered, status: 201 },
    async (ctx, _, answer) => {
      const { stage, expiresAt } = await enterByPasskey(ctx, answer)
      return { stage, expiresAt: expiresAt.toISOString() }
    },
  )

export const stepRoutes = routes('/session/second-factor')
  .get('/', { ...onTheWay, summary: 'Чем можно подтвердить вход', replies: StepWays }, (ctx) => viewStep(ctx))
  .post(
    '/',
    { ...onTheWay, summary: 'Подтвердить вход кодом', body: FactorCode, replies: ReachedStage },
    async (ctx, _, code) => ({ stage: (await passByCode(ctx, code)).stage }),
  )
  .post('/sms-code', { ...onTheWay, summary: 'Отправить код по SMS' }, (ctx) => sendFactorSms(ctx))
  .post(
    '/passkey-challenge',
    { ...onTheWay, summary: 'Начать подтверждение ключом доступа', replies: PasskeyChallenge, status: 201 },
    (ctx) => askOwnPasskey(ctx),
  )
  .post(
    '/passkey',
    { ...onTheWay, summary: 'Подтвердить вход ключом доступа', body: PasskeyFactor, replies: ReachedStage },
    async (ctx, _, answer) => ({ stage: await passByPasskey(ctx, answer) }),
  )

export const factorRoutes = routes('/profile')
  .get('/second-factor', { ...inProfile, summary: 'Мои способы входа', replies: OwnFactors }, (ctx) => viewFactors(ctx))
  .post(
    '/authenticator',
    { ...onTheWay, summary: 'Начать настройку приложения для кодов', body: Proof, replies: AuthenticatorSecret },
    (ctx, _, proof) => beginAuthenticator(ctx, proof),
  )
  .put(
    '/authenticator',
    { ...onTheWay, summary: 'Подтвердить приложение первым кодом', body: FirstCode, replies: AddedFactor },
    (ctx, _, { code }) => confirmAuthenticator(ctx, code),
  )
  .put(
    '/authenticator/removal',
    { ...inProfile, summary: 'Отключить приложение для кодов', body: Proof },
    (ctx, _, proof) => removeAuthenticator(ctx, proof),
  )
  .post('/sms-codes', { ...onTheWay, summary: 'Начать включение кодов по SMS', body: Proof }, (ctx, _, proof) =>
    beginSmsCodes(ctx, proof),
  )
  .put(
    '/sms-codes',
    { ...onTheWay, summary: 'Включить коды по SMS первым кодом', body: FirstCode, replies: AddedFactor },
    (ctx, _, { code }) => confirmSmsCodes(ctx, code),
  )
  .put('/sms-codes/removal', { ...inProfile, summary: 'Отключить коды по SMS', body: Proof }, (ctx, _, proof) =>
    removeSmsCodes(ctx, proof),
  )
  .post(
    '/passkeys/challenge',
    {
      ...inProfile,
      summary: 'Начать добавление ключа доступа',
      body: Proof,
      replies: PasskeyChallenge,
      status: 201,
    },
    (ctx, _, proof) => askForPasskey(ctx, proof),
  )
  .post(
    '/passkeys',
    { ...inProfile, summary: 'Добавить ключ доступа', body: NewPasskey, replies: AddedFactor, status: 201 },
    (ctx, _, passkey) => addPasskey(ctx, passkey),
  )
  .put('/passkeys/{id}/removal', { ...inProfile, summary: 'Удалить ключ доступа', body: Proof }, (ctx, { id }, proof) =>
    removePasskey(ctx, id, proof),
  )
  .post(
    '/recovery-codes',
    { ...inProfile, summary: 'Выпустить новые резервные коды', body: Proof, replies: RecoveryCodes, status: 201 },
    async (ctx, _, proof) => ({ recoveryCodes: await renewRecoveryCodes(ctx, proof) }),
  )
  .delete('/trusted-devices', { ...inProfile, summary: 'Не доверять ни одному устройству' }, (ctx) =>
    revokeOwnDevices(ctx),
  )
  .delete('/trusted-devices/{id}', { ...inProfile, summary: 'Не доверять устройству' }, (ctx, { id }) =>
    revokeOwnDevice(ctx, id),
  )

const DemandingRoles = z.object({ roles: z.array(z.enum(roles)).max(roles.length) })

export const demandingRolesRoutes = routes('/demanding-roles')
  .get(
    '/',
    { needs: 'audience.manage', summary: 'Роли с обязательным вторым фактором', replies: DemandingRoles },
    async (ctx) => ({ roles: await viewDemandingRoles(ctx.db) }),
  )
  .put(
    '/',
    { needs: 'audience.manage', summary: 'Каким ролям второй фактор обязателен', body: DemandingRoles },
    (ctx, _, { roles }) => setDemandingRoles(ctx, roles),
  )
