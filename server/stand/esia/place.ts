/** The stand's own ЕСИА: made with the app, its portal's key made once and kept beside the stand's other secrets. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EsiaSettings } from '../../kernel/settings.esia.ts'
import { newGostKey, readPrivateKey, selfSignedCertificate, writePrivateKey } from '../../kernel/signing/index.ts'
import { StandEsia } from './stand-esia.ts'

const clientId = 'KABINET-STAND'
let current: StandEsia | undefined

export function getStandEsia(): StandEsia {
  if (!current) throw new Error('The stand’s ЕСИА was not opened')
  return current
}

/**
 * Opens the stand-in under `/_stand/esia` of this stand.
 * @returns the settings by which the portal finds it
 */
export function openStandEsia({ dataDirectory, baseUrl }: { dataDirectory: string; baseUrl: string }): EsiaSettings {
  const at = (name: string) => join(dataDirectory, name)
  const [keyFile, certificateFile, markerKeyFile] = [
    at('esia.key.pem'),
    at('esia.certificate.pem'),
    at('esia.marker.pem'),
  ]
  mkdirSync(dataDirectory, { recursive: true })
  if (!existsSync(keyFile)) writeFileSync(keyFile, writePrivateKey(newGostKey()), { mode: 0o600 })
  if (!existsSync(certificateFile)) {
    const key = readPrivateKey(readFileSync(keyFile, 'utf8'))
    writeFileSync(certificateFile, selfSignedCertificate(key, 'Кабинет стенда'))
  }
  const url = `${baseUrl}/_stand/esia`
  const certificate = readFileSync(certificateFile, 'utf8')
  current = new StandEsia({ url, clients: [{ id: clientId, certificate, redirects: [`${baseUrl}/esia/callback`] }] })
  // Anew at each start: the key of the markers lives as long as the process that signs by it.
  writeFileSync(markerKeyFile, current.markerKey)
  return {
    url,
    clientId,
    keyFile,
    certificateFile,
    signing: 'raw',
    markerKeyFiles: [markerKeyFile],
    scopes: 'openid fullname snils inn email mobile usr_org birthdate'.split(' '),
    offline: true,
  }
}
