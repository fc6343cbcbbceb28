/**
 * Encrypted connections to directories. StartTLS is spoken here, before the LDAP client sees the connection: the client
 * would open a lost connection anew without encryption, and would read on past what came before it.
 */
import { once } from 'node:events'
import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'

export type Address = { url: string; ca: string | undefined; seconds: number }

/** @throws when the directory is not there in time, cannot encrypt, or its certificate is not trusted */
export async function openSecureSocket(address: Address): Promise<TLSSocket> {
  const { protocol, hostname, port } = new URL(address.url)
  const host = hostname.replace(/^\[|\]$/g, '')
  const trust = { host, ca: address.ca, minVersion: 'TLSv1.2', ...(isIP(host) ? {} : { servername: host }) } as const
  if (protocol === 'ldaps:') {
    return within(address.seconds, connectTls({ ...trust, port: Number(port || 636) }), secured)
  }
  const plain = connectPlain(Number(port || 389), host)
  await within(address.seconds, plain, askStartTls)
  return within(address.seconds, connectTls({ ...trust, socket: plain }), secured)
}

async function within<S extends Socket>(seconds: number, socket: S, ready: (socket: S) => Promise<void>): Promise<S> {
  const timer = setTimeout(() => socket.destroy(new Error('ETIMEDOUT')), seconds * 1000)
  try {
    await ready(socket)
    return socket
  } catch (error) {
    socket.destroy()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

const secured = (socket: TLSSocket): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once('secureConnect', resolve)
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('ECONNRESET')))
  })

/** LDAPMessage 1, ExtendedRequest 1.3.6.1.4.1.1466.20037 (RFC 4511, 4.14). */
const startTls = Buffer.concat([
  Buffer.from([0x30, 0x1d, 0x02, 0x01, 0x01, 0x77, 0x18, 0x80, 0x16]),
  Buffer.from('1.3.6.1.4.1.1466.20037'),
])

async function askStartTls(socket: Socket): Promise<void> {
  const lost = new Promise<never>((_, reject) => {
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('ECONNRESET')))
  })
  // Waited for below; after that nobody listens, and the connection's later end is not an error of this step.
  lost.catch(() => undefined)
  await Promise.race([once(socket, 'connect'), lost])
  socket.write(startTls)
  await Promise.race([agreement(socket), lost])
}

const agreement = (socket: Socket): Promise<void> =>
  new Promise((resolve, reject) => {
    let answer = Buffer.alloc(0)
    const hear = (bytes: Buffer) => {
      answer = Buffer.concat([answer, bytes])
      const agreed = isAgreed(answer)
      if (agreed === undefined) return
      socket.off('data', hear)
      socket.pause()
      if (agreed) resolve()
      else reject(new Error('StartTLS refused'))
    }
    socket.on('data', hear)
  })

/**
 * Whether the directory goes over to TLS; undefined until its answer is whole. More than the one answer is a refusal:
 * whatever stands after it was said before the encryption, by anyone.
 */
export function isAgreed(answer: Buffer): boolean | undefined {
  const message = elementAt(answer, 0)
  if (message === undefined || answer.length < message.end) return answer.length > 4096 ? false : undefined
  const id = elementAt(answer, message.start)
  const reply = id && elementAt(answer, id.end)
  const code = reply && elementAt(answer, reply.start)
  return (
    answer.length === message.end &&
    message.tag === 0x30 &&
    reply?.tag === 0x78 &&
    code?.tag === 0x0a &&
    code.end - code.start === 1 &&
    answer[code.start] === 0
  )
}

/** One element of BER; undefined while its length has not come whole. */
function elementAt(bytes: Buffer, at: number): { tag: number; start: number; end: number } | undefined {
  const [tag, first] = [bytes[at], bytes[at + 1]]
  if (tag === undefined || first === undefined) return undefined
  if (first < 0x80) return { tag, start: at + 2, end: at + 2 + first }
  const more = first - 0x80
  if (more === 0 || more > 4) return { tag: 0, start: at, end: at }
  if (bytes.length < at + 2 + more) return undefined
  const start = at + 2 + more
  return { tag, start, end: start + bytes.readUIntBE(at + 2, more) }
}
