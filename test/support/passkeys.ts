/** A passkey in software: what a browser with a key of its own would answer (WebAuthn 3), and what a false one would. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

type Circumstances = {
  /** Where the page stands, as the browser says. */
  origin?: string
  rpId?: string
  /** What the key counts; nought for one that does not count. */
  counter?: number
  /** The person has been verified: by finger, face or PIN. */
  verified?: boolean
  userHandle?: string
  challenge?: string
}
type Options = { challenge: string; user?: { id: string } }

export class SoftPasskey {
  readonly id = randomBytes(16).toString('base64url')
  private readonly key: KeyObject
  private readonly cose: Buffer
  private userHandle = ''

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    this.key = privateKey
    // {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
    this.cose = Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(x, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y, 'base64url'),
    ])
  }

  /** The answer to `navigator.credentials.create`. */
  register(options: Options, given: Circumstances = {}) {
    this.userHandle = options.user?.id ?? ''
    const id = Buffer.from(this.id, 'base64url')
    const length = Buffer.from([id.length >> 8, id.length & 255])
    const attested = Buffer.concat([Buffer.alloc(16), length, id, this.cose])
    const data = Buffer.concat([this.authenticatorData(given, 0x40), attested])
    return this.credential({
      clientDataJSON: clientData('webauthn.create', options, given).toString('base64url'),
      attestationObject: noAttestation(data).toString('base64url'),
      transports: ['internal'],
    })
  }

  /** The answer to `navigator.credentials.get`. */
  assert(options: Options, given: Circumstances = {}) {
    const data = this.authenticatorData(given, 0)
    const client = clientData('webauthn.get', options, given)
    const signed = Buffer.concat([data, createHash('sha256').update(client).digest()])
    return this.credential({
      clientDataJSON: client.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: sign('sha256', signed, this.key).toString('base64url'),
      userHandle: given.userHandle ?? this.userHandle,
    })
  }

  private credential<R>(response: R) {
    return { id: this.id, rawId: this.id, type: 'public-key', response, clientExtensionResults: {} }
  }

  private authenticatorData({ rpId = 'localhost', verified = true, counter = 0 }: Circumstances, more: number): Buffer {
    const flags = 0x01 | (verified ? 0x04 : 0) | more
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), count])
  }
}

const clientData = (type: string, { challenge }: Options, given: Circumstances): Buffer =>
  Buffer.from(
    JSON.stringify({
      type,
      challenge: given.challenge ?? challenge,
      origin: given.origin ?? 'http://localhost',
      crossOrigin: false,
    }),
  )

/** {"fmt": "none", "attStmt": {}, "authData": data} in CBOR. */
function noAttestation(data: Buffer): Buffer {
  const head = Buffer.from('a363666d74646e6f6e656761747453746d74a06861757468446174615900', 'hex')
  return Buffer.concat([head.subarray(0, -1), Buffer.from([data.length >> 8, data.length & 255]), data])
}
