/** What a template's file holds survives reading and writing, and nothing that it holds brings the reader down. */
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Template } from './index.ts'
import { readReport, readTemplate, writeTemplate } from './xml.ts'

const folder = new URL('../reference/forms/', import.meta.url)
const samples = readdirSync(folder).filter((name) => name.endsWith('.xml'))
const sample = (name: string) => readFileSync(new URL(name, folder), 'utf8')

const read = (xml: string | Uint8Array): Template => {
  const reading = readTemplate(xml)
  if (!reading.ok) throw new Error(`${reading.problem.line}: ${reading.problem.text}`)
  return reading.template
}

/** Lines of a written file are its own. */
const withoutLines = (template: Template): Template => ({
  ...template,
  notes: template.notes
    .map(({ text }) => ({ line: 0, text }))
    .sort((one, other) => (one.text < other.text ? -1 : one.text > other.text ? 1 : 0)),
  controls: template.controls.map((control) => ({ ...control, line: 0 })),
})

const staysTheSame = (template: Template) =>
  expect(withoutLines(read(writeTemplate(template)))).toEqual(withoutLines(template))

const strange = `<?xml version="1.0"?>
<!-- a word before -->
<?print now?>
<metaForm code="1" idp="01" xmlns:a="urn:a" a:mark="7" colour="red">
  <settings sign="0" Extra="&quot;1&quot;"><inside/></settings>
  <title since="2020"><!-- whose --><item field="okpo" name="ОКПО" width="8"/><strange>text &amp; <b>more</b> text</strange></title>
  <sections order="strict">
    <section code="01" name="Ы" area="2">loose
      <columns kind="own">
        <column code="1" type="В" name="имя"/>
        <column code="3" type="Z" fld="s9" unit="шт." note="целые"><default-cell inputType="7" format="N(5,2)" vldType="9" vld="x"/><default-cell inputType="1"/></column>
        <!-- the last -->
      </columns>
      <rows><gap/><row code="0101" type="Ф" level="5"><cell column="3" inputType="2" mask="##"/></row></rows>
    </section>
  </sections>
  <dics><dic id="d" owner="x"><term id="1">один<!-- first --></term><term id="2" value="два"><old/></term><term id="3" name="три" Okato=""/></dic></dics>
  <controls><control name="без номера" rule="{[1][101][3]}|&gt;=|0" tip="5" precision="many" since="1"><hint>как быть</hint></control></controls>
  <extensions>
    <pull cell="1/101/3" source.kind="form" source.form="85-k" source.cell="7/701/3" source.period="previous"/>
    <total section="1" column="3" total="average" weight="4"/><level code="1" name="Управление"/>
    <attachment code="a" name="Приказ" required="true"/><renamed from="1/100" to="1/101"/>
    <valid from="2026-01-01" to="2026-12-31"/><signature kind="qualified"/>
    <change-reasons kind="required"/>
  </extensions>
  <scripts><![CDATA[ if (a < b) { } ]]></scripts>
</metaForm>
<!-- a word after -->`

describe('writing a template gives back', () => {
  it.each(samples)('all of %s', (name) => staysTheSame(read(sample(name))))

  it('what is not understood, each listed with its line', () => {
    const template = read(strange)
    staysTheSame(template)
    const written = writeTemplate(template)
    for (const piece of [
      '<!-- a word before -->',
      '<?print now?>',
      'xmlns:a="urn:a" a:mark="7" colour="red"',
      'Extra="&quot;1&quot;"',
      '<inside/>',
      'since="2020"',
      '<strange>text &amp; <b>more</b> text</strange>',
      'width="8"',
      'order="strict"',
      'area="2"',
      'kind="own"',
      'type="В"',
      'fld="s9"',
      'vldType="9"',
      'inputType="7"',
      '<gap/>',
      'level="5"',
      'mask="##"',
      '<!-- the last -->',
      '<!-- first -->',
      '<old/>',
      'precision="many"',
      'tip="5"',
      '<hint>как быть</hint>',
      '<scripts> if (a &lt; b) { } </scripts>',
      '<!-- a word after -->',
    ])
      expect(written).toContain(piece)
    expect(template.notes.find(({ text }) => text.includes('scripts'))?.line).toBe(26)
    expect(template.notes.every(({ line }) => line > 0)).toBe(true)
  })
  it('what the project adds', () => {
    const template = read(strange)
    expect(template).toMatchObject({
      pulls: [{ cell: '1/101/3', source: { kind: 'form', form: '85-k', cell: '7/701/3', period: 'previous' } }],
      totals: [{ section: '1', column: '3', total: 'average', weight: '4' }],
      levels: [{ code: '1', name: 'Управление' }],
      attachments: [{ code: 'a', name: 'Приказ', required: true }],
      renamed: { '1/100': '1/101' },
      validFrom: '2026-01-01',
      validTo: '2026-12-31',
      signature: 'qualified',
      changeReasons: 'required',
    })
    expect(writeTemplate(template)).toContain('<change-reasons kind="required"/>')
    expect(template.sections[0]?.columns[1]).toMatchObject({ unit: 'шт.', note: 'целые' })
  })
  it('no demand of reasons where its kind is not known, with a word about it', () => {
    const template = read(strange.replace('<change-reasons kind="required"/>', '<change-reasons kind="sometimes"/>'))
    expect(template.changeReasons).toBeUndefined()
    expect(template.notes.map(({ text }) => text).join()).toContain('«sometimes»')
  })
  it('a mended value as it was, until somebody changes it', () => {
    const template = read(strange)
    const column = template.sections[0]?.columns[0]
    if (column) column.type = 'V'
    expect(writeTemplate(template)).toContain('<column code="1" name="имя" type="V"/>')
  })
})

