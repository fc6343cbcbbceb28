import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { run } from './forms.ts'

const form = (name: string) => fileURLToPath(new URL(`../../reference/forms/${name}.xml`, import.meta.url))

describe('forms check', () => {
  const said: string[] = []
  beforeEach(() => {
    said.length = 0
    vi.spyOn(console, 'log').mockImplementation((line) => void said.push(String(line)))
    vi.spyOn(console, 'error').mockImplementation((line) => void said.push(String(line)))
  })
  afterEach(() => vi.restoreAllMocks())

  it('finds nothing wrong with the reference form and report', async () => {
    expect(await run(['check', form('85-k')])).toBe(0)
    expect(await run(['check', form('85-k'), form('samples/85-k-2026'), '--previous', form('samples/85-k-2025')])).toBe(
      0,
    )
    expect(said).toEqual(['Шаблон «85-К» в порядке: контролей 26.', 'Ошибок и предупреждений нет.'])
  })
  it('tells each failed check as a line of JSON', async () => {
    expect(await run(['check', form('85-k'), form('samples/85-k-2026-errors'), '--json'])).toBe(1)
    expect(said.map((line) => JSON.parse(line))).toContainEqual({
      stage: 'control',
      code: 'control',
      control: '7.9',
      level: 'error',
      section: '7',
      row: '706',
      column: '8',
      left: '8',
      operator: '<=',
      right: '7',
      difference: '1',
      text: 'Раздел 7, строка 706, графа 8. Девочек не может быть больше, чем всего воспитанников по адаптированным программам (строка 705): 8 > 7, разница 1.',
    })
  })
  it('does not call a report right when a control of its template cannot be read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'forms-'))
    const broken = join(folder, 'broken.xml')
    await writeFile(
      broken,
      (await readFile(form('85-k'), 'utf8')).replace('{[7][701][3]}|=|{[4][401][3]}', '{[7][701][3]}|=|'),
    )
    expect(await run(['check', broken, form('samples/85-k-2026')])).toBe(1)
    expect(said[0]).toContain('Контроль 7.2, правило, знак 17')
    await rm(folder, { recursive: true })
  })
  it('tells faults as file:line, of YAML with the position too, and ends with 1', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'forms-'))
    const [xml, yaml] = [join(folder, 'a.xml'), join(folder, 'b.yaml')]
    await writeFile(xml, (await readFile(form('85-k'), 'utf8')).replace('{[4][401][3]}', '{[4][499][3]}'))
    await writeFile(yaml, 'code: 1\nname: а\ncolour: red\n')
    expect(await run(['check', xml, yaml, form('85-k')])).toBe(1)
    expect(said).toContainEqual(expect.stringMatching(/a\.xml:\d+: ошибка: Контроль .*Строки 499 в разделе 4 нет\.$/))
    expect(said).toContain(`${yaml}:3:1: ошибка: Слово «colour» здесь непонятно.`)
    expect(said).toContain('Шаблон «85-К» в порядке: контролей 26.')
    await rm(folder, { recursive: true })
  })
  it('says plainly when a file is not there or is something else', async () => {
    expect(await run(['check', 'no-such-file.xml'])).toBe(1)
    expect(await run(['check', form('samples/85-k-2026')])).toBe(1)
    expect(said[0]).toBe('no-such-file.xml: такого файла нет.')
    expect(said[1]).toMatch(/Это не шаблон формы/)
  })
  it.each([
    [[]],
    [['check']],
    [['check', '--what']],
    [['verify', 'a.xml']],
    [['check', 'a', '--yaml']],
    [['import']],
    [['import', 'a', 'b']],
    [['export', 'a', '--yaml', '--xml']],
    [['export', 'a', '--version', 'x']],
    [['check', 'a', '--previous']],
  ])('shows how it is used when called as %j', async (args) => {
    expect(await run(args)).toBe(2)
    expect(said[0]).toContain('forms check ФАЙЛ')
  })
})
