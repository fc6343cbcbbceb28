/** Settings of the registry that checks passports. */
import { existsSync } from 'node:fs'

export type RegistrySettings = { url: string; tokenFile: string | undefined }

const isAddress = (value: string) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)

export const registryEntries = [
  {
    name: 'REGISTRY_URL',
    meaning:
      'Registry that checks personal data: it takes a POST of a person as JSON and answers `{"accepted": true}` or `{"accepted": false, "reasons": ["…"]}`. Without it nothing is checked, and people are told so; on the stand a fictional one answers',
    example: 'https://registry.region.example/passports/check',
    stand: undefined,
    production: 'optional',
    problem: (value: string) => (isAddress(value) ? undefined : 'адрес вида https://…'),
  },
  {
    name: 'REGISTRY_TOKEN_FILE',
    meaning: 'File with the bearer token for the registry; read anew for every call',
    example: '/etc/kabinet/registry.token',
    stand: undefined,
    production: 'optional',
    problem: (value: string) => (existsSync(value) ? undefined : 'файл, который есть'),
  },
] as const

/** Undefined when it is not configured. */
export const readRegistry = (environment: Record<string, string | undefined>): RegistrySettings | undefined =>
  environment.REGISTRY_URL
    ? { url: environment.REGISTRY_URL, tokenFile: environment.REGISTRY_TOKEN_FILE || undefined }
    : undefined
