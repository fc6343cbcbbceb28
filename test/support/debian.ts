/** Real servers for tests: Debian's packages, installed when the tests run as root on Debian. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Whether the program stands at `path`, after trying to install its package; a clear line says why not. */
export function debianProgram(packageName: string, path: string): boolean {
  if (existsSync(path)) return true
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) install(packageName)
  const present = existsSync(path)
  if (!present) console.warn(`Пропущено: нет ${path}, поставьте пакет ${packageName}`)
  return present
}

function install(packageName: string): void {
  const options = {
    stdio: 'ignore',
    timeout: 180_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  } as const
  // Tests of another worker may be installing too. What could not be installed is told by the caller.
  for (const step of [['update'], ['install', '-y', '--no-install-recommends', packageName]])
    try {
      execFileSync('apt-get', ['-o', 'DPkg::Lock::Timeout=150', ...step], options)
    } catch {}
}
