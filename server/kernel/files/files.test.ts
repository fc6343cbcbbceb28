import { createHash, randomBytes } from 'node:crypto'
import dns from 'node:dns'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openSwift, type Swift, storageDomain, swiftAvailable } from '../../../test/support/swift.ts'
import type { S3Settings } from '../settings.storage.ts'
import { BytesMissing, checkS3, type FileStore, fileStore, moveFiles, s3Store } from './index.ts'

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
async function namesOf(store: FileStore): Promise<string[]> {
  const names: string[] = []
  for await (const { sha256 } of store.list()) names.push(sha256)
  return names.sort()
}
const brief = { attempts: 3, pause: 5, silence: 300, total: 5000 }

let swift: Swift | undefined
const directory = mkdtempSync(join(tmpdir(), 'kabinet-files-'))

beforeAll(async () => {
  if (swiftAvailable()) swift = await openSwift()
}, 400_000)
afterAll(async () => {
  await swift?.remove()
  rmSync(directory, { recursive: true, force: true })
})

describe.each(['directory', 's3'] as const)('files in a store: %s', (kind) => {
  const storeOf = (): FileStore | undefined =>
    kind === 'directory' ? fileStore(directory) : swift && s3Store(swift.settings)

  it('are put, found, read, listed and removed by their content', async (context) => {
    const store = storeOf()
    if (!store) return context.skip('нет Swift из пакетов Debian')
    const before = Date.now()
    const page = Buffer.from('%PDF-1.4 Приказ')
    const stored = await store.put(page)
    expect(stored).toEqual({ sha256: hashOf(page), size: page.byteLength, mediaType: 'application/pdf' })
    expect(await store.put(page)).toEqual(stored)
    const large = randomBytes(9_000_000)
    await store.putFrom(hashOf(large), large.byteLength, () => Readable.from([large.subarray(0, 7), large.subarray(7)]))

    expect(await buffer(await store.read(stored.sha256))).toEqual(page)
    expect((await buffer(await store.read(hashOf(large)))).equals(large)).toBe(true)
    const held = await store.find(stored.sha256)
    expect(held?.size).toBe(page.byteLength)
    expect(Number(held?.changedAt)).toBeGreaterThan(before - 2000)
    expect(await namesOf(store)).toEqual([stored.sha256, hashOf(large)].sort())

    await store.remove(stored.sha256)
    await store.remove(stored.sha256)
    expect(await store.find(stored.sha256)).toBeUndefined()
    await expect(store.read(stored.sha256)).rejects.toThrow(BytesMissing)
    await expect(store.read('../../etc/passwd')).rejects.toThrow(RangeError)
    await store.remove(hashOf(large))
  }, 20_000)
})

describe('a store that speaks S3', () => {
  it('refuses bytes that came changed, and takes nothing of them', async (context) => {
    if (!swift) return context.skip('нет Swift из пакетов Debian')
    const warnings: string[] = []
    const store = s3Store(swift.settings, { warn: (line) => void warnings.push(line) })
    const promised = hashOf(Buffer.from('what was sent'))
    const put = store.putFrom(promised, 13, () => Readable.from([Buffer.from('what has come')]))
    await expect(put).rejects.toMatchObject({ code: 'files-unavailable', status: 503 })
    expect(warnings).toEqual([expect.stringContaining('400 ')])
    expect(await store.find(promised)).toBeUndefined()
  })

  it('finds the bucket in the name of the host where it is set so', async (context) => {
    if (!swift) return context.skip('нет Swift из пакетов Debian')
    const asked: string[] = []
    const lookup = vi.spyOn(dns, 'lookup')
    // as: the one shape of many in which the name is asked for here
    lookup.mockImplementation(((name: string, _options: unknown, tell: (...told: unknown[]) => void) => {
      asked.push(name)
      tell(null, [{ address: '127.0.0.1', family: 4 }])
    }) as unknown as typeof dns.lookup)
    try {
      const { port } = new URL(swift.settings.endpoint)
      const inHost = { ...swift.settings, endpoint: `http://${storageDomain}:${port}`, pathStyle: false }
      const { sha256 } = await s3Store(inHost).put(Buffer.from('in the name of the host'))
      expect(await buffer(await s3Store(inHost).read(sha256))).toEqual(Buffer.from('in the name of the host'))
      expect(new Set(asked)).toEqual(new Set([`kabinet-files.${storageDomain}`]))
      expect(await namesOf(s3Store(inHost))).toEqual(await namesOf(s3Store(swift.settings)))
    } finally {
      lookup.mockRestore()
    }
  })

  it('lists one page after another', async (context) => {
    if (!swift) return context.skip('нет Swift из пакетов Debian')
    const store = s3Store(await swift.bucket('kabinet-many'), { page: 3 })
    expect(await namesOf(store)).toEqual([])
    const files = Array.from({ length: 9 }, (_, number) => Buffer.from(String(number)))
    for (const bytes of files) await store.put(bytes)
    expect(await namesOf(store)).toEqual(files.map(hashOf).sort())
  })

  it('is looked at before the start: what is wrong is said in Russian', async (context) => {
    if (!swift) return context.skip('нет Swift из пакетов Debian')
    const { settings } = swift
    expect(await checkS3(settings)).toBeUndefined()
    const wrong = (change: Partial<S3Settings>) => checkS3({ ...settings, ...change }, brief)
    await expect(wrong({ bucket: 'nowhere' })).rejects.toThrow(/NoSuchBucket.*Создайте бакет «nowhere»/s)
    await expect(wrong({ secret: 'guessed' })).rejects.toThrow(/SignatureDoesNotMatch.*S3_KEY и S3_SECRET/s)
    await expect(wrong({ region: 'eu-west-1' })).rejects.toThrow(/S3_REGION/)
    expect(await wrong({ endpoint: 'http://127.0.0.1:1' })).toContain('не отвечает')
  })
})

