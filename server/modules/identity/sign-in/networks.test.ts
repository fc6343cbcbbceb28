import { expect, it } from 'vitest'
import { networkOf, networksOf } from './networks.ts'

it('an address is told by the narrowest network that holds it', () => {
  const networks = networksOf('network;name\n203.0.113.0/24;вся область\n203.0.113.16/28;администрация района\n')
  const nameOf = (address: string) => networks.find(({ block }) => block.check(address))?.name
  expect(nameOf('203.0.113.20')).toBe('администрация района')
  expect(nameOf('203.0.113.200')).toBe('вся область')
  expect(nameOf('198.51.100.1')).toBeUndefined()
})

it('what is no network is passed over', () => {
  expect(networksOf('network;name\nnowhere;нигде\n203.0.113.0/99;нигде\n203.0.113.0/24;\n')).toEqual([])
})

it('the program knows networks of one’s own, in both families', () => {
  expect(networkOf('192.168.1.7')).toBe('внутренняя сеть')
  expect(networkOf('::ffff:192.168.1.7')).toBe('внутренняя сеть')
  expect(networkOf('fd00::1')).toBe('внутренняя сеть')
  expect(networkOf('203.0.113.20')).toBeUndefined()
  expect(networkOf('local')).toBeUndefined()
})
