import { type Document, isMap, isSeq, type Node } from 'yaml'
import { placeKey, type SourcePlace } from '../source-places.ts'
import type { Template } from '../template.ts'

type PlaceAt = (offset: number) => { line: number; column: number }

/** Where each part of a form stands in its YAML file; controls get their lines too. */
export function placesOf(document: Document, template: Template, at: PlaceAt): Map<string, SourcePlace> {
  const places = new Map<string, SourcePlace>()
  const note = (key: string, node: unknown): void => {
    const range = (node as Node | null)?.range // as: a node of a parsed document
    if (range && !places.has(key)) places.set(key, at(range[0]))
  }
  for (const section of items(document.get('sections'))) {
    const code = textOf(section, 'code')
    note(placeKey.cell(code, '', ''), section)
    for (const column of items(section.get('columns'))) note(placeKey.cell(code, '', textOf(column, 'code')), column)
    for (const row of items(section.get('rows'))) {
      const rowCode = textOf(row, 'code')
      note(placeKey.cell(code, rowCode, ''), row)
      const cells = row.get('cells')
      if (isMap(cells)) {
        for (const { key, value } of cells.items) note(placeKey.cell(code, rowCode, String(key)), value)
      }
    }
    for (const control of items(section.get('controls'))) note(placeKey.control(textOf(control, 'id')), control)
  }
  for (const control of items(document.get('controls'))) note(placeKey.control(textOf(control, 'id')), control)
  for (const dictionary of items(document.get('dictionaries')))
    note(placeKey.dictionary(textOf(dictionary, 'id')), dictionary)
  for (const list of ['pulls', 'totals', 'levels', 'attachments']) {
    for (const [number, entry] of items(document.get(list)).entries()) note(placeKey.extension(list, number), entry)
  }
  for (const control of template.controls) {
    const line = places.get(placeKey.control(control.id))?.line
    if (line !== undefined) control.line = line
  }
  return places
}

const items = (node: unknown) => (isSeq(node) ? node.items.filter((item) => isMap(item)) : [])

function textOf(node: { get(key: string): unknown }, key: string): string {
  const value = node.get(key)
  return typeof value === 'string' ? value : ''
}
