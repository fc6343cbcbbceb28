/**
 * CSV as a spreadsheet program in Russian opens it: UTF-8 with its mark, semicolons. A cell that would be taken for a
 * formula begins with an apostrophe; a number below zero is none.
 */
export async function* writeCsv(rows: AsyncIterable<readonly string[]>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  let text = '\ufeff'
  for await (const cells of rows) {
    text += `${cells.map(cellOf).join(';')}\r\n`
    if (text.length < 65_536) continue
    yield encoder.encode(text)
    text = ''
  }
  yield encoder.encode(text)
}

const cellOf = (value: string): string => {
  const isFormula = /^[=+\-@\t\r]/.test(value) && !/^-\d+([.,]\d+)?$/.test(value)
  const harmless = isFormula ? `'${value}` : value
  return /[;"\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
