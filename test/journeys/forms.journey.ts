/**
 * Forms from their file to the archive of versions, with scripts and without: published from XML and YAML, refused with
 * places, compared, downloaded; and the same from the command line of a running installation.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { readTemplate } from '../../engine/xml.ts'
import { readForm } from '../../engine/yaml.ts'
import { expectAccessible, signIn, useBrowser, useOwnStand, visit } from './support/journey.ts'
import { type Program, runCommand, startProgram } from './support/program.ts'

let program: Program | undefined
useOwnStand(async () => {
  program = await startProgram()
  return program
})
useBrowser()

const folder = mkdtempSync(join(tmpdir(), 'forms-journey-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const energy = readFileSync(new URL('../../reference/forms/1-energo.xml', import.meta.url), 'utf8')

const yamlOf = (code: string) => `code: ${code}
cipher: Проба-${code}
name: Проба пера
sections:
  - code: 1
    name: Числа
    unit: человек
    note: Без совместителей
    columns: [{code: 3, name: всего, cell: open N(5), unit: чел., note: целые}, {code: 4, name: из них, cell: open N(5)}]
    rows: [{code: 101, name: первая, note: с начала года}, {code: 102, name: вторая}]
    controls:
      - {id: 1, name: не меньше, rule: "{[1][101][3]}|>=|{[1][101][4]}"}
`

async function publish(page: Page, name: string, text: string): Promise<void> {
  await page.goto('/forms')
  await page.setInputFiles('input[type=file]', {
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(text),
  })
  await page.getByRole('button', { name: 'Проверить и опубликовать' }).click()
}

const download = async (page: Page, address: string): Promise<string> => (await page.request.get(address)).text()

describe.each([
  { how: 'with scripts', scripts: true, width: 1280, code: 'j-1' },
  { how: 'without scripts, on a phone', scripts: false, width: 360, code: 'j-2' },
])('$how', ({ how, scripts, width, code }) => {
  it(`E7 a form is published, refused with places, compared and downloaded (${how})`, async () => {
    const { page, end } = await visit({ scripts, width })
    await signIn(page, 'admin@kabinet.example')
    await publish(
      page,
      'form.xml',
      energy.replace(/code="[^"]*"/, `code="${code}x"`).replace(/shifr="[^"]*"/, `shifr="Эн-${code}"`),
    )
    await page
      .getByRole('link', { name: `Эн-${code}` })
      .first()
      .waitFor()
    await expectAccessible(page)

    const yaml = yamlOf(code)
    await publish(page, 'form.yaml', yaml.replace('[101][4]', '[109][4]'))
    await page.getByText('Строки 109 в разделе 1 нет.').waitFor()
    await page
      .getByText(/строка файла 12/)
      .first()
      .waitFor()
    await expectAccessible(page)
    await publish(page, 'form.yaml', yaml)
    await page
      .getByRole('link', { name: `Проба-${code}` })
      .first()
      .waitFor()
    await publish(page, 'form.yaml', yaml)
    await page
      .getByText(/уже опубликован|та же самая|не отличается/i)
      .first()
      .waitFor()

    const second = yaml.replace('code: 102, name: вторая', 'code: 103, name: третья')
    await publish(page, 'form.yaml', second)
    await page.goto(`/forms/${code}`)
    await page.getByText('Без совместителей').first().waitFor()
    await page.getByText('с начала года').first().waitFor()
    await expectAccessible(page)
    await page.goto(`/forms/${code}/comparison`)
    await page.getByText('Раздел 1, строка 103').first().waitFor()
    await page.getByText('Раздел 1, строка 102').first().waitFor()
    await expectAccessible(page)
    expect(await download(page, `/forms/${code}/1/form.yaml`)).toBe(yaml)
    expect(await download(page, `/forms/${code}/2/form.yaml`)).toBe(second)
    expect(await download(page, `/forms/${code}/2/form.xml`)).toContain(`<metaForm code="${code}"`)
    await end()
  })
})

describe('the command line of a running installation', () => {
  const forms = (...args: string[]) =>
    runCommand('forms', args, { DATA_DIR: program?.dataDirectory ?? '', BASE_URL: program?.address ?? '' })

  it('E7 imports a form that the pages show at once, exports it, and the two files say the same', async () => {
    const [file, exported] = [join(folder, 'form.yaml'), join(folder, 'form.xml')]
    writeFileSync(file, yamlOf('j-3'))
    const imported = await forms('import', file)
    expect(imported.code, imported.output).toBe(0)
    const again = await forms('import', file)
    expect(again.code).toBe(1)
    const xml = await forms('export', 'j-3', '--xml')
    expect(xml.code, xml.output).toBe(0)
    writeFileSync(exported, xml.output)
    expect((await forms('check', exported)).code).toBe(0)
    expect((await forms('export', 'j-3')).output).toBe(yamlOf('j-3'))

    const [fromYaml, fromXml] = [readForm(yamlOf('j-3')), readTemplate(xml.output)]
    if (!fromYaml.ok || !fromXml.ok) throw new Error('Both files are to be read')
    expect(substance(fromXml.template)).toEqual(substance(fromYaml.template))

    const { page, end } = await visit()
    await signIn(page, 'admin@kabinet.example')
    await page.goto('/forms/j-3')
    await page.getByText('Без совместителей').first().waitFor()
    await end()
  }, 240_000)
})

/** Without the lines of the files, and what is absent left out. */
const substance = (template: object): unknown =>
  JSON.parse(JSON.stringify(template, (key, value) => (key === 'line' || value === '' ? undefined : value)))
