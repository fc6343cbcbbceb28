import { describe, expect, it } from 'vitest'
import { okvedOf, searchOkved } from './okved.ts'
import { nameLikeness } from './similar.ts'

describe('how alike two names are', () => {
  const romashka = 'МБДОУ «Детский сад комбинированного вида № 14 „Ромашка“»'

  it('is much for other spellings of one name', () => {
    for (const spelling of [
      'Детский сад №14 Ромашка',
      'МБДОУ "Детский сад № 14 «Ромашка»"',
      'МБДОУ детский сад «Ромашка»',
      'Муниципальное бюджетное дошкольное образовательное учреждение детский сад комбинированного вида 14 «Рамашка»',
    ])
      expect(nameLikeness(romashka, spelling), spelling).toBeGreaterThanOrEqual(0.6)
  })

  it('is little for a neighbour', () => {
    for (const other of [
      'МБДОУ «Детский сад общеразвивающего вида № 21 „Журавушка“»',
      'МБДОУ «Детский сад комбинированного вида № 15 „Ромашка“»',
      'МБДОУ «Детский сад комбинированного вида „Рябинка“»',
      'МБДОУ «Детский сад»',
    ])
      expect(nameLikeness(romashka, other), other).toBeLessThan(0.6)
  })
})

describe('kinds of activity', () => {
  it('are found by a code or by words in other forms', () => {
    const codes = (q: string) => searchOkved(q).map(({ code }) => code)
    expect(codes('85.1')).toContain('85.14')
    expect(codes('дошкольного образования')).toContain('85.11')
    expect(codes('больницы')).toContain('86.1')
    expect(codes('')).toEqual([])
  })

  it('are those of the installation, quoted or not', () =>
    expect([...okvedOf('\ufeffcode;name\r\n85.11;"Образование дошкольное"\r\n\r\nне код;x')]).toEqual([
      ['85.11', 'Образование дошкольное'],
    ]))
})
