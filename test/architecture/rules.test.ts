/** Rules that hold by themselves: what a reviewer would otherwise have to remember. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { kernelPhrases, translator } from '../../server/kernel/errors/index.ts'
import { services } from '../../server/kernel/settings.services.ts'
import { migrations } from '../../server/migrations/index.ts'
import { roomsOf } from '../../server/rooms.ts'
import { isTest, root, sourcesOf } from './sources.ts'

const rooms = roomsOf(services)
const program = sourcesOf('bin', 'contracts', 'engine', 'server', 'web').filter((source) => !isTest(source))
const breaking = (rule: (source: { path: string; text: string }) => boolean) =>
  program.filter(rule).map(({ path }) => path)

describe('sources', () => {
  it('are under 400 lines each', () => {
    expect(breaking(({ text }) => text.split('\n').length > 401)).toEqual([])
  })

  it('hold SQL only in queries, migrations and the kernel of the database', () => {
    const sql = /\b(selectFrom|insertInto|updateTable|deleteFrom)\(|\bsql(<[^>]*>)?`/
    const places =
      /\.queries\.ts$|\.access\.ts$|^server\/migrations\/|^server\/kernel\/(db|jobs|health|backup|postgres)\//
    expect(breaking(({ path, text }) => path.startsWith('server/') && !places.test(path) && sql.test(text))).toEqual([])
  })

  it('read the environment in one place', () => {
    const places = /^server\/(main|commands\/[a-z-]+|kernel\/settings)\.ts$|^bin\/|^server\/kernel\/postgres\//
    expect(breaking(({ path, text }) => !places.test(path) && text.includes('process.env'))).toEqual([])
  })

  it('never build a link or trust an address from a header of the request', () => {
    expect(breaking(({ text }) => /x-forwarded-(host|proto)/i.test(text))).toEqual([])
  })

  it('never evaluate text as a program, nor write markup past the renderer', () => {
    const constants = ['web/kit/icons.tsx']
    const unsafe = /\beval\(|new Function\(|dangerouslySetInnerHTML|\.innerHTML\s*=/
    expect(breaking(({ path, text }) => !constants.includes(path) && unsafe.test(text))).toEqual([])
  })

  it('speak of the program alone', () => {
    expect(breaking(({ text }) => /\b(TODO|FIXME|XXX|HACK)\b/.test(text))).toEqual([])
  })
})

describe('migrations', () => {
  const files = readdirSync(join(root, 'server/migrations')).filter((name) => /^\d{4}_.*\.ts$/.test(name))

  it('are numbered without gaps, and all of them are applied', () => {
    expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_, index) => index + 1))
    expect(migrations.map(({ name }) => `${name}.ts`)).toEqual(files)
  })

  it('end where HEAD says', () => {
    expect(readFileSync(join(root, 'server/migrations/HEAD'), 'utf8').trim()).toBe(files.at(-1)?.slice(0, 4))
  })
})

describe('phrases', () => {
  it('stand once each', () => {
    expect(() => translator(kernelPhrases, ...rooms.map((room) => room.phrases))).not.toThrow()
  })

  it('are Russian', () => {
    const texts = rooms
      .flatMap((room) => Object.entries(room.phrases))
      .filter(([, phrase]) => typeof phrase === 'string')
    expect(texts.filter(([, phrase]) => !/[а-яё]/i.test(String(phrase)))).toEqual([])
  })
})
