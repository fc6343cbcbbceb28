/** Letters of an installation that is no stand: through a real server of letters, or read where they wait for one. */
import pg from 'pg'
import { openEmbeddedPostgres } from '../../../server/kernel/postgres/index.ts'
import { mailServerAvailable, openMailServer, textOfLetter } from '../../support/smtp.ts'

export type Post = {
  /** What MAIL_URL is to be. */
  address: string
  /** Waits for the first letter to an address at svetlorechye.example; its text. */
  letterTo: (email: string, dataDirectory: string) => Promise<string>
  close: () => Promise<void>
}

export async function openPost(): Promise<Post> {
  if (!mailServerAvailable()) return { address: 'smtp://127.0.0.1:1', letterTo: waitingLetter, close: async () => {} }
  const server = await openMailServer()
  return {
    address: server.address,
    letterTo: async (email) => {
      const [letter] = await server.delivered(email.slice(0, email.indexOf('@')))
      return letter ? textOfLetter(letter) : never(email)
    },
    close: server.remove,
  }
}

/** Nobody listens at the address: a letter stays in the table with its text. */
async function waitingLetter(email: string, dataDirectory: string): Promise<string> {
  const embedded = await openEmbeddedPostgres({ dataDirectory, purpose: 'a journey' })
  const client = new pg.Client({ connectionString: embedded.connectionString })
  try {
    await client.connect()
    for (let look = 0; look < 100; look += 1) {
      const { rows } = await client.query('select body_text from letters where recipient = $1 limit 1', [email])
      if (rows[0]) return String(rows[0].body_text)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return never(email)
  } finally {
    await client.end()
    await embedded.stop()
  }
}

function never(email: string): never {
  throw new Error(`No letter came to ${email}`)
}
