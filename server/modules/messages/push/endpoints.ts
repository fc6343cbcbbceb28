/**
 * Where a notification may be sent. The address comes from a browser, so from anyone: it must not lead this server into its
 * own network. The name is looked at when it is given, the address when the connection is made.
 */
import { lookup } from 'node:dns'
import { request } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

const inner = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inner.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inner.addSubnet(network, prefix, 'ipv6')

export const isInner = (address: string): boolean => inner.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Push services are on the web: https, the usual port, a name with a dot. */
export function isPublicEndpoint(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false
  const { protocol, hostname, port, username, password } = new URL(endpoint)
  if (protocol !== 'https:' || port !== '' || username !== '' || password !== '') return false
  return /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*$/i.test(hostname)
}

/** Looks every name up as usual and refuses those that lead inside. */
const publicLookup: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? []
    if (error || !first) return done(error ?? new Error('no address'), [])
    if (addresses.some(({ address }) => isInner(address))) return done(new Error('The address is an inner one'), [])
    if (options.all) done(null, addresses)
    else done(null, first.address, first.family)
  })
}

export type PushRequest = { endpoint: string; headers: Record<string, string>; body: Buffer }
/** Answers with the status of the push service; throws when there is none. */
export type Post = (request: PushRequest) => Promise<number>

const patience = 15_000

/** Follows no redirect, reads no answer. */
export const httpsPost: Post = ({ endpoint, headers, body }) =>
  new Promise((resolve, reject) => {
    const call = request(
      endpoint,
      { method: 'POST', headers, lookup: publicLookup, timeout: patience, signal: AbortSignal.timeout(patience) },
      (reply) => {
        reply.resume()
        resolve(reply.statusCode ?? 0)
      },
    )
    call.on('timeout', () => call.destroy(new Error('The push service does not answer')))
    call.on('error', reject)
    call.end(body)
  })
