import type { Vault } from '../../kernel/vault.ts'

type Configuration = {
  /** Letters lead to the portal by its own address, never by that of a request. */
  baseUrl: string
  /** IANA name of the zone where the installation is: its morning is when digests go. */
  timeZone: string
  /** Seals the private key of push notifications. */
  vault: Vault
}

let configuration: Configuration | undefined

/** Said once by the composition. */
export function configureMessages(given: Configuration): void {
  configuration = given
}

export function inUse(): Configuration {
  if (!configuration) throw new Error('configureMessages has not been called')
  return configuration
}
