/** A real directory for tests: Debian's slapd on the loopback, with a certificate of its own, gone after the file. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Attribute, Change, Client } from 'ldapts'
import { debianProgram } from './debian.ts'

const program = '/usr/sbin/slapd'

export const canRunSlapd = (): boolean => debianProgram('slapd', program)

export type Slapd = {
  ldap: string
  ldaps: string
  /** The certificate of the authority that has signed the directory's. */
  caFile: string
  /** As the directory's manager. */
  change: (dn: string, attribute: string, values: string[]) => Promise<void>
  stop: () => Promise<void>
}

export const baseDn = 'dc=svetlorechye,dc=example'
export const manager = { dn: `cn=manager,${baseDn}`, password: 'Upravlyayushchiy-1' }

/** @param ldif what the directory holds under `baseDn` */
export async function startSlapd(ldif: string): Promise<Slapd> {
  const directory = mkdtempSync(join(tmpdir(), 'kabinet-slapd-'))
  const [plain, secure] = [await freePort(), await freePort()]
  makeCertificates(directory)
  mkdirSync(join(directory, 'data'))
  const configuration = join(directory, 'slapd.conf')
  writeFileSync(configuration, configurationIn(directory))
  writeFileSync(join(directory, 'content.ldif'), `${root}\n\n${ldif}`)
  execFileSync('/usr/sbin/slapadd', ['-f', configuration, '-l', join(directory, 'content.ldif')], { stdio: 'pipe' })
  const [ldap, ldaps] = [`ldap://localhost:${plain}`, `ldaps://localhost:${secure}`]
  const listening = `ldap://127.0.0.1:${plain}/ ldaps://127.0.0.1:${secure}/`
  const slapd = spawn(program, ['-d', '0', '-h', listening, '-f', configuration], { stdio: 'ignore' })
  await opened(plain)
  return {
    ldap,
    ldaps,
    caFile: join(directory, 'ca.pem'),
    change: async (dn, attribute, values) => {
      const client = new Client({ url: `ldap://127.0.0.1:${plain}` })
      await client.bind(manager.dn, manager.password)
      const modification = new Attribute({ type: attribute, values })
      await client.modify(dn, new Change({ operation: 'replace', modification }))
      await client.unbind()
    },
    stop: async () => {
      await ended(slapd)
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

const root = `dn: ${baseDn}
objectClass: dcObject
objectClass: organization
dc: svetlorechye
o: Светлоречье`

const configurationIn = (directory: string): string => `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
pidfile ${directory}/slapd.pid
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCACertificateFile ${directory}/ca.pem
TLSCertificateFile ${directory}/server.pem
TLSCertificateKeyFile ${directory}/server.key
database mdb
suffix "${baseDn}"
rootdn "${manager.dn}"
rootpw ${manager.password}
directory ${directory}/data
`

/** `ca.pem`, `server.pem` and `server.key` of localhost. */
export function makeCertificates(directory: string): void {
  const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: directory, stdio: 'pipe' })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=test authority')
  openssl('req', ...key, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=localhost')
  writeFileSync(join(directory, 'names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n')
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names']
  openssl('x509', '-req', '-in', 'server.csr', ...signed, '-out', 'server.pem')
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

async function opened(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await answers(port)) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('slapd has not opened its port')
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

const ended = (process: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (process.exitCode !== null) return resolve()
    process.once('exit', () => resolve())
    process.kill('SIGTERM')
  })
