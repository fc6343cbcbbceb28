/** As much of Active Directory as a sign-in meets: one person, and a refusal with a code of its own. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type TLSSocket } from 'node:tls'
import { makeCertificates } from './slapd.ts'

export type FakeActiveDirectory = {
  url: string
  caFile: string
  /** What the next passwords are answered with: «data 532»; undefined lets them in. */
  refuseWith: (code: string | undefined) => void
  stop: () => Promise<void>
}

export const directoryService = 'CN=kabinet,DC=region,DC=example'
const person = 'CN=Озёрова Анна,OU=Сотрудники,DC=region,DC=example'

export async function startActiveDirectory(): Promise<FakeActiveDirectory> {
  const directory = mkdtempSync(join(tmpdir(), 'kabinet-ad-'))
  makeCertificates(directory)
  let refusal: string | undefined
  const options = {
    key: readFileSync(join(directory, 'server.key')),
    cert: readFileSync(join(directory, 'server.pem')),
  }
  const server = createServer(options, (socket) => answerAll(socket, () => refusal))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `ldaps://localhost:${typeof address === 'object' ? address?.port : 0}`,
    caFile: join(directory, 'ca.pem'),
    refuseWith: (code) => {
      refusal = code
    },
    stop: async () => {
      await new Promise((resolve) => server.close(resolve))
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function answerAll(socket: TLSSocket, refusal: () => string | undefined): void {
  socket.on('error', () => socket.destroy())
  // Each request comes whole: they are short, and the client waits for every answer.
  socket.on('data', (bytes: Buffer) => {
    const [id, operation] = childrenOf(bytes)
    if (!id || !operation) return
    for (const answer of answersTo(operation, refusal())) socket.write(element(0x30, element(0x02, id.content), answer))
  })
}

function answersTo({ tag, content }: Element, refusal: string | undefined): Buffer[] {
  if (tag === 0x63) return [entry(), result(0x65, 0)]
  if (tag !== 0x60) return []
  const name = childrenIn(content)[1]?.content.toString('utf8')
  if (name === directoryService || refusal === undefined) return [result(0x61, 0)]
  return [
    result(
      0x61,
      49,
      `80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data ${refusal}, v4563\0`,
    ),
  ]
}

const result = (tag: number, code: number, text = ''): Buffer =>
  element(tag, element(0x0a, Buffer.from([code])), element(0x04), element(0x04, Buffer.from(text)))

function entry(): Buffer {
  const attribute = (name: string, ...values: Buffer[]) =>
    element(0x30, element(0x04, Buffer.from(name)), element(0x31, ...values.map((value) => element(0x04, value))))
  const text = (name: string, value: string) => attribute(name, Buffer.from(value))
  return element(
    0x64,
    element(0x04, Buffer.from(person)),
    element(
      0x30,
      attribute('objectGUID', Buffer.from('b41f6b7c9d5e4f10a2c3d4e5f6a7b8c9', 'hex')),
      text('sn', 'Озёрова'),
      text('givenName', 'Анна'),
      text('displayName', 'Озёрова Анна Павловна'),
      text('mail', 'anna.ozerova@region.example'),
    ),
  )
}

type Element = { tag: number; content: Buffer }
const childrenOf = (message: Buffer): Element[] => childrenIn(childrenIn(message)[0]?.content ?? Buffer.alloc(0))

function childrenIn(bytes: Buffer): Element[] {
  const found: Element[] = []
  for (let at = 0; at + 1 < bytes.length; ) {
    const first = bytes[at + 1] ?? 0
    const more = first < 0x80 ? 0 : first - 0x80
    const length = more === 0 ? first : bytes.readUIntBE(at + 2, more)
    const start = at + 2 + more
    found.push({ tag: bytes[at] ?? 0, content: bytes.subarray(start, start + length) })
    at = start + length
  }
  return found
}

function element(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  // The long form, as Active Directory writes every length.
  const head = Buffer.alloc(6)
  head.writeUInt8(tag, 0)
  head.writeUInt8(0x84, 1)
  head.writeUInt32BE(content.length, 2)
  return Buffer.concat([head, content])
}
