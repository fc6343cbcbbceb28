/** A letter's text as blocks: lines and tables, whether they were typed or came as HTML. */

export type Block = { kind: 'line'; text: string } | { kind: 'table'; rows: string[][] }

export const line = (text: string): Block => ({ kind: 'line', text })

/** Splits plain text into lines; runs of lines with equal numbers of cells become tables. */
export function blocksOfText(text: string): Block[] {
  const lines = text.split(/\r\n|\r|\n|\u2028|\u2029/).map(tidy)
  const blocks: Block[] = []
  for (let at = 0; at < lines.length; ) {
    const rows = rowsFrom(lines, at)
    if (rows.length >= 2) {
      blocks.push({ kind: 'table', rows: rows.map(({ cells }) => cells) })
      at = (rows.at(-1)?.at ?? at) + 1
    } else {
      blocks.push(line(lines[at] ?? ''))
      at += 1
    }
  }
  return blocks
}

type Row = { cells: string[]; at: number }

/** The rows of a typed table that begins at a line: three cells and more, each row as wide as the first. */
function rowsFrom(lines: readonly string[], from: number): Row[] {
  const rows: Row[] = []
  for (let at = from; at < lines.length; at += 1) {
    const text = lines[at] ?? ''
    if (rows.length > 0 && /^[\s|+\-=─┼]*$/.test(text) && text !== '') continue // a ruled line between rows
    const cells = cellsOf(text)
    if (cells.length < 3 || (rows[0] && rows[0].cells.length !== cells.length)) break
    rows.push({ cells, at })
  }
  return rows
}

function cellsOf(text: string): string[] {
  if (text.startsWith('>')) return []
  if (text.includes('|')) {
    return text
      .replace(/^\s*\|/, '')
      .replace(/\|\s*$/, '')
      .split('|')
      .map((cell) => cell.trim())
  }
  return text.includes('\t') ? text.split(/\t+/).map((cell) => cell.trim()) : []
}

// biome-ignore lint/suspicious/noMisleadingCharacterClass: each is taken out by itself
const invisible = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\uFE0F]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: what no keyboard types is what is taken out
const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g

/** Spaces made plain, what cannot be seen taken out; tabs stay, they part cells. */
export const tidy = (text: string): string =>
  text
    .normalize('NFC')
    .replace(invisible, '')
    .replace(control, '')
    .replace(/[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g, ' ')
    .replace(/\bportal(?=[а-яё\s])/gi, 'портал')
    .trimEnd()

/** One line of words, for looking words up in. */
export const wordsOf = (blocks: readonly Block[]): string =>
  blocks
    .map((block) => (block.kind === 'line' ? block.text : block.rows.map((row) => row.join(' ')).join(' ')))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()

export const isEmpty = (blocks: readonly Block[]): boolean => wordsOf(blocks) === ''

const bullet = /^\s*(?:[-–—−•·●○▪■□◦‣►➢✓✔*+§]+|o(?=\s)|\(?\d{1,2}[.)](?=\s|\p{L})|\(?[а-яa-z]\)(?=\s))\s*/u

export const withoutBullet = (text: string): string => {
  // Bold letters that became plain text: «*ФИО:* …».
  return text.replace(bullet, '').replace(/\*+/g, '').trim()
}

export const hasBullet = (text: string): boolean => bullet.test(text)

const longestLine = 1500
const mostSigns = 30_000

/** As much of a letter as a person would type: what is longer is kept and shown, but not looked through. */
export function withinReason(blocks: readonly Block[]): Block[] {
  const taken: Block[] = []
  let signs = 0
  for (const block of blocks) {
    const cut: Block =
      block.kind === 'line'
        ? line(block.text.slice(0, longestLine))
        : {
            kind: 'table',
            rows: block.rows.slice(0, 300).map((cells) => cells.slice(0, 30).map((cell) => cell.slice(0, 700))),
          }
    signs += wordsOf([cut]).length
    if (signs > mostSigns) break
    taken.push(cut)
  }
  return taken
}
