/** A real mailbox: Dovecot on loopback over a directory of letters. */
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../journeys/support/program.ts'
import { daemonOf } from './daemon.ts'
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

  const { start, stop } = daemonOf(program, ['-F', '-c', configuration], port)
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
