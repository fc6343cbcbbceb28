/**
 * The name of a network, so that a person knows its own sign-ins by place: `reference/networks.csv`, where an
 * installation names its own (a district's administration, a ministry). Nobody outside is asked where an address is.
 */
import { BlockList, isIP } from 'node:net'
import { readReference } from '../../../kernel/reference.ts'

type Network = { block: BlockList; length: number; name: string }

let known: Network[] | undefined

/** «внутренняя сеть»; undefined when no named network holds the address. The narrowest one wins. */
export function networkOf(address: string): string | undefined {
  known ??= networksOf(readReference('networks.csv').toString('utf8'))
  const family = isIP(address)
  if (family === 0) return undefined
  return known.find(({ block }) => block.check(address, family === 6 ? 'ipv6' : 'ipv4'))?.name
}

/** @param text first the line `network;name`, then a network a line; what is no network is passed over */
export function networksOf(text: string): Network[] {
  const networks = text
    .split(/\r?\n/)
    .slice(1)
    .flatMap((line): Network[] => {
      const [network = '', name = ''] = line.split(';').map((part) => part.trim())
      const [address = '', length = ''] = network.split('/')
      const family = isIP(address)
      const bits = Number(length)
      if (family === 0 || name === '' || !/^\d+$/.test(length) || bits > (family === 6 ? 128 : 32)) return []
      const block = new BlockList()
      block.addSubnet(address, bits, family === 6 ? 'ipv6' : 'ipv4')
      return [{ block, length: bits, name }]
    })
  return networks.sort((one, other) => other.length - one.length)
}