describe('files that are moved', () => {
  it('come whole to the other store and back, however often it is begun', async (context) => {
    if (!swift) return context.skip('нет Swift из пакетов Debian')
    const there = s3Store(await swift.bucket('kabinet-moved'))
    const here = fileStore(join(directory, 'moved'))
    const files = [Buffer.from('один'), randomBytes(3_000_000), Buffer.alloc(0)]
    for (const bytes of files) await here.put(bytes)
    const rotten = await here.put(Buffer.from('was whole'))
    const { sha256 } = rotten
    const path = join(directory, 'moved/files', sha256.slice(0, 2), sha256.slice(2, 4), sha256)
    writeFileSync(path, 'is rotten')
    const warnings: string[] = []
    const move = async (from: FileStore, to: FileStore, remove: boolean) => {
      const amount = { moved: 0, present: 0, removed: 0, damaged: 0 }
      await moveFiles({ from, to, remove, warn: (line) => void warnings.push(line), amount })
      return amount
    }
    await there.put(Buffer.from('один'))
    expect(await move(here, there, false)).toEqual({ moved: 2, present: 1, removed: 0, damaged: 1 })
    expect(warnings).toEqual([expect.stringContaining(sha256)])
    expect(await move(here, there, true)).toEqual({ moved: 0, present: 3, removed: 3, damaged: 1 })
    expect(await namesOf(here)).toEqual([sha256])
    rmSync(path)

    expect(await move(there, here, true)).toEqual({ moved: 3, present: 0, removed: 3, damaged: 0 })
    expect(await namesOf(there)).toEqual([])
    for (const bytes of files) expect((await buffer(await here.read(hashOf(bytes)))).equals(bytes)).toBe(true)
  }, 20_000)
})

describe('a store that is not itself', () => {
  it('is asked again, with pauses, and then given up as out of reach', async () => {
    const answers: (number | 'break' | 'silence')[] = []
    const bodies: string[] = []
    const server = createServer(async (request, reply) => {
      const body = await buffer(request)
      bodies.push(`${request.headers['content-length']} ${body.toString()}`)
      const answer = answers.shift() ?? 200
      if (answer === 'break') request.socket.destroy()
      else if (answer !== 'silence') reply.writeHead(answer).end()
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo // as: it listens on a port, not on a path
    const settings = {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'r',
      bucket: 'b',
      key: 'k',
      secret: 's',
      pathStyle: true,
    }
    const store = s3Store(settings, { patience: brief })
    try {
      answers.push(503, 'break', 200)
      await store.put(Buffer.from('wait'))
      expect(bodies).toEqual(['4 wait', '4 wait', '4 wait'])
      answers.push('silence', 200)
      await store.put(Buffer.from('wait'))
      answers.push('silence', 'silence', 'silence')
      await expect(store.put(Buffer.from('wait'))).rejects.toMatchObject({ status: 503 })
      answers.push(500, 500, 500)
      await expect(store.find(hashOf(Buffer.from('')))).rejects.toMatchObject({ code: 'files-unavailable' })
      bodies.length = 0
      answers.push(403)
      await expect(store.put(Buffer.from('wait'))).rejects.toMatchObject({ status: 503 })
      expect(bodies).toHaveLength(1)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })
})
