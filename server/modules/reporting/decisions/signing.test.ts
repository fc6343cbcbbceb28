/** The door for a qualified signature: over the very bytes, by a certificate in force, made by OpenSSL's ГОСТ engine too. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { debianProgram } from '../../../../test/support/debian.ts'
import { cleanValues, peopleOf, reportOf } from '../../../../test/support/reports.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { newGostKey, selfSignedCertificate, signDetached } from '../../../kernel/signing/index.ts'

let world: World
let as: ReturnType<typeof peopleOf>
let report: string
const key = newGostKey()
const certificate = selfSignedCertificate(key, 'Шаховская-Мирошниченко Екатерина Александровна')

beforeAll(async () => {
  world = await openWorld()
  as = peopleOf(world)
  report = await reportOf(world, 'Ромашка')
  const versions = await world.db
    .selectFrom('form_versions as v')
    .innerJoin('forms as f', 'f.id', 'v.form_id')
    .select(['v.id', 'v.template'])
    .where('f.cipher', '=', '85-К')
    .execute()
  for (const { id, template } of versions)
    await world.db
      .updateTable('form_versions')
      .set({ template: JSON.stringify({ ...template, signature: 'qualified' }) })
      .where('id', '=', id)
      .execute()
  const changes = { ...cleanValues(), '7/701/8': cleanValues()['7/701/8'] ?? '0' }
  await as('krylatskaya').patch(`/reports/${report}/cells`, { changes })
})

const bytes = async () =>
  Buffer.from((await world.page('dobronravova').get(`/reports/${report}/signature/content`)).html, 'utf8')
const send = () => as('dobronravova').put(`/reports/${report}/sending`)
const put = async (file: Uint8Array, person = 'dobronravova') => {
  const body = new FormData()
  body.set('file', new File([new Uint8Array(file)], 'отчёт.sig'))
  const headers = { 'idempotency-key': crypto.randomUUID() }
  const reply = await as(person).fetch(`/api/v1/reports/${report}/signature`, { method: 'PUT', body, headers })
  return { status: reply.status, body: reply.status === 204 ? undefined : await reply.json() }
}

describe('a form that asks for a signature', () => {
  it('is not sent without one, and says what to do', async () =>
    expect(await send()).toMatchObject({ status: 422, body: { code: 'signature.missing' } }))

  it('refuses what is no signature, of other content, or by whom it is not', async () => {
    expect(await put(Buffer.from('не подпись'))).toMatchObject({ status: 422, body: { code: 'signature.unreadable' } })
    const other = signDetached(key, certificate, Buffer.from('другое'), new Date())
    expect(await put(other)).toMatchObject({ status: 422, body: { code: 'signature.wrong' } })
    const good = signDetached(key, certificate, await bytes(), new Date())
    expect((await put(good, 'krylatskaya')).status).toBe(403)
    const turned = Buffer.from(good)
    turned[turned.length - 5] = (turned[turned.length - 5] ?? 0) ^ 1
    expect((await put(turned)).status).toBe(422)
    expect((await send()).status).toBe(422)
  })

  it('is of no use after the numbers have changed', async () => {
    expect((await put(signDetached(key, certificate, await bytes(), new Date()))).status).toBe(204)
    await as('krylatskaya').patch(`/reports/${report}/cells`, { changes: { 'title/phone': '+70001021499' } })
    expect(await send()).toMatchObject({ status: 422, body: { code: 'signature.other-content' } })
    const page = await world.page('dobronravova').get(`/reports/${report}/signature`)
    expect(page.html.replaceAll('\u00a0', ' ')).toContain('После подписания в отчёте изменились числа')
  })
})

const places = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((name) => `/usr/lib/${name}/engines-3/gost.so`)
const engine = places.find(existsSync) ?? places[0] ?? ''

describe.skipIf(!debianProgram('libengine-gost-openssl', engine))('a signature by OpenSSL with its ГОСТ engine', () => {
  let directory = ''
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, {
      cwd: directory,
      env: { ...process.env, OPENSSL_CONF: join(directory, 'gost.cnf') },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  const sign = (name: string, ...more: string[]) => {
    const signing = ['cms', '-sign', '-binary', '-md', 'md_gost12_256', '-in', 'data', '-signer', `${name}.crt`]
    openssl(...signing, '-inkey', `${name}.key`, '-outform', 'DER', '-out', 'out.sig', ...more)
    return readFileSync(join(directory, 'out.sig'))
  }
  const request = (name: string, subject: string) => {
    openssl('genpkey', '-algorithm', 'gost2012_256', '-pkeyopt', 'paramset:A', '-out', `${name}.key`)
    const named = ['-utf8', '-key', `${name}.key`, '-subj', subject]
    openssl('req', '-new', '-md_gost12_256', ...named, '-out', `${name}.csr`)
  }
  /** By its own key, as an authority of one: the one way to name both days that every OpenSSL knows. */
  const certify = (name: string, from: string, to: string) => {
    writeFileSync(join(directory, `${name}.index`), '')
    const authority = `[ca]\ndefault_ca = own\n[own]\ndatabase = ${name}.index\nnew_certs_dir = .\nrand_serial = yes\ndefault_md = md_gost12_256\npolicy = any\nunique_subject = no\n[any]\ncommonName = supplied\norganizationName = optional\n`
    writeFileSync(join(directory, 'ca.cnf'), authority)
    const days = ['-startdate', `${from}000000Z`, '-enddate', `${to}000000Z`]
    const asked = ['-keyfile', `${name}.key`, '-in', `${name}.csr`, '-utf8']
    openssl('ca', '-config', 'ca.cnf', '-selfsign', '-batch', '-notext', ...asked, ...days, '-out', `${name}.crt`)
  }
  const dayOf = (years: number) =>
    new Date(Date.now() + years * 365 * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')
  const person = (name: string, subject: string, [from, to]: [number, number] = [-1, 1]) => {
    request(name, subject)
    certify(name, dayOf(from), dayOf(to))
  }

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'kabinet-signature-'))
    writeFileSync(
      join(directory, 'gost.cnf'),
      `openssl_conf = all\n[all]\nengines = engines\n[engines]\ngost = gost\n[gost]\nengine_id = gost\ndynamic_path = ${engine}\ndefault_algorithms = ALL\n[req]\ndistinguished_name = name\n[name]\n`,
    )
    writeFileSync(join(directory, 'data'), await bytes())
    person('head', '/CN=Шаховская-Мирошниченко Екатерина Александровна/O=Детский сад № 14')
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  it('with the data inside is refused in plain words', async () =>
    expect(await put(sign('head', '-nodetach'))).toMatchObject({ status: 422, body: { code: 'signature.attached' } }))

  it('by a certificate that is not in force is refused', async () => {
    person('late', '/CN=Прежний руководитель', [-6, -5])
    expect(await put(sign('late'))).toMatchObject({ status: 422, body: { code: 'signature.expired' } })
    person('early', '/CN=Будущий руководитель', [1, 2])
    expect(await put(sign('early'))).toMatchObject({ status: 422, body: { code: 'signature.expired' } })
  })

  it('is kept with who signed, goes with the submission, and holds there', async () => {
    expect((await put(sign('head'))).status).toBe(204)
    expect(await send()).toMatchObject({ status: 200, body: { state: 'sent' } })
    const { body } = await as('voznesensky').get(`/reports/${report}/submissions/1`)
    expect(body.signatures).toMatchObject([
      { subject: 'Шаховская-Мирошниченко Екатерина Александровна, Детский сад № 14' },
    ])
    const verified = (await as('voznesensky').get(`/reports/${report}/submissions/1/verification`)).body
    expect(verified).toMatchObject({ intact: true, signatures: [{ intact: true }] })
    const page = await world.page('voznesensky').get(`/reports/${report}/submissions/1`)
    expect(page.html).toContain('Шаховская-Мирошниченко')
    expect((await world.page('voznesensky').get(`/reports/${report}/submissions/1/signatures/1`)).status).toBe(200)
  })
})
