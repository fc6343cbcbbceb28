import { xmlHead } from './zip-writing.ts'

/** What a cell is for; how it looks follows from it. Only `input` may be changed in a protected sheet. */
const looks = ['plain', 'title', 'note', 'head', 'code', 'label', 'caption', 'input', 'computed', 'closed'] as const
export type CellLook = (typeof looks)[number]

/** Digits after the point, or `text`. */
export type CellDigits = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 'text' | 'general'
const digitsOrder: readonly CellDigits[] = ['general', 'text', 0, 1, 2, 3, 4, 5, 6]

export type CellStyle = { look: CellLook; digits?: CellDigits; indent?: number }
const mostIndent = 2

/** Place of the style in the table below. */
export const styleIndex = ({ look, digits = 'general', indent = 0 }: CellStyle): number =>
  (looks.indexOf(look) * digitsOrder.length + digitsOrder.indexOf(digits)) * (mostIndent + 1) +
  Math.min(indent, mostIndent)

const namespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const ownFormats = 164

const formatId = (digits: CellDigits): number =>
  digits === 'general' ? 0 : digits === 'text' ? 49 : ownFormats + digits

type Drawing = { font: number; fill: number; border: number; align: string; wrap: boolean; locked: boolean }
const drawn: Record<CellLook, Drawing> = {
  plain: { font: 0, fill: 0, border: 0, align: 'left', wrap: true, locked: true },
  title: { font: 2, fill: 0, border: 0, align: 'left', wrap: true, locked: true },
  note: { font: 3, fill: 0, border: 0, align: 'left', wrap: true, locked: true },
  head: { font: 0, fill: 2, border: 1, align: 'center', wrap: true, locked: true },
  code: { font: 3, fill: 2, border: 1, align: 'center', wrap: false, locked: true },
  label: { font: 0, fill: 0, border: 1, align: 'left', wrap: true, locked: true },
  caption: { font: 1, fill: 0, border: 1, align: 'left', wrap: true, locked: true },
  input: { font: 0, fill: 3, border: 1, align: '', wrap: false, locked: false },
  computed: { font: 0, fill: 0, border: 1, align: 'right', wrap: false, locked: true },
  closed: { font: 3, fill: 0, border: 1, align: 'center', wrap: false, locked: true },
}

/** Grey cells are entered and white ones are not, as on the page. */
export function stylesXml(): string {
  const formats = [0, 1, 2, 3, 4, 5, 6].map(
    (digits) =>
      `<numFmt numFmtId="${ownFormats + digits}" formatCode="#,##0${digits > 0 ? `.${'0'.repeat(digits)}` : ''}"/>`,
  )
  const font = (inner: string) => `<font>${inner}<name val="PT Sans"/><family val="2"/></font>`
  const fonts = [
    font('<sz val="10"/>'),
    font('<b/><sz val="10"/>'),
    font('<b/><sz val="13"/>'),
    font('<sz val="9"/><color rgb="FF5A6270"/>'),
  ]
  const solid = (colour: string) =>
    `<fill><patternFill patternType="solid"><fgColor rgb="${colour}"/><bgColor indexed="64"/></patternFill></fill>`
  const fills = [
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
    solid('FFF3F5F8'),
    solid('FFE6EAF0'),
  ]
  const line = (side: string) => `<${side} style="thin"><color rgb="FF9AA3B2"/></${side}>`
  const borders = [
    '<border><left/><right/><top/><bottom/><diagonal/></border>',
    `<border>${['left', 'right', 'top', 'bottom'].map(line).join('')}<diagonal/></border>`,
  ]
  const cells = looks.flatMap((look) =>
    digitsOrder.flatMap((digits) => [0, 1, 2].map((indent) => styleXml(drawn[look], digits, indent))),
  )
  const list = (name: string, items: readonly string[]) =>
    `<${name} count="${items.length}">${items.join('')}</${name}>`
  return `${xmlHead}<styleSheet xmlns="${namespace}">${list('numFmts', formats)}${list('fonts', fonts)}${list('fills', fills)}${list('borders', borders)}<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>${list('cellXfs', cells)}<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
}

function styleXml({ font, fill, border, align, wrap, locked }: Drawing, digits: CellDigits, indent: number): string {
  const horizontal = align ? ` horizontal="${align}"` : ''
  const alignment = `<alignment${horizontal} vertical="center"${wrap ? ' wrapText="1"' : ''}${indent > 0 ? ` indent="${indent}"` : ''}/>`
  return `<xf numFmtId="${formatId(digits)}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1">${alignment}<protection locked="${locked ? 1 : 0}"/></xf>`
}
