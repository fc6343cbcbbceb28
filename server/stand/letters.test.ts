/** Every letter that the program can send: what holds for all of them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { isTest, root, sourcesOf } from '../../test/architecture/sources.ts'
import { openWorld, type World } from '../../test/support/world.ts'
import { type LetterSample, renderLetter } from '../kernel/mail/index.ts'
import { services } from '../kernel/settings.services.ts'
import { kindNames } from '../modules/messages/kinds.ts'
import { roomsOf } from '../rooms.ts'
import { standAccounts } from '../seeds/stand.people.ts'
import { listLetterSamples } from './letters.tsx'

let world: World
let samples: LetterSample[]
beforeAll(async () => {
  world = await openWorld()
  samples = await listLetterSamples(roomsOf(services), 'http://localhost')
})

const rendered = () => samples.map(({ letter }) => ({ ...renderLetter(letter), links: letter.action }))
/** Names of people of the samples and of the stand; telephones, SNILS, addresses, codes. */
const people = [
  ...['Родников', 'Пелаге', 'Евстигнеевн', 'Вознесенск', 'Аркадий', 'rodnikova'],
  ...standAccounts.map(({ name }) => name.split(' ')[0] ?? ''),
]
const personal = /\d{6,}|\d{3}-\d{3}-\d{3}|\+7|@/

describe('letters of the program', () => {
  it('are all in the gallery: of each kind of message, too', async () => {
    expect(samples.length).toBeGreaterThan(45)
    const names = samples.map(({ name }) => name)
    expect(kindNames.filter((kind) => !names.includes(kind))).toEqual([])
  })

  it('come from senders that the samples know, each of a file of letters', () => {
    const known = readFileSync(join(root, 'server/modules/identity/letters.samples.ts'), 'utf8')
    const senders = sourcesOf('server/modules/identity')
      .filter((source) => !isTest(source) && /\bsendLetter\(/.test(source.text))
      .map(({ path }) => path.replace('server/modules/identity/', ''))
    expect(senders.filter((path) => !known.includes(`'./${path}'`))).toEqual([])
  })

  it('name nobody in their subjects, which locked screens show', () => {
    for (const { subject } of rendered()) {
      expect(personal.test(subject), subject).toBe(false)
      expect(
        people.filter((name) => subject.includes(name)),
        subject,
      ).toEqual([])
    }
  })

  it('lead to the portal alone', () => {
    for (const { subject, text, html } of rendered()) {
      const links = [...text.matchAll(/https?:\/\/\S+/g), ...html.matchAll(/(?<=(?:href|src)=")[^"]*/g)].map(
        ([link]) => link,
      )
      for (const link of links) expect(link, subject).toMatch(/^http:\/\/localhost\//)
      expect(html, subject).not.toMatch(/<(script|img|link|form|iframe)\b/)
    }
  })

  it('say in the text all that the HTML says', () => {
    const words = (text: string) => text.match(/[\p{L}\d]+/gu) ?? []
    for (const { subject, text, html } of rendered()) {
      const said = new Set(words(`${subject} ${text} ${frame}`))
      const body = html
        .replace(/^[\s\S]*<body[^>]*>/, '')
        .replaceAll(/<[^>]*>/g, ' ')
        .replaceAll(/&\w+;/g, ' ')
      expect(
        words(body).filter((word) => !said.has(word)),
        subject,
      ).toEqual([])
    }
  })

  it('are small, Russian and not empty', () => {
    for (const { subject, text, html } of rendered()) {
      for (const part of [text, html]) expect(Buffer.byteLength(part), subject).toBeLessThan(100_000)
      for (const part of [subject, text]) expect(part).toMatch(/[а-яё]{3}/i)
      expect(html).toContain('<html lang="ru">')
      expect(`${subject}${text}`).not.toMatch(/undefined|null|NaN|\[object/)
    }
  })

  it('are shown on the stand, each by itself without scripts; the installation has no such page', async () => {
    const page = world.page()
    const { html } = await page.get('/_stand/letters-gallery')
    for (const number of samples.keys()) expect(html).toContain(`/_stand/letters-gallery/${number}"`)
    const letter = await page.get('/_stand/letters-gallery/0')
    expect(letter.headers.get('content-security-policy')).toContain('sandbox')
    expect(letter.html).toContain(samples[0]?.letter.subject)
    expect((await page.get('/_stand/letters-gallery/9999')).status).toBe(404)
  })
})

/** What stands around every letter. */
const frame =
  'Если кнопка не нажимается, скопируйте адрес в строку браузера: Письмо отправила программа «Кабинет». Отвечать на него не нужно.'
