/** A real mailbox: Dovecot on loopback over a directory of letters. */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../journeys/support/program.ts'
import { debianProgram } from './debian.ts'

const program = '/usr/sbin/dovecot'
const nobody = 65_534

/** It takes root to start one. */
export const mailboxServerAvailable = (): boolean => process.getuid?.() === 0 && debianProgram('dovecot-imapd', program)

export type MailboxServer = {
  /** With the user and the password in it. */
  url: string
  start: () => Promise<void>
  stop: () => Promise<void>
  /** Numbers all letters anew, as a server does that was restored from a backup. */
  numberAnew: () => Promise<void>
  remove: () => Promise<void>
}

/** @param maildir of letters that lie elsewhere; absent: an empty one of its own */
export async function openMailboxServer(given?: string): Promise<MailboxServer> {
  const folder = mkdtempSync(join(tmpdir(), 'kabinet-imap-'))
  const maildir = given ?? join(folder, 'mail')
  const port = await freePort()
  let child: ChildProcess | undefined
  chmodSync(folder, 0o755)
  for (const part of ['', 'cur', 'new', 'tmp']) {
    mkdirSync(join(maildir, part), { recursive: true })
    chownSync(join(maildir, part), nobody, nobody)
  }
  const configuration = join(folder, 'dovecot.conf')
  writeFileSync(
    configuration,
    `base_dir = ${folder}/run
state_dir = ${folder}/state
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
log_path = ${folder}/log
default_login_user = nobody
default_internal_user = nobody
default_internal_group = nogroup
mail_location = maildir:${maildir}
first_valid_uid = 1
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
passdb {
  driver = static
  args = password=Stend-2027!
}
userdb {
  driver = static
  args = uid=${nobody} gid=${nobody} home=${folder}
}
`,
  )

  async function start(): Promise<void> {
    child = spawn(program, ['-F', '-c', configuration], { stdio: 'ignore' })
    await listening(port)
  }

  async function stop(): Promise<void> {
    const running = child
    child = undefined
    if (!running) return
    await new Promise<void>((resolve) => {
      running.once('exit', () => resolve())
      running.kill('SIGTERM')
    })
  }

  await start()
  return {
    url: `imap://podderzhka%40svetlorechye.example:Stend-2027!@127.0.0.1:${port}/INBOX`,
    start,
    stop,
    numberAnew: async () => {
      await stop()
      for (const name of [
        'dovecot-uidlist',
        'dovecot-uidvalidity',
        'dovecot.index',
        'dovecot.index.log',
        'dovecot.index.cache',
      ])
        rmSync(join(maildir, name), { force: true })
      // UIDVALIDITY is made of the second.
      await new Promise((resolve) => setTimeout(resolve, 1100))
      await start()
    },
    remove: async () => {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function listening(port: number): Promise<void> {
  for (let look = 0; look < 100; look += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = createConnection(port, '127.0.0.1')
      socket.once('connect', () => resolve(true) ?? socket.destroy())
      socket.once('error', () => resolve(false))
    })
    if (open) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('Dovecot does not listen')
}
