/** What crosses the wire about the second factor: codes, passkeys, recovery codes, trusted devices. */
import { z } from 'zod'
import { ReachedStage } from './identity.ts'

/** By what typed code a person passes the second step of signing in. */
export const codeWays = ['authenticator', 'sms', 'recovery-code'] as const
export type CodeWay = (typeof codeWays)[number]

const Code = z
  .string()
  .trim()
  .min(1, 'Введите код')
  .max(40, 'Код короче')
  .meta({ description: 'Шесть цифр, или резервный код; пробелы и дефисы не мешают' })

/** A form sends a ticked box as `on`; a program sends true. */
const Ticked = z
  .union([z.boolean(), z.literal('on').transform(() => true)])
  .default(false)
  .meta({ description: 'Доверять этому устройству 30 дней' })

export const FactorCode = z.object({ way: z.enum(codeWays), code: Code, trust: Ticked })
export type FactorCode = z.infer<typeof FactorCode>
export const FirstCode = z.object({ code: Code })

/** Who sits at the screen proves it again: by the password, or by a code of a factor that is set up. */
export const Proof = z
  .object({
    password: z.string().max(1000).optional(),
    code: z.string().trim().max(40).optional(),
  })
  .meta({ description: 'Пароль, или код из приложения, или резервный код' })
export type Proof = z.infer<typeof Proof>

/** What `navigator.credentials` has answered, as JSON (WebAuthn 3, 5.1); its contents are verified by their signature. */
const Base64url = z
  .string()
  .max(20_000)
  .regex(/^[\w-]*={0,2}$/)
const credential = {
  id: Base64url,
  rawId: Base64url,
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['cross-platform', 'platform']).optional().catch(undefined),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
}
const RegisteredCredential = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: Base64url,
    attestationObject: Base64url,
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
})
const AssertedCredential = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: Base64url,
    authenticatorData: Base64url,
    signature: Base64url,
    userHandle: Base64url.optional(),
  }),
})
export type RegisteredCredential = z.infer<typeof RegisteredCredential>
export type AssertedCredential = z.infer<typeof AssertedCredential>

/** A form carries the credential as a text. */
const orText = <S extends z.ZodType>(schema: S) =>
  z.union([z.string().max(40_000).transform(parsed), z.record(z.string(), z.unknown())], 'Ключ не ответил').pipe(schema)

function parsed(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'Ключ не ответил. Включите сценарии в браузере и повторите' })
    return z.NEVER
  }
}

const PasskeyName = z.string().trim().max(60, 'Можно не больше 60 знаков').default('')
export const NewPasskey = z.object({
  challenge: z.uuid(),
  credential: orText(RegisteredCredential),
  name: PasskeyName,
})
export type NewPasskey = z.output<typeof NewPasskey>
export const PasskeyAnswer = z.object({ challenge: z.uuid(), credential: orText(AssertedCredential) })
export type PasskeyAnswer = z.output<typeof PasskeyAnswer>
export const PasskeyFactor = PasskeyAnswer.extend({ trust: Ticked })

export const PasskeyChallenge = z.object({
  id: z.uuid(),
  options: z
    .record(z.string(), z.unknown())
    .meta({ description: 'Для navigator.credentials, в виде JSON (WebAuthn 3)' }),
})

const Moment = z.string()
const OwnPasskey = z.object({
  id: z.uuid(),
  name: z.string(),
  createdAt: Moment,
  lastUsedAt: Moment.nullable(),
  backedUp: z.boolean().meta({ description: 'Хранится не только на этом устройстве' }),
})
const TrustedDevice = z.object({
  id: z.uuid(),
  device: z.string(),
  current: z.boolean(),
  createdAt: Moment,
  lastUsedAt: Moment.nullable(),
  expiresAt: Moment,
})
export const OwnFactors = z.object({
  demanded: z.boolean(),
  authenticatorSince: Moment.nullable(),
  smsSince: Moment.nullable(),
  phone: z.string().nullable().meta({ description: 'Подтверждённый телефон, куда придут коды' }),
  passkeys: z.array(OwnPasskey),
  recoveryCodesLeft: z.int(),
  trustedDevices: z.array(TrustedDevice),
})
export type OwnFactors = z.infer<typeof OwnFactors>

export const StepWays = z.object({
  ways: z.array(z.enum([...codeWays, 'passkey'])),
  phone: z.string().nullable().meta({ description: 'Последние цифры телефона' }),
  toSetUp: z.boolean().meta({ description: 'Второй способ обязателен и ещё не настроен' }),
})

export const AuthenticatorSecret = z.object({ secret: z.string(), uri: z.string() })
export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) })
export const AddedFactor = ReachedStage.extend({
  recoveryCodes: z.array(z.string()).nullable().meta({ description: 'Показываются один раз; null: выданы раньше' }),
})
export type AddedFactor = z.infer<typeof AddedFactor>
