import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, watch } from 'node:fs'
import { join } from 'node:path'
import { buildIfStale, root } from './build.ts'
import { requireNode } from './node.ts'

requireNode()

let program: ChildProcess | undefined
let scheduled: NodeJS.Timeout | undefined
let turn: Promise<void> = Promise.resolve()

for (const folder of ['contracts', 'engine', 'server', 'web', 'reference']) {
  if (existsSync(join(root, folder))) watch(join(root, folder), { recursive: true }, restartLater)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => void stopProgram().then(() => process.exit(0)))
restartLater()

/** An editor writes several files at once: one restart follows them all. */
function restartLater() {
  clearTimeout(scheduled)
  scheduled = setTimeout(() => {
    turn = turn.then(restart)
  }, 100)
}

async function restart() {
  try {
    if (!(await buildIfStale()) && program?.exitCode === null) return
  } catch {
    return console.error('Сборка не удалась; работает прежняя. Исправьте ошибку выше.')
  }
  await stopProgram()
  program = spawn(process.execPath, [join(root, 'bin', 'start.ts')], { stdio: 'inherit' })
}

async function stopProgram() {
  if (!program || program.exitCode !== null || program.signalCode !== null) return
  const ended = new Promise((resolve) => program?.once('exit', resolve))
  program.kill('SIGTERM')
  await ended
}
