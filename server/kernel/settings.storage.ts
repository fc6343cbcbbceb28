/** Settings of a store of files that speaks S3. All of them or none: without them files lie in DATA_DIR. */

export type S3Settings = {
  /** Without a trailing slash. */
  endpoint: string
  region: string
  bucket: string
  key: string
  secret: string
  /** The bucket stands in the path, not in the name of the host. */
  pathStyle: boolean
}

const demanded = ['S3_ENDPOINT', 'S3_REGION', 'S3_BUCKET', 'S3_KEY', 'S3_SECRET'] as const

const isEndpoint = (value: string): boolean => {
  if (!URL.canParse(value)) return false
  const { protocol, pathname, search, username } = new URL(value)
  return /^https?:$/.test(protocol) && pathname === '/' && search === '' && username === ''
}

const isBucket = (value: string): boolean => /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value)

export const storageEntries = [
  {
    name: 'S3_ENDPOINT',
    meaning:
      'Address of a store of files that speaks S3: [several nodes](nodes.md). With it the other `S3_` settings are demanded; without it files lie in DATA_DIR',
    example: 'https://s3.region.example',
    stand: undefined,
    production: 'optional',
    problem: (value: string) => (isEndpoint(value) ? undefined : 'адрес вида https://сервер, без пути и имени'),
  },
  {
    name: 'S3_REGION',
    meaning: 'Region that the store expects in signatures',
    example: 'ru-central1',
    stand: undefined,
    production: 'optional',
    problem: (value: string) => (/^[\w-]{1,64}$/.test(value) ? undefined : 'латинские буквы, цифры и дефис'),
  },
  {
    name: 'S3_BUCKET',
    meaning: 'Bucket of this installation alone; it has to exist',
    example: 'kabinet-files',
    stand: undefined,
    production: 'optional',
    problem: (value: string) =>
      isBucket(value) ? undefined : 'имя бакета: от 3 до 63 строчных латинских букв, цифр, точек и дефисов',
  },
  {
    name: 'S3_KEY',
    meaning: 'Access key, which may read, write, list and delete in the bucket',
    example: 'kabinet',
    stand: undefined,
    production: 'optional',
    problem: (value: string) => (/^[\x21-\x7e]{1,200}$/.test(value) ? undefined : 'ключ доступа без пробелов'),
  },
  {
    name: 'S3_SECRET',
    meaning: 'The key’s secret',
    example: '…',
    stand: undefined,
    production: 'optional',
    problem: (value: string) => (/^[\x21-\x7e]{1,500}$/.test(value) ? undefined : 'секретный ключ без пробелов'),
  },
  {
    name: 'S3_PATH_STYLE',
    meaning: '`yes`: the bucket stands in the path of addresses; `no`: in the name of the host',
    example: 'no',
    stand: 'yes',
    production: 'optional',
    problem: (value: string) => (['yes', 'no'].includes(value) ? undefined : 'одно из: yes, no'),
  },
] as const

/** Half of a store would be none: files would silently go to the directory. */
export function storageProblems(environment: Record<string, string | undefined>): string[] {
  if (!demanded.some((name) => environment[name])) return []
  return demanded
    .filter((name) => !environment[name])
    .map(
      (name) => `${name}: не задано, хотя другие настройки S3 заданы. Нужны все (${demanded.join(', ')}) или ни одной`,
    )
}

/** Undefined when it is not configured. */
export function readStorage(environment: Record<string, string | undefined>): S3Settings | undefined {
  const { S3_ENDPOINT, S3_REGION, S3_BUCKET, S3_KEY, S3_SECRET, S3_PATH_STYLE } = environment
  if (!S3_ENDPOINT) return undefined
  return {
    endpoint: S3_ENDPOINT.replace(/\/+$/, ''),
    region: S3_REGION ?? '',
    bucket: S3_BUCKET ?? '',
    key: S3_KEY ?? '',
    secret: S3_SECRET ?? '',
    pathStyle: S3_PATH_STYLE !== 'no',
  }
}