/** Ends with a template or with Russian words and a line, within a bounded time; never with a crash. */
const endsWell = (source: string | Uint8Array): void => {
  for (const reader of [readTemplate, readReport]) {
    const start = process.cpuUsage()
    const reading = reader(source)
    const { user } = process.cpuUsage(start) // of the processor: other work on the machine takes none of it
    expect(user / 1_000).toBeLessThan(10_000)
    if (reading.ok) continue
    expect(reading.problem.text).toMatch(/[а-яё]/i)
    expect(reading.problem.line).toBeGreaterThanOrEqual(0)
  }
}

const source = sample('1-energo.xml').slice(0, 6_000)

describe('a hostile file ends in words', () => {
  const edit = fc.record({
    at: fc.nat(source.length),
    drop: fc.nat(40),
    put: fc.oneof(
      fc.string({ maxLength: 12, unit: 'binary' }),
      fc.constantFrom(
        '<',
        '>',
        '"',
        '&',
        '&amp',
        '&#0;',
        '&#x110000;',
        '</',
        '<!--',
        ']]>',
        '<![CDATA[',
        '<?xml?>',
        '\0',
        '\ud800',
      ),
      fc.constantFrom(
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        ' __proto__="1"',
        '<constructor/>',
        ' code="1" CODE="2"',
        '<row/>',
        '<column/>',
        '<control/>',
        '<extensions><pull __proto__.a="1"/></extensions>',
      ),
    ),
  })
  it('however its text is cut and pasted', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
        let text = source
        for (const { at, drop, put } of edits) text = text.slice(0, at) + put + text.slice(at + drop)
        endsWell(text)
      }),
      { numRuns: 400 },
    )
  })
  it('and whatever survives is written and read the same', () => {
    const whole = sample('1-energo.xml')
    const attribute = fc.record({
      at: fc.nat(whole.length),
      name: fc.constantFrom('x', 'Y', 'vldtype', 'level', 'type', 'tip'),
    })
    fc.assert(
      fc.property(fc.array(attribute, { minLength: 1, maxLength: 8 }), fc.string({ maxLength: 8 }), (places, value) => {
        let text = whole
        for (const { at, name } of places) {
          const end = text.indexOf('/>', at)
          if (end > 0) text = `${text.slice(0, end)} ${name}="${value.replace(/[<>&"]/g, '')}"${text.slice(end)}`
        }
        const reading = readTemplate(text)
        if (reading.ok) staysTheSame(reading.template)
      }),
      { numRuns: 60 },
    )
  })
  it('whatever its bytes and encoding', () => {
    const bytes = new TextEncoder().encode(source)
    const start = fc.constantFrom([], [0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf])
    const declared = fc.constantFrom('windows-1251', 'utf-16', 'utf-8', 'koi8-r', 'x', '')
    fc.assert(
      fc.property(
        start,
        declared,
        fc.uint8Array({ maxLength: 40 }),
        fc.nat(bytes.length),
        (mark, encoding, noise, at) => {
          const head = new TextEncoder().encode(`<?xml version="1.0" encoding="${encoding}"?>`)
          endsWell(Uint8Array.from([...mark, ...head, ...bytes.subarray(60, at), ...noise, ...bytes.subarray(at)]))
        },
      ),
      { numRuns: 200 },
    )
  })
  it('however deep, wide and long', () => {
    endsWell(`<metaForm>${'<a>'.repeat(100_000)}`)
    endsWell(`<metaForm a="${'x'.repeat(3_000_000)}"/>`)
    endsWell(`<metaForm ${Array.from({ length: 5_000 }, (_, at) => `a${at}="1"`).join(' ')}/>`)
    endsWell(`<metaForm>${'<sections/>'.repeat(310_000)}</metaForm>`)
    const bomb = Array.from({ length: 20 }, (_, at) => `<!ENTITY a${at + 1} "&a${at};&a${at};">`).join('')
    endsWell(`<!DOCTYPE metaForm [<!ENTITY a0 "ха">${bomb}]><metaForm code="&a20;"/>`)
  })
  it('in UTF-16 with a mark it is read', () => {
    const text = `\ufeff${sample('85-k.xml').replace('utf-8', 'utf-16')}`
    const little = Uint8Array.from(Buffer.from(text, 'utf16le'))
    const big = Uint8Array.from(Buffer.from(text, 'utf16le').swap16())
    expect(read(little).cipher).toBe('85-К')
    expect(read(big).cipher).toBe('85-К')
  })
})
