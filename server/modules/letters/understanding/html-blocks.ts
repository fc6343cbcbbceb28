/**
 * HTML of a letter as blocks. Nothing of it is ever shown as HTML: only words, lines and tables are taken, by a scanner
 * that goes over the text once, whatever the markup.
 */
import { type Block, line, tidy } from './blocks.ts'

type Cell = { blocks: Block[] }
type Table = { rows: Cell[][]; outer: Sink }
type Sink = { blocks: Block[]; text: string }

const mostHtml = 300_000
const mostTables = 200
const deepestTable = 12
const mostCells = 3000
const silent = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'svg', 'object', 'select'])
const breaking = new Set('p div br tr table ul ol li h1 h2 h3 h4 h5 h6 hr dd dt dl blockquote center pre'.split(' '))

/** Lines and tables of an HTML body; what a quotation holds begins with «> », as in plain letters. */
export function blocksOfHtml(html: string): Block[] {
  const text = html.slice(0, mostHtml)
  const reader = new BlockReader()
  for (let at = 0; at < text.length; ) {
    const open = text.indexOf('<', at)
    if (open !== at) {
      reader.words(text.slice(at, open === -1 ? undefined : open))
      if (open === -1) break
    }
    const end = endOfTag(text, open)
    if (end === -1) {
      reader.words(text.slice(open))
      break
    }
    at = reader.tag(text.slice(open, end), text, end)
  }
  return reader.finish()
}

function endOfTag(text: string, open: number): number {
  if (text.startsWith('<!--', open)) {
    const end = text.indexOf('-->', open)
    return end === -1 ? text.length : end + 3
  }
  if (!/[a-z/!?]/i.test(text[open + 1] ?? '')) return open + 1
  const end = text.indexOf('>', open)
  return end === -1 ? -1 : end + 1
}

class BlockReader {
  private readonly tables: Table[] = []
  private sink: Sink = { blocks: [], text: '' }
  private quoted = 0
  private seen = 0
  private cells = 0
  private hidden: { name: string; depth: number } | undefined

  words(text: string): void {
    if (this.hidden) return
    this.sink.text += decoded(text).replace(/\s+/g, ' ')
  }

  /** Takes a tag; returns where reading goes on. */
  tag(tag: string, text: string, end: number): number {
    const [, slash, rawName = ''] = /^<(\/?)([a-z][a-z0-9:]*)/i.exec(tag) ?? []
    const name = rawName.toLowerCase()
    const closing = slash === '/'
    if (name === '') {
      if (tag === '<') this.words('<')
      return end
    }
    if (this.passHidden(name, closing, tag)) return end
    if (silent.has(name) && !closing) return skipped(text, name, end)
    if (closing) this.close(name)
    else this.open(name, tag)
    return end
  }

  finish(): Block[] {
    while (this.tables.length > 0) this.closeTable()
    this.breakLine()
    return this.sink.blocks
  }

  /** What its writer has hidden from the reader's eyes is not a part of the letter. */
  private passHidden(name: string, closing: boolean, tag: string): boolean {
    if (this.hidden) {
      if (name !== this.hidden.name) return true
      this.hidden.depth += closing ? -1 : 1
      if (this.hidden.depth === 0) this.hidden = undefined
      return true
    }
    if (closing || !/display\s*:\s*none/i.test(tag) || /^(br|img|input|hr|meta)$/.test(name)) return false
    this.hidden = { name, depth: 1 }
    return true
  }

  private open(name: string, tag: string): void {
    if (name === 'table' && this.seen < mostTables && this.tables.length < deepestTable) this.openTable()
    else if (name === 'tr' && this.tables.length > 0) this.openRow()
    else if ((name === 'td' || name === 'th') && this.tables.length > 0) this.openCell()
    else if (breaking.has(name)) this.breakLine()
    if (name === 'li') this.sink.text = '- '
    if (name === 'blockquote') this.quoted += 1
    if (/id=["']?(divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION)/i.test(tag)) this.mark()
  }

  private close(name: string): void {
    if (name === 'table') this.closeTable()
    else if (breaking.has(name) || name === 'td' || name === 'th') this.breakLine()
    if (name === 'p') this.sink.blocks.push(line(''))
    if (name === 'blockquote') this.quoted = Math.max(0, this.quoted - 1)
  }

  private mark(): void {
    this.breakLine()
    this.sink.blocks.push(line('-----Исходное сообщение-----'))
  }

  private openTable(): void {
    this.seen += 1
    this.breakLine()
    this.tables.push({ rows: [], outer: this.sink })
    this.sink = { blocks: [], text: '' }
  }

  private openRow(): void {
    this.breakLine()
    this.tables.at(-1)?.rows.push([])
    this.sink = { blocks: [], text: '' }
  }

  private openCell(): void {
    this.breakLine()
    this.cells += 1
    if (this.cells > mostCells) return
    const table = this.tables.at(-1)
    if (table && table.rows.length === 0) table.rows.push([])
    this.sink = { blocks: [], text: '' }
    table?.rows.at(-1)?.push(this.sink)
  }

  private closeTable(): void {
    const table = this.tables.pop()
    if (!table) return
    this.breakLine()
    this.sink = table.outer
    for (const block of blocksOfTable(table)) this.sink.blocks.push(block)
  }

  private breakLine(): void {
    const text = tidy(this.sink.text).trim()
    this.sink.text = ''
    if (text === '' && this.sink.blocks.at(-1)?.kind === 'line') return
    if (text !== '' || this.sink.blocks.length > 0) this.sink.blocks.push(line(this.quoted > 0 ? `> ${text}` : text))
  }
}

/** A table of data stays one; a table that only lays a letter out falls into its lines. */
function blocksOfTable({ rows }: Table): Block[] {
  const texts = rows.map((cells) => cells.map(({ blocks }) => textOfCell(blocks))).filter((cells) => cells.length > 0)
  const isQuoted = texts.flat().some((text) => text.startsWith('>'))
  const isOfData =
    !isQuoted &&
    rows.every((cells) => cells.every(({ blocks }) => blocks.every(({ kind }) => kind === 'line'))) &&
    texts.filter((cells) => cells.length >= 2).length >= Math.min(2, texts.length) &&
    texts.flat().every((text) => text.length <= 700)
  if (isOfData && texts.length > 0) return [{ kind: 'table', rows: texts }]
  return rows.flatMap((cells) => cells.flatMap(({ blocks }) => [...blocks, line('')]))
}

const textOfCell = (blocks: readonly Block[]): string =>
  blocks
    .flatMap((block) => (block.kind === 'line' && block.text !== '' ? [block.text] : []))
    .join('\n')
    .trim()

function skipped(text: string, name: string, from: number): number {
  const end = text.toLowerCase().indexOf(`</${name}`, from)
  if (end === -1) return name === 'head' ? from : text.length
  const close = text.indexOf('>', end)
  return close === -1 ? text.length : close + 1
}

const named: Record<string, string> = {
  nbsp: ' ',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  laquo: '«',
  raquo: '»',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  lsquo: '‘',
  rsquo: '’',
  ndash: '–',
  mdash: '—',
  minus: '−',
  bull: '•',
  middot: '·',
  hellip: '…',
  shy: '',
  numero: '№',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  zwnj: '',
  zwj: '',
}

const decoded = (text: string): string =>
  text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});?/gi, (whole, entity: string) => {
    if (!entity.startsWith('#')) return named[entity.toLowerCase()] ?? whole
    const code = /^#x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1))
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : ''
  })
