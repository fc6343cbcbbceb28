/** What the files of the map have in common: how they are read and how their faults are told. */

const mostTold = 20

/** A file of `reference/` cannot be taken as it is. Foreseen: told in its own words, without a stack. */
export class WrongReference extends Error {
  readonly exitCode = 1
  readonly problems: readonly string[]

  constructor(file: string, problems: readonly string[]) {
    super(`Программа не запущена, исправьте reference/${file}:\n${problems.map((text) => `  • ${text}`).join('\n')}`)
    this.name = 'WrongReference'
    this.problems = problems
  }
}

/** No more than can be read: the rest is counted. */
export const listed = (problems: readonly string[]): string[] =>
  problems.length <= mostTold
    ? [...problems]
    : [...problems.slice(0, mostTold), `и ещё ${problems.length - mostTold}: исправьте первые, остальные покажутся`]

/** @throws WrongReference when the bytes are not UTF-8 */
export function textOf(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new WrongReference(file, ['знаки не в кодировке UTF-8, сохраните файл в UTF-8'])
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
