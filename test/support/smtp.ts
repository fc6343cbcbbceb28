/** A real server of letters: OpenSMTPD on loopback, which keeps what comes for the stand’s domains in a directory. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../journeys/support/program.ts'
import { daemonOf } from './daemon.ts'
import { debianProgram } from './debian.ts'

const program = '/usr/sbin/smtpd'
const domains = '{ "svetlorechye.example", "verhneozersk.example" }'

/** It takes root to start one. */
export const mailServerAvailable = (): boolean => process.getuid?.() === 0 && debianProgram('opensmtpd', program)

export type MailServer = {
  address: string
  /** Waits for letters to `user` at any of the domains; as they came over the wire. */
  delivered: (user: string, atLeast?: number) => Promise<string[]>
  /** Where the letters to `user` lie, as a mailbox server reads them. */
  maildirOf: (user: string) => string
  start: () => Promise<void>
  stop: () => Promise<void>
  /** Stops it and removes what it kept. */
  remove: () => Promise<void>
}

export async function openMailServer(): Promise<MailServer> {
  const folder = mkdtempSync(join(tmpdir(), 'kabinet-smtp-'))
  const port = await freePort()

  const configuration = join(folder, 'smtpd.conf')
  chmodSync(folder, 0o755)
  mkdirSync(join(folder, 'mail'), { recursive: true })
  chmodSync(join(folder, 'mail'), 0o777)
  writeFileSync(
    configuration,
    `table everyone { "@" = nobody }\nlisten on 127.0.0.1 port ${port}\n` +
      `action "keep" maildir "${folder}/mail/%{dest.user}" virtual <everyone>\n` +
      `match from any for domain ${domains} action "keep"\n`,
    { mode: 0o600 },
  )
  const { start, stop } = daemonOf(program, ['-d', '-f', configuration], port)

  async function delivered(user: string, atLeast = 1): Promise<string[]> {
    const kept = join(folder, 'mail', user, 'new')
    for (let look = 0; look < 100; look += 1) {
      const files = namesIn(kept)
      if (files.length >= atLeast) return files.sort().map((file) => readFileSync(join(kept, file), 'utf8'))
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return []
  }

  await start()
  const remove = async () => {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return {
    address: `smtp://127.0.0.1:${port}`,
    delivered,
    maildirOf: (user) => join(folder, 'mail', user),
    start,
    stop,
    remove,
  }
}

function namesIn(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

/** The parts of a letter as its reader sees them, whatever they were encoded in for the way. */
export function textOfLetter(raw: string): string {
  const parts = raw.split(/\r?\n--[^\r\n]+\r?\n/)
  return parts.map(decodedPart).join('\n')
}

function decodedPart(part: string): string {
  const [head = '', ...rest] = part.split(/\r?\n\r?\n/)
  const body = rest.join('\n\n')
  const encoding = /content-transfer-encoding:\s*(\S+)/i.exec(head)?.[1]?.toLowerCase()
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  if (encoding !== 'quoted-printable') return body
  const bytes = body
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
