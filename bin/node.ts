import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ownNode = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules', '.bin', 'node')
const oldest = 22

/**
 * Makes sure that the program runs on a Node.js that it supports: 22 or later. On an older one it runs itself again on
 * the Node.js that came with its packages and ends with that one's exit code; without one it says what to do and ends.
 */
export function requireNode() {
  if (majorVersion(process.versions.node) >= oldest) return

  if (existsSync(ownNode) && !process.env.KABINET_NODE_CHOSEN) {
    const environment = { ...process.env, KABINET_NODE_CHOSEN: '1' }
    const { status } = spawnSync(ownNode, process.argv.slice(1), { stdio: 'inherit', env: environment })
    process.exit(status ?? 1)
  }
  console.error(
    `Нужен Node.js ${oldest} или новее, а это ${process.versions.node}. Установите новый или выполните «npm ci»: он приносит подходящий с собой.`,
  )
  process.exit(1)
}

const majorVersion = (version: string) => Number.parseInt(version, 10)
