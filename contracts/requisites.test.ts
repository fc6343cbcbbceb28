import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  Email,
  Inn,
  Phone,
  readEmail,
  readInn,
  readOgrn,
  readOkpo,
  readOrganisationInn,
  readPhone,
  readSnils,
} from './requisites.ts'

describe('codes with check digits', () => {
  it.each([
    ['ИНН of an organisation', readInn, '7707083893'],
    ['ИНН of a person', readInn, '500100732259'],
    ['ОГРН', readOgrn, '1027700132195'],
    ['ОГРНИП', readOgrn, '304500116000157'],
    ['ОКПО of an organisation', readOkpo, '00032537'],
    ['СНИЛС', readSnils, '11223344595'],
    ['СНИЛС whose sum is 100', readSnils, '08765430300'],
  ])('%s is read', (_, read, code) => {
    expect(read(code)).toEqual({ value: code })
    expect(read(misprinted(code)).problem).toBeDefined()
  })

  it('takes pasted spaces and dashes out', () => {
    expect(readInn(' 7707 083-893 ')).toEqual({ value: '7707083893' })
    expect(readSnils('112-233-445\u00a095')).toEqual({ value: '11223344595' })
  })

  it('says how many digits there are and how many are needed', () => {
    expect(readOgrn('102390084731').problem).toBe('Введено 12 цифр, а нужно 13 или 15')
    expect(readInn('1').problem).toBe('Введено 1 цифра, а нужно 10 или 12')
    expect(readInn('').problem).toBe('Нужно 10 или 12 цифр')
    expect(readInn('77О7083893').problem).toContain('только цифры')
    expect(readOrganisationInn('500100732259').problem).toBe('Введено 12 цифр, а нужно 10')
  })

  it('never tells the digit it expected', () => {
    expect(readInn('7707083894').problem).toBe(
      'Контрольная цифра не сходится: в номере опечатка. Сверьте его с документом',
    )
  })

  it('refuses a row of zeroes, whose sum agrees', () => {
    expect(readInn('0000000000').problem).toBeDefined()
    expect(readOkpo('00000000').problem).toBeDefined()
  })

  it('takes old СНИЛС without a check', () => {
    expect(readSnils('001-001-998 00').value).toBe('00100199800')
  })

  it('finds one right last digit for any ИНН of an organisation', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d{8}$/), (body) => {
        const right = [...'0123456789'].filter((last) => readInn(body + last).value !== undefined)
        expect(right).toHaveLength(1)
      }),
    )
  })
})

describe('telephones', () => {
  it.each(['8 (39907) 5-01-13', '+7 39907 50113', '7(39907)50113', '39907 50113', '8-399-075-01-13'])('%s', (typed) => {
    expect(readPhone(typed)).toEqual({ value: '+73990750113' })
  })

  it('says what is missing', () => {
    expect(readPhone('8 (39907) 5-01-1').problem).toBe('В номере 10 цифр вместе с 8, а нужно 11')
    expect(readPhone('+7 39907 5-01-1').problem).toBe('В номере 10 цифр вместе с +7, а нужно 11')
    expect(readPhone('+375 29 1234567').problem).toContain('российский')
    expect(readPhone('доб. 113').problem).toContain('только цифры')
  })
})

describe('e-mail', () => {
  it('keeps the name as it is and the domain in lower case', () => {
    expect(readEmail(' Ds14@Verhneozersk.Example ')).toEqual({ value: 'Ds14@verhneozersk.example' })
    expect(readEmail('почта@школа.рф').value).toBe('почта@школа.рф')
  })

  it.each(['', 'ds14', 'ds14@verhneozersk', 'a b@c.ru', 'a@b@c.ru', 'a..b@c.ru', 'a@-c.ru', 'a@c..ru'])(
    'refuses «%s»',
    (typed) => {
      expect(readEmail(typed).problem).toBeDefined()
    },
  )
})

describe('schemas', () => {
  it('give the plain value or the words for the person', () => {
    expect(Inn.parse('7707 083 893')).toBe('7707083893')
    expect(Phone.parse('8 (39907) 5-01-13')).toBe('+73990750113')
    expect(Email.safeParse('ds14').error?.issues[0]?.message).toContain('@')
  })
})

const misprinted = (code: string) => code.slice(0, -1) + ((Number(code.at(-1)) + 1) % 10)
