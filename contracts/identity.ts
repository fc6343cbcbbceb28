/** What crosses the wire about people and their ways in. */
import { z } from 'zod'
import { anyProfileProblem, holdsOwnData, ownDataProblem } from './passwords.ts'
import { Email, PersonNumber, Phone } from './requisites.ts'

/** The version of the consent to the processing of personal data; its text is the page /consent. */
export const consentVersion = '2027-02'

const nameOf = (asked: string) =>
  z
    .string()
    .transform((typed) => typed.trim().replace(/\s+/g, ' '))
    .pipe(
      z
        .string()
        .min(1, asked)
        .max(100, 'Можно не больше 100 знаков')
        .regex(/^$|^\p{L}[\p{L}\p{M} .'’ʼ-]*$/u, 'Здесь могут быть только буквы, пробел, дефис и апостроф'),
    )

export const Surname = nameOf('Введите фамилию')
export const GivenName = nameOf('Введите имя')
export const Patronymic = nameOf('Введите отчество')
export const Position = z.string().trim().min(1, 'Введите должность').max(300, 'Можно не больше 300 знаков')

export const UserName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[a-z][a-z0-9._-]{2,31}$/,
    'Логин: от 3 до 32 знаков, латинские буквы, цифры, точка, дефис или подчёркивание, первой стоит буква',
  )
  .meta({ description: 'Имя пользователя для входа вместо почты' })

export const AccountEmail = Email.pipe(z.string().toLowerCase())

/** Good by the rule of one audience at least; by that of the person's own, the action looks. */
export const NewPassword = z
  .string()
  .superRefine((password, context) => {
    const problem = anyProfileProblem(password)
    if (problem) context.addIssue({ code: 'custom', message: problem })
  })
  .meta({ description: 'Не меньше 8 знаков: строчная и заглавная буквы, цифра, специальный знак' })

const Typed = z.string().min(1, 'Введите пароль').max(1000, 'Пароль длиннее 128 знаков')
const Token = z.string().min(1).max(200)

export const Credentials = z.object({
  login: z.string().trim().min(1, 'Введите логин').max(254, 'Слишком длинный логин').meta({
    description: 'Почта, имя пользователя или подтверждённый телефон',
  }),
  password: Typed,
  door: z.enum(['password']).optional().catch(undefined).meta({
    description: 'password: логин с доменом тоже проверить паролем кабинета, а не в домене',
  }),
})
export type Credentials = z.infer<typeof Credentials>

const stages = ['second-factor', 'password-change', 'consent', 'contacts', 'full'] as const
const Person = z.object({
  id: z.uuid(),
  surname: z.string(),
  name: z.string(),
  patronymic: z.string().nullable(),
  email: z.string().nullable(),
})
export const OpenedSession = z.object({ account: Person, stage: z.enum(stages), expiresAt: z.string() })
/** How far the sign-in has come after a step. */
export const ReachedStage = z.object({ stage: z.enum(stages) })
export const CurrentSession = z.object({
  account: Person,
  stage: z.enum(stages),
  organisation: z.object({ id: z.uuid(), shortName: z.string() }).nullable(),
  regions: z.object({
    chosen: z
      .string()
      .nullable()
      .meta({ description: 'В каком из своих регионов человек сейчас работает; null: во всех' }),
    own: z.array(z.object({ code: z.string(), name: z.string() })),
  }),
  roles: z.array(
    z.object({
      role: z.string(),
      roleName: z.string(),
      scope: z.enum(['everywhere', 'region', 'subtree', 'organisation']),
      region: z.string().optional(),
      organisationId: z.uuid().optional(),
    }),
  ),
  unread: z.int().meta({ description: 'Непрочитанных сообщений; токену, которому они не открыты, — 0' }),
})

type OwnData = Partial<Record<'userName' | 'email' | 'surname' | 'name', unknown>> & { password?: unknown }
const ownDataOf = (person: OwnData) =>
  [person.userName, person.email, person.surname, person.name].map((datum) => (typeof datum === 'string' ? datum : ''))
/** Looked at even when another field is wrong, so that everything is told at once. */
export const notOwnData = {
  check: (person: OwnData) => typeof person?.password !== 'string' || !holdsOwnData(person.password, ownDataOf(person)),
  told: { path: ['password'], message: ownDataProblem, when: () => true },
}
export const repeated = {
  check: (form: { password?: unknown; passwordAgain?: unknown }) => form?.password === form?.passwordAgain,
  told: { path: ['passwordAgain'], message: 'Пароли не совпадают: введите их ещё раз', when: () => true },
}

/** The step of signing in at which a person agrees, and says its number where the audience is asked for one. */
export const ConsentGiven = z.object({
  version: z.string().meta({ description: 'Редакция согласия, которую человек видел' }),
  number: PersonNumber.optional().meta({ description: 'СНИЛС или ИНН человека, если их ещё нет' }),
  consent: z.literal(true, 'Без согласия на обработку персональных данных войти нельзя'),
})
export type ConsentGiven = z.infer<typeof ConsentGiven>

/** The same, as the page posts it. */
export const ConsentForm = z
  .object({
    version: z.string(),
    number: PersonNumber.optional(),
    consent: z.literal('on', 'Без согласия на обработку персональных данных войти нельзя'),
  })
  .transform((form) => ({ ...form, consent: true as const }))

export const Activation = z.object({ token: Token.meta({ description: 'Из ссылки в письме' }) })
export const LetterTicket = z.object({
  ticket: Token.meta({
    description: 'Из ответа на регистрацию или на вход с неподтверждённой почтой; подойдёт и прежняя ссылка',
  }),
})

export const NewPasswordByLink = z.object({ token: Token, password: NewPassword })
export const NewPasswordByLinkForm = z
  .object({ token: Token, password: NewPassword, passwordAgain: z.string() })
  .refine(repeated.check, repeated.told)

export const PasswordChange = z.object({ current: Typed, password: NewPassword })
export const PasswordChangeForm = z
  .object({ current: Typed, password: NewPassword, passwordAgain: z.string() })
  .refine(repeated.check, repeated.told)

export const Profile = Person.extend({
  position: z.string().nullable(),
  userName: z.string().nullable(),
  phone: z.string().nullable(),
  phoneConfirmed: z.boolean(),
  version: z.int(),
})
export type Profile = z.infer<typeof Profile>

export const ProfileChange = z.object({
  surname: Surname.optional(),
  name: GivenName.optional(),
  patronymic: Patronymic.nullable().optional(),
  position: Position.optional(),
  phone: Phone.nullable().optional(),
  version: z.int().meta({ description: 'Та, которую вы читали: чужое изменение не будет затёрто' }),
})
export type ProfileChange = z.infer<typeof ProfileChange>

export const ProfileForm = z.object({
  surname: Surname,
  name: GivenName,
  patronymic: z
    .string()
    .trim()
    .transform((typed) => typed || null)
    .pipe(Patronymic.nullable()),
  position: Position,
  version: z.coerce.number().int(),
})

/** One line of the journal of one's own sign-ins. */
export const OwnSignIns = z.object({
  entries: z.array(
    z.object({
      id: z.int(),
      at: z.string(),
      action: z.string(),
      text: z.string(),
      good: z.boolean(),
      byOther: z.boolean().meta({ description: 'Сделал не сам владелец, а администратор' }),
      address: z.string().nullable(),
      network: z.string().nullable(),
    }),
  ),
  next: z.int().nullable().meta({ description: 'Передайте как before, чтобы читать дальше' }),
})

export const OwnSession = z.object({
  id: z.uuid(),
  current: z.boolean().meta({ description: 'Тот, из которого сделан этот запрос' }),
  device: z.string(),
  address: z.string(),
  network: z.string().nullable().meta({ description: 'Название сети, если установка его знает' }),
  createdAt: z.string(),
  lastSeenAt: z.string(),
})
