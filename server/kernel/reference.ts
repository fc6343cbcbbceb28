/** Data that come with the program and that an installation may replace: the directory `reference/`. */
import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { dirname, join } from 'node:path'

/** @param path below `reference/`, such as `forms/85-k.xml` */
export const readReference = (path: string): Buffer => readFileSync(join(programDirectory(), 'reference', path))

/** A directory below `reference/`. */
export const referenceDirectory = (path: string): string => join(programDirectory(), 'reference', path)

/** Whether the program runs from its sources or as built. */
function programDirectory(): string {
  const manifest = findPackageJSON(import.meta.url)
  if (!manifest) throw new Error('The directory of the program is not known')
  return dirname(manifest)
}
