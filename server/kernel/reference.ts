/** Data that come with the program and that an installation may replace: the directory `reference/`. */
import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { dirname, join } from 'node:path'

/** @param path below `reference/`, such as `forms/85-k.xml` */
export const readReference = (path: string): Buffer => readFileSync(join(programDirectory(), 'reference', path))

/** A directory below `reference/`. */
export const referenceDirectory = (path: string): string => join(programDirectory(), 'reference', path)

/** A file of `reference/` cannot be taken as it is. Foreseen: told in its own words, without a stack. */
export class WrongReference extends Error {
  readonly exitCode = 1
  readonly problems: readonly string[]

  /** @param problems what is wrong, each with its line: «строка 3: …» */
  constructor(file: string, problems: readonly string[]) {
    super(`Программа не запущена, исправьте reference/${file}:\n${problems.map((text) => `  • ${text}`).join('\n')}`)
    this.name = new.target.name
    this.problems = problems
  }
}

/** The text of a file in UTF-8, or the first line that is not: «строка 3: знаки не в кодировке UTF-8 …». */
export function decodeReference(bytes: Uint8Array): { text: string } | { wrong: string } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { wrong: `строка ${lineOfBadBytes(bytes)}: знаки не в кодировке UTF-8, сохраните файл в UTF-8` }
  }
}

/** Decodes line by line: in UTF-8 the byte of a line's end is never a part of another sign. */
function lineOfBadBytes(bytes: Uint8Array): number {
  const lines = Buffer.from(bytes).toString('latin1').split('\n')
  const decoder = new TextDecoder('utf-8', { fatal: true })
  return 1 + lines.findIndex((line) => !isDecoded(decoder, Buffer.from(line, 'latin1')))
}

function isDecoded(decoder: TextDecoder, bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes)
    return true
  } catch {
    return false
  }
}

/** Whether the program runs from its sources or as built. */
function programDirectory(): string {
  const manifest = findPackageJSON(import.meta.url)
  if (!manifest) throw new Error('The directory of the program is not known')
  return dirname(manifest)
}
