/** A person's birth, passport and addresses, checked as they are typed. */
import { z } from 'zod'

const oldest = '1900-01-01'
/** A passport is first given at fourteen (постановление Правительства РФ от 08.07.1997 № 828, п. 1). */
const passportAge = 14

/** The last day that has begun anywhere: in Kamchatka it is tomorrow already when it is still today here. */
const lastDay = (): string => new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10)

/** ДД.ММ.ГГГГ as people type it, or YYYY-MM-DD of the API; given on as YYYY-MM-DD. */
const Day = (asked: string, future: string) =>
  z
    .string()
    .trim()
    .max(40, 'Введите дату как ДД.ММ.ГГГГ')
    .transform((typed, context) => {
      const problem = (message: string) => {
        context.addIssue({ code: 'custom', message })
        return z.NEVER
      }
      if (typed === '') return problem(asked)
      if (/^\d{1,2}[.\-/ ]\d{1,2}[.\-/ ]\d{2}$/.test(typed)) return problem('Год нужен из четырёх цифр: ДД.ММ.ГГГГ')
      const [, date, month, year] = /^(\d{1,2})[.\-/ ](\d{1,2})[.\-/ ](\d{4})$/.exec(typed) ?? []
      const day = date && month && year ? `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}` : typed
      if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return problem('Введите дату как ДД.ММ.ГГГГ, например 18.01.1985')
      if (!z.iso.date().safeParse(day).success) return problem('Такого дня нет в календаре: сверьте день и месяц')
      if (day > lastDay()) return problem(future)
      if (day < oldest) return problem('Год раньше 1900: сверьте его')
      return day
    })
    .meta({ description: 'ДД.ММ.ГГГГ или ГГГГ-ММ-ДД' })

const Digits = (wanted: number, asked: string) =>
  z
    .string()
    .max(40, `Нужно ${wanted} цифр`)
    .transform((typed, context) => {
      const signs = typed.replace(/[\s\u00a0\u202f№–—−-]/g, '')
      if (/^\d+$/.test(signs) && signs.length === wanted) return signs
      context.addIssue({ code: 'custom', message: digitsProblem(signs, wanted, asked) })
      return z.NEVER
    })

function digitsProblem(signs: string, wanted: number, asked: string): string {
  const noun = wanted === 4 ? 'цифры' : 'цифр'
  if (signs === '') return `${asked}: ${wanted} ${noun}`
  if (!/^\d+$/.test(signs)) return `Здесь могут быть только цифры, нужно ${wanted} ${noun}`
  return `Цифр ${signs.length}, а нужно ${wanted}`
}

const Words = (asked: string, most: number) =>
  z
    .string()
    .transform((typed) => typed.trim().replace(/\s+/g, ' '))
    .pipe(
      z
        .string()
        .min(1, asked)
        .max(most, `Можно не больше ${most} знаков`)
        .regex(/^$|\p{L}/u, 'Напишите словами, как в паспорте'),
    )

const DivisionCode = Digits(6, 'Введите код подразделения').transform(
  (digits) => `${digits.slice(0, 3)}-${digits.slice(3)}`,
)

const fields = {
  birthDate: Day('Введите дату рождения', 'Дата рождения ещё не наступила: сверьте её'),
  birthPlace: Words('Введите место рождения', 300),
  series: Digits(4, 'Введите серию паспорта').meta({ description: 'Серия паспорта: 4 цифры' }),
  number: Digits(6, 'Введите номер паспорта').meta({ description: 'Номер паспорта: 6 цифр' }),
  issuedOn: Day('Введите дату выдачи паспорта', 'Дата выдачи ещё не наступила: сверьте её'),
  issuedBy: Words('Введите, кем выдан паспорт', 300),
  divisionCode: DivisionCode.meta({ description: 'Код подразделения: 000-000' }),
  registrationAddress: Words('Введите адрес регистрации', 500),
}

/** Both dates are compared even when another field is wrong, so that everything is told at once. */
type Dates = { birthDate?: unknown; issuedOn?: unknown }
const oldEnough = {
  check: (data: Dates) =>
    !isDay(data?.birthDate) || !isDay(data.issuedOn) || data.issuedOn >= yearsAfter(data.birthDate, passportAge),
  told: {
    path: ['issuedOn'],
    message: 'Между рождением и выдачей паспорта меньше 14 лет: сверьте обе даты',
    when: () => true,
  },
}
const isDay = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
const yearsAfter = (day: string, years: number): string => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`

const Version = z.coerce.number().int().min(0).meta({ description: 'Та, которую вы читали; 0, если данных ещё нет' })

export const PersonalDataChange = z
  .object({
    ...fields,
    actualAddress: Words('Введите адрес проживания', 500)
      .nullable()
      .meta({ description: 'null: совпадает с адресом регистрации' }),
    version: Version,
  })
  .refine(oldEnough.check, oldEnough.told)
export type PersonalDataChange = z.output<typeof PersonalDataChange>

/** The same, as the page posts it. */
export const PersonalDataForm = z
  .object({
    ...fields,
    actualAddress: z.string().trim().max(500, 'Можно не больше 500 знаков').optional(),
    sameAddress: z.literal('on').optional().catch(undefined),
    version: Version,
  })
  .refine(oldEnough.check, oldEnough.told)
  .refine((form) => form?.sameAddress === 'on' || /\p{L}/u.test(form?.actualAddress ?? ''), {
    path: ['actualAddress'],
    message: 'Введите адрес проживания или отметьте, что он тот же',
    when: () => true,
  })
  .transform(({ sameAddress, actualAddress, ...data }) => ({
    ...data,
    actualAddress: sameAddress ? null : (actualAddress?.replace(/\s+/g, ' ') ?? null),
  }))

const checkStates = ['not-checked', 'checking', 'accepted', 'refused'] as const
export type CheckState = (typeof checkStates)[number]

/** Dates as YYYY-MM-DD; of series and number only the last signs are told. */
export const PersonalData = z.object({
  data: z
    .object({
      birthDate: z.string(),
      birthPlace: z.string(),
      passport: z.string().meta({ description: 'Серия и номер, кроме последних трёх цифр, скрыты' }),
      issuedOn: z.string(),
      issuedBy: z.string(),
      divisionCode: z.string(),
      registrationAddress: z.string(),
      actualAddress: z.string().nullable(),
    })
    .nullable()
    .meta({ description: 'null: ещё не заполнены' }),
  check: z.object({
    state: z.enum(checkStates),
    reasons: z.array(z.string()).meta({ description: 'Почему реестр не принял данные' }),
    checkedAt: z.string().nullable(),
    waitsForRegistry: z.boolean().meta({ description: 'Реестр не ответил, запрос повторится сам' }),
  }),
  version: z.int(),
})
export type PersonalData = z.infer<typeof PersonalData>
