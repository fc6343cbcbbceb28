/** Finds a Chromium, or installs one: CHROMIUM_PATH, the usual places, Debian's package, Playwright's own download. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
]

/** @throws Error that says how to get one, when none can be found or installed */
export function findBrowser(): string {
  const given = process.env.CHROMIUM_PATH
  if (given) return given
  return present() ?? (installed() ? present() : undefined) ?? missing()
}

const present = (): string | undefined =>
  [...usualPlaces, playwrightsOwn()].find((path) => path !== undefined && existsSync(path))

function playwrightsOwn(): string | undefined {
  try {
    return chromium.executablePath()
  } catch {
    return undefined
  }
}

function installed(): boolean {
  const commands = isDebianAsRoot()
    ? [
        ['apt-get', 'update'],
        ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'],
      ]
    : [['npx', 'playwright-core', 'install', 'chromium']]
  try {
    for (const [command = '', ...args] of commands) {
      console.log(`Ставим браузер: ${command} ${args.join(' ')}`)
      execFileSync(command, args, {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      })
    }
    return true
  } catch {
    return false
  }
}

const isDebianAsRoot = (): boolean =>
  process.getuid?.() === 0 && existsSync('/etc/os-release') && /debian/i.test(readFileSync('/etc/os-release', 'utf8'))

function missing(): never {
  throw new Error('Нет браузера для проверки страниц. Поставьте Chromium или укажите его путь в CHROMIUM_PATH.')
}
