import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './build.ts'
import { endWith, importBuilt } from './entry.ts'

/** What a file of server/commands exports: the command's exit code, given its arguments. */
type Command = { run(args: string[]): Promise<number> }

const isCommand = (module: unknown): module is Command =>
  typeof module === 'object' && module !== null && 'run' in module && typeof module.run === 'function'

const [name = '', ...args] = process.argv.slice(2)

try {
  process.exitCode = await runCommand()
} catch (error) {
  endWith(error)
}

async function runCommand(): Promise<number> {
  if (!/^[a-z][a-z-]*$/.test(name) || !existsSync(join(root, 'server', 'commands', `${name}.ts`))) return explain()

  const command = await importBuilt(`commands/${name}.js`)
  if (!isCommand(command)) throw new Error(`server/commands/${name}.ts does not export run(args)`)
  return command.run(args)
}

async function explain(): Promise<number> {
  const files = await readdir(join(root, 'server', 'commands')).catch(() => [])
  const names = files.filter((file) => /^[a-z-]+\.ts$/.test(file)).map((file) => file.replace('.ts', ''))
  console.error(`Команды «${name}» нет. Есть: ${names.sort().join(', ') || 'пока ни одной'}.`)
  return 2
}
