/** ЕСИА as this installation knows it: its address, our key, and the keys that its markers are checked by. */
import { readFileSync } from 'node:fs'
import type { EsiaSettings } from '../../../kernel/settings.esia.ts'
import { WrongSettings } from '../../../kernel/settings.ts'
import { UnreadableKey } from '../../../kernel/signing/index.ts'
import { EsiaOff } from './esia.errors.ts'
import { type MarkerKey, readMarkerKey } from './marker.ts'
import { type EsiaSigner, signerOf } from './signer.ts'

export type EsiaProvider = {
  /** Without a trailing slash. */
  url: string
  /** As markers name it: `http`, whatever the address begins with, and a slash at the end. */
  issuer: string
  clientId: string
  scopes: readonly string[]
  offline: boolean
  redirectUri: string
  signer: EsiaSigner
  markerKeys: readonly MarkerKey[]
  /** The network; on the stand, the stand-in of the same process. */
  fetch: (request: Request) => Promise<Response>
}

let configured: EsiaProvider | undefined

/** Once, at the start; undefined where nobody comes in through ЕСИА. */
export function configureEsia(provider: EsiaProvider | undefined): void {
  configured = provider
}

export const isEsiaConfigured = (): boolean => configured !== undefined

/** @throws EsiaOff 404 */
export function getEsia(): EsiaProvider {
  if (!configured) throw new EsiaOff()
  return configured
}

/** @throws WrongSettings with everything that is wrong with its files at once */
export function openEsia(settings: EsiaSettings, baseUrl: string, fetch: EsiaProvider['fetch']): EsiaProvider {
  const problems: string[] = []
  const read = <T>(name: string, path: string, parse: (text: string) => T): T | undefined => {
    try {
      return parse(readFileSync(path, 'utf8'))
    } catch (error) {
      const why = error instanceof UnreadableKey ? error.message : 'файл не прочитать'
      problems.push(`${name}: ${path}: ${why}`)
      return undefined
    }
  }
  const certificate = read('ESIA_CERTIFICATE_FILE', settings.certificateFile, (text) => text)
  const signer = read('ESIA_KEY_FILE', settings.keyFile, (text) => signerOf(settings.signing, text, certificate ?? ''))
  const markerKeys = settings.markerKeyFiles.map((path) => read('ESIA_MARKER_KEY_FILES', path, readMarkerKey))
  if (problems.length > 0 || !signer) throw new WrongSettings(problems)
  return {
    url: settings.url,
    issuer: `http://${new URL(settings.url).host}/`,
    clientId: settings.clientId,
    scopes: settings.scopes,
    offline: settings.offline,
    redirectUri: `${baseUrl}/esia/callback`,
    signer,
    markerKeys: markerKeys.filter((key) => key !== undefined),
    fetch,
  }
}
