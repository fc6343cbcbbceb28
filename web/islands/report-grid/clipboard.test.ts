import { describe, expect, it } from 'vitest'
import { blockHtml, blockText, numberForSpreadsheet, parseBlock } from './clipboard.ts'

describe('a pasted block', () => {
  it.each([
    ['one value', '12', [['12']]],
    ['a row of Excel with its line break', '1\t2\t3\r\n', [['1', '2', '3']]],
    [
      'rows of LibreOffice',
      '1\t2\n3\t4',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['old line breaks', '1\r2\r', [['1'], ['2']]],
    [
      'empty cells in the middle and at the end',
      '1\t\t3\t\n\t\t\t',
      [
        ['1', '', '3', ''],
        ['', '', '', ''],
      ],
    ],
    ['Russian numbers as they are', '1 234,5\t−7', [['1 234,5', '−7']]],
    ['a quoted cell with a line break, a tab and quotes', '"а\n""б""\tв"\t2', [['а\n"б"\tв', '2']]],
    ['quotes that are only characters', '"а" и б\t5"', [['"а" и б', '5"']]],
    ['a quote that is never closed', '"а\t2', [['"а', '2']]],
    ['an empty line between two others', '1\n\n2', [['1'], [''], ['2']]],
    ['nothing', '', [['']]],
  ])('reads %s', (_what, text, block) => expect(parseBlock(text)).toEqual(block))

  it('survives being copied and pasted', () => {
    const block = [
      ['а\tб', '"в"', ''],
      ['г\nд', '5', 'е\r\nж'],
    ]
    expect(parseBlock(blockText(block))).toEqual(block)
  })
})

describe('a copied block', () => {
  it('is a table whose text stays text', () => {
    const html = blockHtml([['01', '<5&"']], (_row, column) => column === 0)
    expect(html).toBe(`<table><tr><td style="mso-number-format:'\\@'">01</td><td>&lt;5&amp;&quot;</td></tr></table>`)
  })

  it('has numbers that a Russian spreadsheet reads', () => expect(numberForSpreadsheet('-1234.5')).toBe('-1234,5'))
})
