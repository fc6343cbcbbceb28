import { crc32, createDeflateRaw } from 'node:zlib'

/**
 * A workbook of one sheet, written as its rows come. Every cell is a text, so nothing in it is ever taken for a formula
 * and no number loses its zeros. The first row stays in sight and is bold.
 */
export async function* writeWorkbook(
  name: string,
  widths: readonly number[],
  rows: AsyncIterable<readonly string[]>,
): AsyncGenerator<Uint8Array> {
  const directory: Written[] = []
  let offset = 0
  for (const [path, content] of [...fixedParts(name), ['xl/worksheets/sheet1.xml', sheetXml(widths, rows)] as const]) {
    const part: Written = { path, offset, checksum: 0, packed: 0, size: 0 }
    for await (const bytes of packedPart(part, content)) {
      offset += bytes.byteLength
      yield bytes
    }
    directory.push(part)
  }
  yield endOf(directory, offset)
}

type Content = string | AsyncIterable<string>
type Written = { path: string; offset: number; checksum: number; packed: number; size: number }

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const office = 'http://schemas.openxmlformats.org'
const main = `${office}/spreadsheetml/2006/main`
const relations = `${office}/officeDocument/2006/relationships`

const fixedParts = (name: string): [string, Content][] => [
  [
    '[Content_Types].xml',
    `${head}<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${['workbook:sheet.main', 'worksheets/sheet1:worksheet', 'styles:styles'].map(overrideOf).join('')}</Types>`,
  ],
  [
    '_rels/.rels',
    `${head}<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    'xl/workbook.xml',
    `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="${escaped(name.slice(0, 31))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ],
  [
    'xl/_rels/workbook.xml.rels',
    `${head}<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
  ],
  [
    'xl/styles.xml',
    `${head}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="49" fontId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`,
  ],
]

const overrideOf = (told: string): string => {
  const [path, type] = told.split(':')
  return `<Override PartName="/xl/${path}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`
}

async function* sheetXml(widths: readonly number[], rows: AsyncIterable<readonly string[]>): AsyncGenerator<string> {
  const columns = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" style="0" customWidth="1"/>`,
  )
  const frozen = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
  let xml = `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">${frozen}</sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>`
  let number = 0
  for await (const cells of rows) {
    number += 1
    const style = number === 1 ? 1 : 0
    xml += `<row r="${number}">${cells.map((text) => `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`).join('')}</row>`
    if (xml.length < 65_536) continue
    yield xml
    xml = ''
  }
  yield `${xml}</sheetData></worksheet>`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Signs that XML cannot hold are left out. */
const escaped = (text: string): string =>
  text.replaceAll(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '').replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? '')

/** Sizes stand behind the part: they are not known before it is written. */
async function* packedPart(part: Written, content: Content): AsyncGenerator<Uint8Array> {
  yield localHeader(part.path)
  const deflate = createDeflateRaw({ level: 6 })
  const feeding = feed(deflate, content, part)
  // as: without an encoding a stream gives its bytes
  for await (const chunk of deflate) {
    part.packed += (chunk as Buffer).length
    yield chunk as Buffer
  }
  await feeding
  const descriptor = Buffer.alloc(16)
  descriptor.writeUInt32LE(0x08074b50, 0)
  writeSizes(descriptor, 4, part)
  yield descriptor
}

async function feed(deflate: ReturnType<typeof createDeflateRaw>, content: Content, part: Written): Promise<void> {
  try {
    for await (const text of typeof content === 'string' ? [content] : content) {
      const bytes = Buffer.from(text)
      part.checksum = crc32(bytes, part.checksum)
      part.size += bytes.length
      if (!deflate.write(bytes)) await new Promise<void>((resolve) => deflate.once('drain', resolve))
    }
    deflate.end()
  } catch (error) {
    deflate.destroy(error instanceof Error ? error : new Error(String(error)))
  }
}

function writeSizes(record: Buffer, at: number, { checksum, packed, size }: Written): void {
  record.writeUInt32LE(checksum, at)
  record.writeUInt32LE(packed, at + 4)
  record.writeUInt32LE(size, at + 8)
}

/** Bit 3: sizes follow; bit 11: names are UTF-8. */
const flags = 0x0808

function localHeader(path: string): Buffer {
  const name = Buffer.from(path)
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(flags, 6)
  header.writeUInt16LE(8, 8)
  header.writeUInt16LE(0x21, 12) // 1 January 1980: the date of a part says nothing to anybody
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, name])
}

function endOf(directory: readonly Written[], offset: number): Buffer {
  const records = Buffer.concat(directory.map(directoryRecord))
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(records.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([records, end])
}

function directoryRecord(part: Written): Buffer {
  const name = Buffer.from(part.path)
  const record = Buffer.alloc(46)
  record.writeUInt32LE(0x02014b50, 0)
  record.writeUInt16LE(20, 4)
  record.writeUInt16LE(20, 6)
  record.writeUInt16LE(flags, 8)
  record.writeUInt16LE(8, 10)
  record.writeUInt16LE(0x21, 14)
  writeSizes(record, 16, part)
  record.writeUInt16LE(name.length, 28)
  record.writeUInt32LE(part.offset, 42)
  return Buffer.concat([record, name])
}
