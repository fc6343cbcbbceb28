/** Letters that do not say in which charset they are, or name one that nobody knows. */

const textType = /^(content-type:[ \t]*text\/(?:plain|html))((?:;[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)?)/gim

/**
 * Names the charset in each text part that does not.
 * @param anew also in those that name one: it could not be read
 */
export function withCharsets(raw: Buffer, anew = false): Buffer {
  const isEightBit = raw.some((byte) => byte >= 0x80)
  if (!anew && !isEightBit) return raw
  const charset = guess(raw)
  const text = raw.toString('latin1')
  const untold = headless(text) && isEightBit
  const named = text.replace(textType, (whole, type: string, parameters: string) => {
    const says = /charset\s*=\s*"?([^\s";]+)/i.exec(parameters)?.[1]?.toLowerCase()
    if (
      says &&
      !anew &&
      isKnown(says) &&
      !/^(us-ascii|ascii|unknown|unknown-8bit|x-unknown|default|binary|8bit)$/.test(says)
    )
      return whole
    return `${type}; charset=${charset}${parameters.replace(/;\s*charset\s*=\s*("[^"]*"|[^\s;]+)/i, '')}`
  })
  const told = untold ? named.replace(/\r?\n\r?\n/, `\r\nContent-Type: text/plain; charset=${charset}\r\n\r\n`) : named
  return Buffer.from(rawHeads(told, charset), 'latin1')
}

/** Some are known to the reader by other names than to the runtime. */
const isKnown = (charset: string): boolean => {
  if (/^(win|cp|windows)-?125\d$|^koi8/.test(charset)) return true
  try {
    return new TextDecoder(charset) !== undefined
  } catch {
    return false
  }
}

const headless = (text: string): boolean =>
  !/^content-type:/im.test(text.slice(0, Math.max(0, text.search(/\r?\n\r?\n/))))

/** A subject or a name in bare eight-bit letters is put into an encoded word, so that its reader knows the charset. */
function rawHeads(text: string, charset: string): string {
  if (charset === 'utf-8') return text
  const end = text.search(/\r?\n\r?\n/)
  const head = text
    .slice(0, end)
    .replace(/^(subject:[ \t]*)([^\r\n]*[\x80-\xff][^\r\n]*)/gim, (_, name: string, value: string) => {
      const encoded = Buffer.from(value, 'latin1').toString('base64')
      return `${name}=?${charset}?B?${encoded}?=`
    })
  return head + text.slice(end)
}

/** UTF-8 proves itself; of the two Russian eight-bit ones the one in which more small letters than capitals come out. */
export function guess(bytes: Uint8Array): 'utf-8' | 'windows-1251' | 'koi8-r' {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return 'utf-8'
  } catch {
    const score = (charset: string) => {
      const text = new TextDecoder(charset).decode(bytes)
      return (text.match(/[а-яё]/g)?.length ?? 0) - (text.match(/[А-ЯЁ]/g)?.length ?? 0) * 2
    }
    return score('koi8-r') > score('windows-1251') ? 'koi8-r' : 'windows-1251'
  }
}
