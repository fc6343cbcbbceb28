import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { requireNode } from './node.ts'

/**
 * Builds what is stale and imports a built file of the server, given relative to `dist/server`, in this process.
 * Its failure is told in one line where the failure was foreseen (it carries `exitCode`), else with its stack.
 */
export async function importBuilt(file: string): Promise<unknown> {
  requireNode()
  process.setSourceMapsEnabled(true)
  const { buildIfStale, root } = await importBuild()
  await buildIfStale()
  // A command means the same installation from whichever directory it is called; production names its own.
  if (process.env.KABINET_ENV !== 'production') process.env.DATA_DIR ||= join(root, 'data')
  return import(pathToFileURL(join(root, 'dist', 'server', file)).href)
}

/** Ends the program after a failure: with its own words and exit code where it was foreseen, else with the stack and 1. */
export function endWith(error: unknown): never {
  if (error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number') {
    console.error(error.message)
    process.exit(error.exitCode)
  }
  console.error(error)
  process.exit(1)
}

async function importBuild() {
  try {
    return await import('./build.ts')
  } catch (cause) {
    if (!isMissingModule(cause)) throw cause
    throw Object.assign(new Error('Пакеты программы не установлены. Выполните «npm ci» в её каталоге.'), {
      cause,
      exitCode: 1,
    })
  }
}

export const isMissingModule = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
