/** What of a letter its sender has written now: quotations of former letters and the signature are taken off. */
import { type Block, isEmpty, line, wordsOf } from './blocks.ts'

export type Divided = {
  own: Block[]
  signature: Block[]
  /** What it quotes or forwards, without the marks of quotation and the head of the quoted letter. */
  quoted: Block[]
  forwarded: boolean
}

/** Takes a letter apart. */
export function divide(blocks: readonly Block[]): Divided {
  const cut = blocks.findIndex((_, at) => beginsQuotation(blocks, at))
  const before = cut === -1 ? blocks : blocks.slice(0, cut)
  const after = cut === -1 ? [] : blocks.slice(cut)
  const ownLines = before.filter((block) => !isQuoted(block))
  const quoted = [...before.filter(isQuoted).map(unquoted), ...withoutHead(after).map(unquoted)]
  const { text, signature } = divideSignature(ownLines)
  return { own: text, signature, quoted, forwarded: after.slice(0, 3).some((block) => forward.test(textOf(block))) }
}

const textOf = (block: Block | undefined): string => (block?.kind === 'line' ? block.text.trim() : '')
const isQuoted = (block: Block): boolean => block.kind === 'line' && /^\s*(>|&gt;|\|\s*>)/.test(block.text)
const unquoted = (block: Block): Block =>
  block.kind === 'line' ? line(block.text.replace(/^(\s*(>|&gt;))+\s?/, '')) : block

const forward =
  /пересылаем(ое|ого)\s+(сообщени|письм)|пересланное сообщение|forwarded message|переадресованное сообщение|начало переадресованного|begin forwarded/i
const original =
  /^[-_=\s*]{2,}\s*(исходное|первоначальное|оригинальное|original|пересылаемое|пересланное|переадресованное|forwarded|конец|начало)[\s\p{L}]*(сообщение|письмо|message)?|^(begin forwarded message|начало переадресованного сообщения|пересылаемое сообщение|перенаправлено от)/iu
const from = /^\*?(от|from|отправитель|от кого)\s*\*?\s*:/i
const headLine = /^\*?(отправлено|дата|кому|тема|копия|sent|date|to|cc|subject|послано|получатель|предмет)\s*\*?\s*:/i

const months = 'янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'
const written = [
  // Mail.ru: «Понедельник, 12 января 2026, 10:15 +05:00 от Имя <адрес>:»
  new RegExp(
    `^(\\p{L}{2,12},?\\s*)?\\d{1,2}[\\s.]+(${months})[\\p{L}.]*\\s+\\d{4}.{0,30}\\d{1,2}:\\d{2}.{0,160}:\\s*$`,
    'iu',
  ),
  // Yandex and Thunderbird: «12.01.2026, 10:15, "Имя" <адрес>:», «12.01.2026 10:15, Имя пишет:»
  /^(\p{L}{2,12},?\s*)?\d{1,2}[./]\d{1,2}[./]\d{2,4}\s*(г\.)?,?\s*(в\s*)?\d{1,2}:\d{2}.{0,160}(:|пишет|wrote|писал)\s*:?\s*$/iu,
  /^.{0,160}(написал|пишет|писал|написала|писала)(\(?а?\)?)?\s*:\s*$/i,
  /^on\s.{4,160}\swrote:\s*$/i,
  /^you wrote:|^вы писали/i,
  /^здравствуйте,\s.{2,60}\.?\s*вы писали/i,
]

