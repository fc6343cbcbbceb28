import { normalCode } from './address.ts'
import type { TemplateProblem } from './problem.ts'

/** Where the parts of a form stand in the file it was read from. */
export type SourcePlace = { line: number; column?: number }
export type SourcePlaces = ReadonlyMap<string, SourcePlace>

/** Keys of places: a part of a section is told by what it is in, as `7/701/3`; a whole row is `7/701/`, a column `7//3`. */
export const placeKey = {
  cell: (section: string, row: string, column: string): string =>
    `${normalCode(section)}/${normalCode(row)}/${normalCode(column)}`,
  control: (id: string): string => `control ${id}`,
  dictionary: (id: string): string => `dictionary ${id}`,
  extension: (list: string, number: number): string => `${list} ${number}`,
}

/** The narrowest known place of a problem. */
export function placeOfProblem(
  { control, section, row, column, extension, line }: TemplateProblem,
  places: SourcePlaces,
): SourcePlace | undefined {
  const keys = [
    ...(extension ? [extension] : []),
    ...(control ? [placeKey.control(control)] : []),
    ...(section
      ? [
          placeKey.cell(section, row, column),
          placeKey.cell(section, row, ''),
          placeKey.cell(section, '', column),
          placeKey.cell(section, '', ''),
        ]
      : []),
  ]
  for (const key of keys) {
    const place = places.get(key)
    if (place) return place
  }
  return line ? { line } : undefined
}
