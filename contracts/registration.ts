/** Registration: what people of an audience tell of themselves. Which of the fields are asked, the audience's rule says. */
import { z } from 'zod'
import { type Audience, type AudienceRule, audiences, type RegistrationField } from './audiences.ts'
import {
  AccountEmail,
  GivenName,
  NewPassword,
  notOwnData,
  Patronymic,
  Position,
  repeated,
  Surname,
  UserName,
} from './identity.ts'
import { PersonInn, Phone, Snils } from './requisites.ts'

const OrganisationName = z.string().trim().min(3, 'Введите название организации').max(500, 'Можно не больше 500 знаков')

/** What a rule may ask for besides; a login of one's own is the staff's (manual 2). */
const asked = {
  position: Position,
  phone: Phone,
  inn: PersonInn,
  snils: Snils,
  organisation: OrganisationName,
  userName: UserName,
} satisfies Record<RegistrationField | 'userName', z.ZodType>
export type AskedField = keyof typeof asked

export const askedFields = (audience: Audience, rule: Pick<AudienceRule, 'fields'>): AskedField[] => [
  ...rule.fields,
  ...(audience === 'staff' ? (['userName'] as const) : []),
]

/** Told when an asked field is empty. */
export const askedTexts: Record<AskedField, string> = {
  position: 'Введите должность',
  phone: 'Введите номер телефона',
  inn: 'Введите ИНН: 12 цифр',
  snils: 'Введите СНИЛС: 11 цифр',
  organisation: 'Введите название организации',
  userName: 'Придумайте логин',
}

const ConfirmBy = z.enum(['email', 'sms'])
const consentNeeded = 'Без согласия на обработку персональных данных учётную запись не создать'

export const Registration = z
  .object({
    audience: z.enum(audiences).default('staff'),
    surname: Surname,
    name: GivenName,
    patronymic: Patronymic.nullable().meta({ description: 'null, если отчества нет' }),
    email: AccountEmail,
    userName: asked.userName.optional(),
    position: asked.position.optional(),
    phone: asked.phone.optional(),
    inn: asked.inn.optional(),
    snils: asked.snils.optional(),
    organisation: asked.organisation.optional().meta({ description: 'Название, как его пишет сам человек' }),
    confirmBy: ConfirmBy.optional().meta({
      description: 'Чем подтвердить, если правило аудитории даёт выбор; без него — кодом из СМС, когда указан телефон',
    }),
    password: NewPassword,
    consent: z.literal(true, consentNeeded),
  })
  .refine(notOwnData.check, notOwnData.told)
export type Registration = z.output<typeof Registration>

/** The same, as the page of an audience posts it: exactly the fields that its rule asks for. */
export const registrationFormOf = (audience: Audience, rule: Pick<AudienceRule, 'fields'>) =>
  z
    .object({
      surname: Surname,
      name: GivenName,
      patronymic: z.string().optional(),
      noPatronymic: z.literal('on').optional(),
      ...shapeOf(askedFields(audience, rule)),
      email: AccountEmail,
      confirmBy: ConfirmBy.optional(),
      password: NewPassword,
      passwordAgain: z.string(),
      consent: z.literal('on', consentNeeded),
    })
    .refine((form) => form?.noPatronymic === 'on' || Patronymic.safeParse(form?.patronymic ?? '').success, {
      path: ['patronymic'],
      message: 'Введите отчество или отметьте, что его нет',
      when: () => true,
    })
    .refine(notOwnData.check, notOwnData.told)
    .refine(repeated.check, repeated.told)
    .transform(
      ({ noPatronymic, passwordAgain: _, consent: _given, patronymic, ...rest }): Registration => ({
        ...rest,
        audience,
        patronymic: noPatronymic ? null : Patronymic.parse(patronymic),
        consent: true as const,
      }),
    )

type AskedShape = { [F in AskedField]: z.ZodOptional<(typeof asked)[F]> }

const shapeOf = (fields: readonly AskedField[]): AskedShape =>
  // as: a field that is asked is never absent, which is narrower than optional; one that is not asked is absent
  Object.fromEntries(fields.map((field) => [field, asked[field]])) as unknown as AskedShape

/** What comes after: a letter's link, or a code for the telephone. */
export const RegistrationTaken = z.object({
  ticket: z.string().meta({ description: 'С ним письмо или код отправляют ещё раз' }),
  confirmBy: ConfirmBy,
})
export type RegistrationTaken = z.output<typeof RegistrationTaken>

const Ticket = z.string().min(1).max(200)
export const RegistrationTicket = z.object({ ticket: Ticket })
export const RegistrationCode = z.object({
  ticket: Ticket,
  code: z.string().trim().min(1, 'Введите код из СМС').max(20, 'В коде шесть цифр'),
})

/** An operator's answer to a registration that waits. */
export const ApprovalDecision = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('approved') }),
  z.object({
    outcome: z.literal('refused'),
    reason: z.string().trim().min(3, 'Назовите причину').max(2000, 'Можно не больше 2000 знаков').meta({
      description: 'Уйдёт человеку письмом как есть',
    }),
  }),
])
export type ApprovalDecision = z.output<typeof ApprovalDecision>
