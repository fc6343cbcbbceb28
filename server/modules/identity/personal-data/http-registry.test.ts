import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { httpRegistry } from './http-registry.ts'

const person = {
  surname: 'Добронравова',
  name: 'Светлана',
  patronymic: null,
  birthDate: '1985-03-18',
  birthPlace: 'г. Верхнеозёрск',
  series: '4508',
  number: '123456',
  issuedOn: '2005-04-02',
  issuedBy: 'ОВД г. Верхнеозёрска',
  divisionCode: '770-001',
  registrationAddress: 'г. Верхнеозёрск, ул. Заречная, 7',
  actualAddress: null,
}

let server: Server
let answer: { status: number; body: string; location?: string }
let asked: { headers: IncomingHttpHeaders; body: string }[] = []
const directory = mkdtempSync(join(tmpdir(), 'kabinet-registry-'))
const tokenFile = join(directory, 'token')

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    asked.push({ headers: request.headers, body })
    response.writeHead(answer.status, answer.location ? { location: answer.location } : {}).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  server.close()
  rmSync(directory, { recursive: true })
})
beforeEach(() => {
  asked = []
  writeFileSync(tokenFile, 'sekret-1\n')
})

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/check` // as: it listens on TCP
const check = () => httpRegistry({ url: address(), tokenFile }).check(person)

describe('a registry behind an address', () => {
  it('gets the person with the token, and its acceptance counts', async () => {
    answer = { status: 200, body: '{"accepted":true}' }
    expect(await check()).toEqual({ accepted: true })
    expect(asked[0]?.headers.authorization).toBe('Bearer sekret-1')
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual(person)
  })

  it('gets a changed token without a restart', async () => {
    answer = { status: 200, body: '{"accepted":true}' }
    const registry = httpRegistry({ url: address(), tokenFile })
    await registry.check(person)
    writeFileSync(tokenFile, 'sekret-2')
    await registry.check(person)
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer sekret-1', 'Bearer sekret-2'])
  })

  it('refuses with its reasons, or with words that it gave none', async () => {
    answer = { status: 200, body: '{"accepted":false,"reasons":["Паспорт недействителен"]}' }
    expect(await check()).toEqual({ accepted: false, reasons: ['Паспорт недействителен'] })
    answer = { status: 200, body: '{"accepted":false}' }
    expect(await check()).toEqual({ accepted: false, reasons: ['Реестр не назвал причину'] })
  })

  it.each([
    ['an error', { status: 500, body: '{"accepted":true}' }],
    ['a refusal of the token', { status: 401, body: '' }],
    ['what is not JSON', { status: 200, body: '<html>' }],
    ['another answer', { status: 200, body: '{"ok":true}' }],
    ['an answer without an end', { status: 200, body: `{"accepted":true,"x":"${'x'.repeat(100_000)}"}` }],
    ['a way elsewhere', { status: 302, body: '', location: 'http://127.0.0.1:9/' }],
  ])('gives no answer by %s', async (_, given) => {
    answer = given
    await expect(check()).rejects.toThrow()
  })
})
