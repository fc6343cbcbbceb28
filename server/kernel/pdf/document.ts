import PDFDocument from 'pdfkit'
import { fontFiles, fontName, runsOf, type Weight } from './fonts.ts'

export type TextStyle = { size: number; weight?: Weight; colour?: string }
export type Orientation = 'portrait' | 'landscape'
export type Align = 'left' | 'center' | 'right'

export const margin = 36
const footRoom = 22
const lineRatio = 1.25

/** What stands at the foot of every page. */
export type PdfOptions = { title: string; foot: string }

/** A document drawn from top to bottom, its bytes handed on page by page. */
export class PdfPages {
  private readonly document: PDFKit.PDFDocument
  private readonly pieces: Buffer[] = []
  private readonly options: PdfOptions
  private readonly widths = new Map<string, number>()
  private pages = 0
  private ended: Promise<void>
  /** Where the next thing is drawn. */
  y = margin

  constructor(options: PdfOptions) {
    this.options = options
    this.document = new PDFDocument({
      autoFirstPage: false,
      margin: 0,
      compress: true,
      info: { Title: options.title, Producer: 'Кабинет', Creator: 'Кабинет' },
      lang: 'ru-RU',
    })
    for (const { name, bytes } of fontFiles()) this.document.registerFont(name, bytes)
    this.document.on('data', (piece: Buffer) => this.pieces.push(piece))
    this.ended = new Promise((resolve, reject) => {
      this.document.on('end', resolve)
      this.document.on('error', reject)
    })
  }

  /** What has been drawn since it was asked for last. */
  taken(): Buffer[] {
    return this.pieces.splice(0)
  }

  async end(): Promise<Buffer[]> {
    this.document.end()
    await this.ended
    return this.taken()
  }

  get width(): number {
    return this.document.page.width - 2 * margin
  }

  /** How much room there is below. */
  get room(): number {
    return this.document.page.height - margin - footRoom - this.y
  }

  addPage(orientation: Orientation): void {
    this.document.addPage({ size: 'A4', layout: orientation, margin: 0 })
    this.pages += 1
    this.y = margin
    const foot = this.document.page.height - margin - 8
    this.line(margin, foot - 4, margin + this.width, foot - 4)
    this.write(this.options.foot, { x: margin, y: foot, style: { size: 7, colour: '#555555' } })
    const number = `Лист ${this.pages}`
    const x = margin + this.width - this.widthOf(number, { size: 7 })
    this.write(number, { x, y: foot, style: { size: 7, colour: '#555555' } })
  }

  widthOf(text: string, { size, weight = 400 }: TextStyle): number {
    let width = 0
    for (const run of runsOf(text)) width += this.runWidth(run.text, fontName(run.alphabet, weight))
    return (width * size) / 100
  }

  /** At the size of 100. */
  private runWidth(text: string, font: string): number {
    const key = `${font} ${text}`
    const known = this.widths.get(key)
    if (known !== undefined) return known
    const width = this.document.font(font).fontSize(100).widthOfString(text)
    if (this.widths.size < 50_000) this.widths.set(key, width)
    return width
  }

  /** One line at a place. */
  write(text: string, { x, y, style }: { x: number; y: number; style: TextStyle }): void {
    let at = x
    this.document.fillColor(style.colour ?? '#000000')
    for (const run of runsOf(text)) {
      const font = fontName(run.alphabet, style.weight ?? 400)
      this.document.font(font).fontSize(style.size).text(run.text, at, y, { lineBreak: false })
      at += (this.runWidth(run.text, font) * style.size) / 100
    }
  }

  /** Lines that fit the width; a word too long for one is broken. */
  linesOf(text: string, width: number, style: TextStyle): string[] {
    const lines: string[] = []
    for (const paragraph of text.split('\n')) {
      let line = ''
      for (const word of paragraph.split(/ +/).filter((part) => part !== '')) {
        const longer = line === '' ? word : `${line} ${word}`
        if (this.widthOf(longer, style) <= width) {
          line = longer
          continue
        }
        if (line !== '') lines.push(line)
        line = word
        while (this.widthOf(line, style) > width && line.length > 1) {
          const fits = this.fitting(line, width, style)
          lines.push(line.slice(0, fits))
          line = line.slice(fits)
        }
      }
      lines.push(line)
    }
    return lines
  }

  private fitting(word: string, width: number, style: TextStyle): number {
    let count = word.length - 1
    while (count > 1 && this.widthOf(word.slice(0, count), style) > width) count -= 1
    return count
  }

  lineHeight = ({ size }: TextStyle): number => size * lineRatio

  /** Lines one under another within a box, from `x`; returns their height. */
  writeLines(
    lines: readonly string[],
    { x, y, width, align = 'left', style }: { x: number; y: number; width: number; align?: Align; style: TextStyle },
  ): number {
    const height = this.lineHeight(style)
    lines.forEach((line, index) => {
      const spare = align === 'left' ? 0 : width - this.widthOf(line, style)
      this.write(line, { x: x + (align === 'center' ? spare / 2 : spare), y: y + index * height, style })
    })
    return lines.length * height
  }

  /** A paragraph across the page; moves down. */
  paragraph(text: string, style: TextStyle, align: Align = 'left', after = 4): void {
    const lines = this.linesOf(text, this.width, style)
    this.y += this.writeLines(lines, { x: margin, y: this.y, width: this.width, align, style }) + after
  }

  line(fromX: number, fromY: number, toX: number, toY: number): void {
    this.document.lineWidth(0.5).strokeColor('#777777').moveTo(fromX, fromY).lineTo(toX, toY).stroke()
  }

  /** An outline given as the `d` of an SVG path, in units of its own, with a hair around it. */
  outline(path: string, { x, y, scale, fill }: { x: number; y: number; scale: number; fill: string }): void {
    this.document.save().translate(x, y).scale(scale)
    this.document
      .lineWidth(0.3 / scale)
      .path(path)
      .fillAndStroke(fill, '#777777')
    this.document.restore()
  }

  box(x: number, y: number, width: number, height: number, fill?: string): void {
    if (fill) this.document.rect(x, y, width, height).fill(fill)
    this.document.lineWidth(0.5).strokeColor('#777777').rect(x, y, width, height).stroke()
  }
}
