/** A registry that knows whether a passport is real and whose it is: one is configured, or none. */
import type { Vault } from '../../../kernel/vault.ts'
import type { PassportData } from './passport.ts'

export type PersonToCheck = PassportData & { surname: string; name: string; patronymic: string | null }
export type RegistryVerdict = { accepted: true } | { accepted: false; reasons: string[] }

export type RegistryCheck = {
  /** @throws whatever it likes when there is no answer: it is asked again later */
  check: (person: PersonToCheck) => Promise<RegistryVerdict>
}

/** The background work has no call to take the vault and the address of letters from. */
export type RegistryInUse = { registry: RegistryCheck; vault: Vault; baseUrl: string }
let inUse: RegistryInUse | undefined

/** The composition names the registry; without one nothing is checked, and the page says so. */
export const configureRegistry = (configured: RegistryInUse | undefined): void => {
  inUse = configured
}
export const registryInUse = (): RegistryInUse | undefined => inUse
