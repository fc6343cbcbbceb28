/** A raw letter read: head, text, HTML, attachments. Whatever it is, reading it ends and throws nothing. */
import { type AddressObject, type HeaderLines, type ParsedMail, simpleParser } from 'mailparser'
import { withCharsets } from './charsets.ts'

export type Attachment = { name: string; mediaType: string; size: number; content: Buffer }
export type ReadLetter = {
  /** As they came, each by itself, names in lower case. */
  headers: readonly { name: string; value: string }[]
  messageId: string | null
  inReplyTo: string | null
  references: string[]
  from: { address: string; name: string } | null
  /** Addresses in «From», of all such headers: more than one is a forgery or a mistake. */
  senders: string[]
  replyTo: string | null
  to: string[]
  subject: string
  date: Date | null
  text: string
  html: string
  attachments: Attachment[]
}

export const largestLetter = 30 * 1024 * 1024
const mostParts = 400
const mostHead = 512 * 1024

/** Reads a letter as it came over the wire; undefined when it is none. */
export async function readLetter(raw: Buffer): Promise<ReadLetter | undefined> {
  if (raw.length === 0 || raw.length > largestLetter || isBomb(raw)) return undefined
  const parsed = (await attempt(withCharsets(raw))) ?? (await attempt(withCharsets(raw, true)))
  return parsed?.headerLines && parsed.headerLines.length > 0 ? letterOf(parsed) : undefined
}

const attempt = async (raw: Buffer): Promise<ParsedMail | undefined> => {
  try {
    return await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true })
  } catch {
    return undefined // what its reader cannot take apart is kept as it is and shown to an operator
  }
}

/** Parts within parts without end, or a head without end: nobody has written such a letter. */
function isBomb(raw: Buffer): boolean {
  const head = raw.subarray(0, mostHead + 4).toString('latin1')
  if (head.length > mostHead && !/\r?\n\r?\n/.test(head)) return true
  let parts = 0
  for (let at = raw.indexOf('multipart/'); at !== -1; at = raw.indexOf('multipart/', at + 10)) {
    parts += 1
    if (parts > mostParts) return true
  }
  return false
}

function letterOf(parsed: ParsedMail): ReadLetter {
  const headers = headersOf(parsed.headerLines)
  const from = parsed.from?.value[0]
  const senders = headers.filter(({ name }) => name === 'from').flatMap(({ value }) => addressesIn(value))
  return {
    headers,
    messageId: parsed.messageId?.slice(0, 500) ?? null,
    inReplyTo: parsed.inReplyTo?.slice(0, 500) ?? null,
    references: [parsed.references ?? []].flat().slice(0, 100),
    from: from?.address ? { address: from.address.toLowerCase(), name: oneLine(from.name) } : null,
    senders: [...new Set(senders)],
    replyTo: parsed.replyTo?.value[0]?.address?.toLowerCase() ?? null,
    to: addressesOf(parsed.to),
    subject: oneLine(parsed.subject ?? '').slice(0, 500),
    date: parsed.date && !Number.isNaN(parsed.date.getTime()) ? parsed.date : null,
    text: (parsed.text ?? '').slice(0, 300_000),
    html: parsed.html || '',
    attachments: parsed.attachments.slice(0, 100).map(({ filename, contentType, size, content }) => ({
      name: oneLine(filename ?? 'вложение'),
      mediaType: contentType,
      size,
      content,
    })),
  }
}

const headersOf = (lines: HeaderLines): ReadLetter['headers'] =>
  lines.map(({ key, line }) => ({ name: key.toLowerCase(), value: oneLine(line.slice(line.indexOf(':') + 1)) }))

const addressesOf = (to: AddressObject | AddressObject[] | undefined): string[] =>
  [to ?? []].flat().flatMap(({ value }) => value.flatMap(({ address }) => address?.toLowerCase() ?? []))

/** Of «"someone@org.example" <other@mail.example>» only what stands in angle brackets is the address. */
function addressesIn(value: string): string[] {
  const bare = value.replace(/"(?:[^"\\]|\\.)*"/g, '').slice(0, 10_000)
  const bracketed = [...bare.matchAll(/<\s*([^<>\s@]+@[^<>\s@]+)\s*>/g)].map(([, address]) => address ?? '')
  const found = bracketed.length > 0 ? bracketed : (bare.match(/[^\s<>,;"]+@[^\s<>,;"]+/g) ?? [])
  return found.map((address) => address.toLowerCase())
}

/** A line break within a header would let its sender add headers where it is repeated. */
const oneLine = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what no mailer shows is what is taken out
    .replace(/[\u0000-\u001f\u007f]/g, '')
    .trim()
