import { describe, expect, it } from 'vitest'
import {
  capital,
  counted,
  formatFileSize,
  formatNumber,
  formatPercent,
  initials,
  plural,
  shortName,
  tie,
} from './text.ts'

const reports = ['отчёт', 'отчёта', 'отчётов'] as const
/** Spaces that do not break, made visible: ~ for the wide one, ' for the narrow. */
const seen = (text: string) => text.replaceAll('\u00a0', '~').replaceAll('\u202f', "'")

describe('plural', () => {
  it.each([
    [0, 'отчётов'],
    [1, 'отчёт'],
    [2, 'отчёта'],
    [5, 'отчётов'],
    [11, 'отчётов'],
    [12, 'отчётов'],
    [21, 'отчёт'],
    [104, 'отчёта'],
    [111, 'отчётов'],
    [-3, 'отчёта'],
    [1.5, 'отчёта'],
  ])('%d %s', (count, form) => expect(plural(count, reports)).toBe(form))

  it('is tied to its number', () => expect(seen(counted(1204, reports))).toBe("1'204~отчёта"))
})

describe('numbers', () => {
  it.each([
    [1937532, "1'937'532"],
    [-2, '−2'],
    [0, '0'],
    [-0.001, '−0,001'],
    ['-0.00', '0,00'],
    ['12345678901234567890.1200', "12'345'678'901'234'567'890,1200"],
    [1234.5, "1'234,5"],
    ['х', 'х'],
  ])('%s → %s', (value, written) => expect(seen(formatNumber(value))).toBe(written))

  it('round to the digits asked for', () => expect(seen(formatNumber(0.125, 2))).toBe('0,13'))

  it.each([
    [0.8163, '82~%'],
    [0.999, '99~%'],
    [1, '100~%'],
    [0.001, '1~%'],
    [0, '0~%'],
  ])('share %d is %s', (share, written) => expect(seen(formatPercent(share))).toBe(written))

  it.each([
    [0, '0~Б'],
    [1023, "1'023~Б"],
    [217_088, '212~КБ'],
    [7_549_747, '7,2~МБ'],
    [5_242_880, '5~МБ'],
  ])('%d bytes are %s', (bytes, written) => expect(seen(formatFileSize(bytes))).toBe(written))
})

describe('names', () => {
  it('are shortened to initials that do not part', () => {
    expect(seen(shortName('Добронравова Светлана Викторовна'))).toBe('Добронравова~С.~В.')
    expect(seen(shortName('Шаховская-Мирошниченко  Екатерина'))).toBe('Шаховская-Мирошниченко~Е.')
    expect(shortName('Ли')).toBe('Ли')
  })

  it('give the letters of a face', () => expect(initials('Добронравова Светлана Викторовна')).toBe('ДС'))

  it('begin with a capital', () => expect(capital('ёлка')).toBe('Ёлка'))
})

describe('tie', () => {
  it.each([
    ['Сведения о филиалах и подразделениях', 'Сведения о~филиалах и~подразделениях'],
    ['В кабинете', 'В~кабинете'],
    ['Детский сад № 14 „Ромашка“', 'Детский сад №~14 „Ромашка“'],
    ['Заявка №2026-04817', 'Заявка №~2026-04817'],
    ['просит Преображенская А. К. сегодня', 'просит Преображенская~А.~К. сегодня'],
    ['имени И. Ф. Медведева', 'имени И.~Ф.~Медведева'],
    ['с. Большое Старомельничное', 'с.~Большое Старомельничное'],
    ['изменять — нет', 'изменять~— нет'],
    ['до 20 января, 5 МБ', 'до~20~января, 5~МБ'],
    ['и в том же', 'и~в~том же'],
    ['пятнадцать дней', 'пятнадцать дней'],
    ['в течение 4 рабочих часов', 'в~течение 4~рабочих часов'],
    ['раздел 7 Отчёта', 'раздел 7 Отчёта'],
  ])('%s', (plain, tied) => expect(seen(tie(plain))).toBe(tied))

  it('changes nothing the second time', () => {
    const once = tie('просит Преображенская А. К. о справке № 14')
    expect(tie(once)).toBe(once)
  })
})