/** Whether a former letter begins at this block; its introducing line may have been wrapped into two. */
function beginsQuotation(blocks: readonly Block[], at: number): boolean {
  const text = textOf(blocks[at])
  if (text === '') return false
  if (original.test(text)) return true
  if (from.test(text)) return headLinesAfter(blocks, at) >= 1 && (text.includes('@') || headLinesAfter(blocks, at) >= 2)
  if (/^_{20,}$/.test(text) || /^-{20,}$/.test(text)) return from.test(nextText(blocks, at))
  const joined = `${text} ${textOf(blocks[at + 1])}`.trim()
  const introduces = (words: string) =>
    written.some((pattern) => pattern.test(words)) && /@|\d{4}|<|вы писали/i.test(words)
  return (
    introduces(text) ||
    (text.length > 30 && /\d{4}|@/.test(text) && !/^>/.test(textOf(blocks[at + 1])) && introduces(joined))
  )
}

const headLinesAfter = (blocks: readonly Block[], at: number): number =>
  blocks.slice(at + 1, at + 9).filter((block) => headLine.test(textOf(block))).length

const nextText = (blocks: readonly Block[], at: number): string =>
  textOf(blocks.slice(at + 1, at + 4).find((block) => textOf(block) !== ''))

/** The head of a quoted letter («От», «Отправлено», «Кому», «Тема») is no part of what it says. */
function withoutHead(blocks: readonly Block[]): Block[] {
  const rest = [...blocks]
  const bare = (block: Block | undefined) => textOf(block).replace(/^[>\s]+/, '')
  let passed = 0
  while (rest.length > 0 && passed < 14) {
    const text = bare(rest[0])
    const isHead =
      passed === 0 ||
      text === '' ||
      from.test(text) ||
      headLine.test(text) ||
      original.test(text) ||
      /^[-_=]{5,}$/.test(text)
    if (!isHead) break
    rest.shift()
    passed += 1
  }
  return rest
}

const farewell =
  /^[-–—\s]*(с\s+уважением|с\s+наилучшими|с\s+почтением|уважением|искренне ваш|best regards|kind regards|regards|заранее\s+(благодар|спасибо|призна)|спасибо[.!]?\s*$|благодарю[.!]?\s*$|всего\s+(доброго|хорошего)|хорошего дня)/i
const device =
  /^(отправлено\s+(с|из|через)\s|sent from|sent via|get outlook|получить outlook|исп(олнитель)?\.?\s*:|отослано\s+с)/i
const disclaimer =
  /^(\*+\s*)?(настоящ(ее|им)\s+(электронн|сообщен)|это\s+(электронное\s+)?(сообщение|письмо)\s+.{0,60}(конфиденц|предназнач)|данное\s+(электронное\s+)?(сообщение|письмо)\s|внимание!?\s.{0,60}внешн|конфиденциальн|this (e-?mail|message)\s|уведомление о конфиденциальности)/i

/** The signature begins at its dashes or at a farewell, unless the fields of an application follow. */
function divideSignature(blocks: readonly Block[]): { text: Block[]; signature: Block[] } {
  const cut = blocks.findIndex((block, at) => {
    const text = textOf(block)
    if (disclaimer.test(text)) return !hasFields(blocks.slice(at + 1))
    if (isEmpty(blocks.slice(0, at))) return false
    const begins = /^--\s*$/.test(block.kind === 'line' ? block.text : '') || farewell.test(text) || device.test(text)
    return begins && !hasFields(blocks.slice(at + 1))
  })
  if (cut === -1) return { text: [...blocks], signature: [] }
  return { text: blocks.slice(0, cut), signature: blocks.slice(cut) }
}

const fieldWords = [
  /ф\s*\.?\s*и\s*\.?\s*о(?![а-яё])|фамилия|фио(?![а-яё])/i,
  /должность/i,
  /организаци|учреждени/i,
  /e-?mail|почт/i,
  /телефон|тел\./i,
  /систем/i,
]
/** A signature has a post, a telephone and an address too, but does not call a name «ФИО» or list systems. */
const hasFields = (blocks: readonly Block[]): boolean => {
  const words = wordsOf(blocks)
  const named = fieldWords.filter((pattern) => pattern.test(words)).length
  return named >= 4 || (named >= 3 && fieldWords[0]?.test(words) === true)
}
