/** A real store of files that speaks S3: OpenStack Swift with its s3api on loopback, which checks Signature V4 itself. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AwsClient } from 'aws4fetch'
import type { S3Settings } from '../../server/kernel/settings.storage.ts'
import { freePort } from '../journeys/support/program.ts'
import { type Daemon, daemonOf } from './daemon.ts'
import { debianProgram } from './debian.ts'

const kinds = ['account', 'container', 'object'] as const
const serverOf = (kind: string) => `/usr/bin/swift-${kind}-server`

/** It takes root to start one. */
export const swiftAvailable = (): boolean =>
  process.getuid?.() === 0 && [...kinds, 'proxy'].every((kind) => debianProgram(`swift-${kind}`, serverOf(kind)))

export type Swift = {
  settings: S3Settings
  /** The same as the program's environment. */
  environment: Record<string, string>
  /** Makes a bucket beside that of the settings. */
  bucket: (name: string) => Promise<S3Settings>
  /** The store goes away and comes back with all that it holds. */
  stop: () => Promise<void>
  start: () => Promise<void>
  remove: () => Promise<void>
}

export async function openSwift(): Promise<Swift> {
  const folder = mkdtempSync(join(tmpdir(), 'kabinet-swift-'))
  mkdirSync(join(folder, 'devices/one'), { recursive: true })
  const daemons: Daemon[] = []
  for (const kind of kinds) daemons.push(await storageServer(folder, kind))
  const port = await freePort()
  writeFileSync(join(folder, 'proxy.conf'), proxyConfiguration(folder, port))
  const proxy = daemonOf(serverOf('proxy'), [join(folder, 'proxy.conf')], port)
  await Promise.all([...daemons, proxy].map(({ start }) => start()))

  const settings = settingsAt(port, 'kabinet-files')
  await makeBucket(settings)
  return {
    settings,
    environment: environmentOf(settings),
    bucket: async (name) => {
      const other = settingsAt(port, name)
      await makeBucket(other)
      return other
    },
    stop: proxy.stop,
    start: proxy.start,
    remove: async () => {
      await Promise.all([...daemons, proxy].map(({ stop }) => stop()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const settingsAt = (port: number, bucket: string): S3Settings => ({
  endpoint: `http://127.0.0.1:${port}`,
  region: 'ru-svetlorechye-1',
  bucket,
  key: 'kabinet:files',
  secret: 'Stend-2027!',
  pathStyle: true,
})

export const environmentOf = ({ endpoint, region, bucket, key, secret }: S3Settings): Record<string, string> => ({
  S3_ENDPOINT: endpoint,
  S3_REGION: region,
  S3_BUCKET: bucket,
  S3_KEY: key,
  S3_SECRET: secret,
})

async function makeBucket({ endpoint, bucket, key, secret, region }: S3Settings): Promise<void> {
  const client = new AwsClient({ accessKeyId: key, secretAccessKey: secret, region, service: 's3', retries: 3 })
  const headers = { 'x-amz-content-sha256': createHash('sha256').digest('hex') }
  const reply = await client.fetch(`${endpoint}/${bucket}`, { method: 'PUT', headers })
  if (!reply.ok) throw new Error(`Swift makes no bucket: ${reply.status} ${await reply.text()}`)
}

/** One server of its kind, with a ring that holds one device. */
async function storageServer(folder: string, kind: (typeof kinds)[number]): Promise<Daemon> {
  const port = await freePort()
  const ring = (...words: string[]) =>
    execFileSync('/usr/bin/swift-ring-builder', [`${kind}.builder`, ...words], { cwd: folder, stdio: 'pipe' })
  ring('create', '4', '1', '0')
  ring('add', `r1z1-127.0.0.1:${port}/one`, '100')
  ring('rebalance')
  const configuration = join(folder, `${kind}.conf`)
  writeFileSync(
    configuration,
    `[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
devices = ${folder}/devices
swift_dir = ${folder}
mount_check = false
user = root
workers = 0
fallocate_reserve = 0
log_level = ERROR
[pipeline:main]
pipeline = ${kind}-server
[app:${kind}-server]
use = egg:swift#${kind}
`,
  )
  return daemonOf(serverOf(kind), [configuration], port)
}

/** Below it the store finds the bucket in the name of the host; no server of names knows it. */
export const storageDomain = 's3.region.test'

/** Nothing listens where its cache should be: it works without one. */
const proxyConfiguration = (folder: string, port: number): string => `[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
swift_dir = ${folder}
user = root
workers = 0
log_level = ERROR
[pipeline:main]
pipeline = catch_errors cache s3api tempauth proxy-server
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:s3api]
use = egg:swift#s3api
location = ru-svetlorechye-1
allow_multipart_uploads = false
storage_domain = ${storageDomain}
[filter:tempauth]
use = egg:swift#tempauth
user_kabinet_files = Stend-2027! .admin
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
`
