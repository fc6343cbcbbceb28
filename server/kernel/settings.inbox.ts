/** Settings of the mailbox that letters asking for access come to. */

export type InboxSettings = {
  /** `imaps://user:password@host/INBOX` */
  url: string
  /** Where letters go once they are kept; undefined: they stay and are marked as read. */
  doneFolder: string | undefined
  /** Code of the region whose operators see them; undefined: every operator does. */
  region: string | undefined
}

const isMailbox = (value: string): boolean => {
  if (!URL.canParse(value)) return false
  const { protocol, hostname, username } = new URL(value)
  return /^imaps?:$/.test(protocol) && hostname !== '' && username !== ''
}

export const inboxEntries = [
  {
    name: 'INBOX_URL',
    meaning:
      'Mailbox to which people write for access (IMAP, with IDLE where the server has it); the folder stands as the path. Signs that mean something in an address are written as %40 and the like. Without it letters are not read',
    example: 'imaps://podderzhka%40region.example:password@mail.region.example/INBOX',
    stand: undefined,
    production: 'optional',
    problem: (value: string) => (isMailbox(value) ? undefined : 'адрес вида imaps://имя:пароль@сервер/INBOX'),
  },
  {
    name: 'INBOX_DONE_FOLDER',
    meaning:
      'Folder to which a letter is moved once it is kept; without it letters stay where they are, marked as read',
    example: 'Разобранные',
    stand: undefined,
    production: 'optional',
    problem: (value: string) => (value.length <= 200 ? undefined : 'имя папки не длиннее 200 знаков'),
  },
  {
    name: 'INBOX_REGION',
    meaning: 'Code of the region whose operators see the letters; without it the operators of all regions do',
    example: '72',
    stand: undefined,
    production: 'optional',
    problem: (value: string) => (/^\d{1,3}$/.test(value) ? undefined : 'код региона, например 72'),
  },
] as const

/** Undefined when it is not configured. */
export const readInbox = (environment: Record<string, string | undefined>): InboxSettings | undefined =>
  environment.INBOX_URL
    ? {
        url: environment.INBOX_URL,
        doneFolder: environment.INBOX_DONE_FOLDER || undefined,
        region: environment.INBOX_REGION || undefined,
      }
    : undefined
