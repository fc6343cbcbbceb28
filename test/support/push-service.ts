/**
 * A push service and the browser behind it, as strict as the real ones: the sender must be the one the subscription was
 * made with (VAPID, RFC 8292), the content must open with the browser's own keys (RFC 8291 over RFC 8188), and the headers
 * of RFC 8030 must be there. What is wrong is answered as they answer.
 */
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, randomUUID, verify } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Post } from '../../server/modules/messages/push/endpoints.ts'

const origin = 'https://push.browsers.example'

type Browser = { endpoint: string; p256dh: string; auth: string; notifications: string[]; unsubscribe: () => void }
type Kept = { serverKey: string; ecdh: ReturnType<typeof createECDH>; auth: Buffer; notifications: string[] }

export async function openPushService() {
  const kept = new Map<string, Kept>()
  const gone = new Set<string>()
  const answers: number[] = []
  let refusing: number | undefined

  const server = createServer((call, reply) => {
    void answered(call).then((status) => {
      answers.push(status)
      reply.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // as: it listens on a port, not on a pipe

  async function answered(call: IncomingMessage): Promise<number> {
    const body = Buffer.concat(await call.toArray())
    if (refusing) return refusing
    const path = call.url ?? ''
    if (gone.has(path)) return 410
    const subscription = kept.get(path)
    if (!subscription) return 404
    if (call.method !== 'POST') return 405
    if (!/^\d+$/.test(String(call.headers.ttl))) return 400
    if (body.length > 4096) return 413
    if (!isSignedBy(subscription.serverKey, String(call.headers.authorization))) return 403
    if (call.headers['content-encoding'] !== 'aes128gcm') return 400
    const text = opened(body, subscription)
    if (text === undefined) return 400
    subscription.notifications.push(text)
    return 201
  }

  return {
    answers,
    /** What a browser gives after `pushManager.subscribe`. */
    subscribe: (serverKey: string): Browser => {
      const path = `/send/${randomUUID()}`
      const ecdh = createECDH('prime256v1')
      const p256dh = ecdh.generateKeys().toString('base64url')
      const auth = randomBytes(16)
      const notifications: string[] = []
      kept.set(path, { serverKey, ecdh, auth, notifications })
      return {
        endpoint: origin + path,
        p256dh,
        auth: auth.toString('base64url'),
        notifications,
        unsubscribe: () => gone.add(path),
      }
    },
    /** Every call is answered so, until told otherwise. */
    refuse: (status: number | undefined) => {
      refusing = status
    },
    /** As the program posts, but to this service instead of the web. */
    post: (async ({ endpoint, headers, body }) => {
      const { 'Content-Length': _, ...others } = headers
      const reply = await fetch(endpoint.replace(origin, `http://127.0.0.1:${port}`), {
        method: 'POST',
        headers: others,
        body: new Uint8Array(body),
      })
      return reply.status
    }) satisfies Post,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** `vapid t=<JWT>, k=<public key>`: signed with ES256 by the key that the subscription was made with, for this service. */
function isSignedBy(serverKey: string, authorization: string): boolean {
  const [, token = '', key] = /^vapid t=([\w.-]+), k=([\w-]+)$/i.exec(authorization) ?? []
  if (key !== serverKey) return false
  const point = Buffer.from(key, 'base64url')
  const [head = '', claims = '', signature = ''] = token.split('.')
  const publicKey = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  })
  const told = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
  const { aud, exp, sub } = told(claims)
  const left = exp - Date.now() / 1000
  return (
    told(head).alg === 'ES256' &&
    verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    ) &&
    aud === origin &&
    left > 0 &&
    left <= 86_400 &&
    /^(mailto:\S+@\S+|https:\/\/\S+)$/.test(sub)
  )
}

/** One record: salt, its size, the sender's key, the encrypted text that ends with a 2. */
function opened(body: Buffer, { ecdh, auth }: Kept): string | undefined {
  try {
    const salt = body.subarray(0, 16)
    const idLength = body.readUInt8(20)
    const sender = body.subarray(21, 21 + idLength)
    const sealed = body.subarray(21 + idLength)
    const about = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), sender])
    const input = Buffer.from(hkdfSync('sha256', ecdh.computeSecret(sender), auth, about, 32))
    const key = Buffer.from(hkdfSync('sha256', input, salt, 'Content-Encoding: aes128gcm\0', 16))
    const nonce = Buffer.from(hkdfSync('sha256', input, salt, 'Content-Encoding: nonce\0', 12))
    const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16))
    const text = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
    const end = text.lastIndexOf(2)
    return end > 0 && text.subarray(end + 1).every((byte) => byte === 0) ? text.subarray(0, end).toString() : undefined
  } catch {
    return undefined
  }
}
