import { ValueLine } from '../../../../contracts/exchange.ts'
import type { BodyStream } from '../../../kernel/http/index.ts'

/** Longer than any value with its address; a body without line ends is none of lines. */
const longestLine = 65_536

export type NumberedLine = { line: number; value: ValueLine | undefined }

/**
 * Lines of JSON, or of CSV when the call says so: organisation;form;period;cell;value, and base where the caller knows it.
 * Empty ones are passed over.
 */
export async function* readValueLines({ contentType, bytes }: BodyStream): AsyncGenerator<NumberedLine> {
  const read = contentType.includes('csv') ? ofCsv : ofJson
  let line = 0
  for await (const text of linesOf(bytes)) {
    line += 1
    if (text.trim() === '' || (line === 1 && /^\ufeff?organisation[;,\t]/i.test(text))) continue
    yield { line, value: read(text) }
  }
}

async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8')
  let rest = ''
  for await (const chunk of bytes) {
    rest += decoder.decode(chunk, { stream: true })
    let from = 0
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', from)) {
      yield rest.slice(from, end)
      from = end + 1
    }
    rest = rest.slice(from)
    // What is cut off here is no line that could be read, and is told as one that was not.
    if (rest.length > longestLine) rest = rest.slice(0, longestLine)
  }
  if (rest !== '') yield rest
}

function ofJson(text: string): ValueLine | undefined {
  try {
    return lineOf(JSON.parse(text))
  } catch {
    return undefined
  }
}

function ofCsv(text: string): ValueLine | undefined {
  const [organisation, form, period, cell, value, base] = fieldsOf(text.replace(/\r$/, ''))
  return lineOf({ organisation, form, period, cell, value, base })
}

/** A quoted field may hold semicolons, not line ends. */
const fieldsOf = (text: string): string[] =>
  text.includes('"')
    ? [...text.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/g)].map(([, quoted, bare]) =>
        quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'),
      )
    : text.split(';')

/** A million lines: the usual shape is told without the contract's full walk, what is unusual by the contract. */
function lineOf(given: unknown): ValueLine | undefined {
  const read = ValueLine.safeParse(given)
  return read.success ? read.data : undefined
}
