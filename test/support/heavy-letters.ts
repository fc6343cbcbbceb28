/** Letters that are too much of something: what a mailbox gets from the careless and the hostile. */

const head = (name: string, type: string) =>
  `From: ${name}@dep.svetlorechye.example\r\nTo: podderzhka@svetlorechye.example\r\nSubject: ${name}\r\n` +
  `Message-ID: <${name}@pochta.example>\r\nMIME-Version: 1.0\r\nContent-Type: ${type}\r\n`

const words = 'Прошу предоставить доступ к порталу технической поддержки.\r\nФИО: Кедров Лев Аркадьевич\r\n'

/** A scan of so many megabytes, as base64. */
export function withScan(name: string, megabytes: number): Buffer {
  const line = `${'QUJD'.repeat(19)}\r\n`
  const scan = line.repeat(Math.ceil((megabytes * 1024 * 1024) / line.length))
  return Buffer.from(
    `${head(name, 'multipart/mixed; boundary=b')}\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${words}` +
      `\r\n--b\r\nContent-Type: image/jpeg; name=scan.jpg\r\nContent-Disposition: attachment; filename=scan.jpg\r\n` +
      `Content-Transfer-Encoding: base64\r\n\r\n${scan}\r\n--b--\r\n`,
  )
}

export const withParts = (name: string, parts: number): Buffer =>
  Buffer.from(
    `${head(name, 'multipart/mixed; boundary=b')}\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${words}` +
      `${'\r\n--b\r\nContent-Type: text/plain\r\n\r\nx'.repeat(parts)}\r\n--b--\r\n`,
  )

/** Each part within the former one. */
export function nested(name: string, levels: number): Buffer {
  const opened = Array.from(
    { length: levels },
    (_, at) => `--b${at}\r\nContent-Type: multipart/mixed; boundary=b${at + 1}\r\n\r\n`,
  )
  return Buffer.from(`${head(name, 'multipart/mixed; boundary=b0')}\r\n${opened.join('')}--b${levels}\r\n\r\n${words}`)
}

/** Letters within letters, which no word «multipart» counts. */
export const lettersInLetters = (name: string, levels: number): Buffer =>
  Buffer.from(`${head(name, 'message/rfc822')}\r\n${'Content-Type: message/rfc822\r\n\r\n'.repeat(levels)}${words}`)

export const withCharset = (name: string, charset: string): Buffer =>
  Buffer.concat([
    Buffer.from(`${head(name, `text/plain; charset=${charset}`)}Content-Transfer-Encoding: 8bit\r\n\r\n`),
    Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0xcf, 0xf0, 0xee, 0xf8, 0xf3, 0x0d, 0x0a]),
  ])

export const withHead = (name: string, kilobytes: number): Buffer =>
  Buffer.from(
    `${head(name, 'text/plain; charset=utf-8')}${`X-Long: ${'a'.repeat(1000)}\r\n`.repeat(kilobytes)}\r\n${words}`,
  )
