import { Client } from 'pg'
import { phrases } from './backup.phrases.ts'
import { BackupFailure } from './failure.ts'

/** @param name what the administrator of the database sees in its list of connections */
export async function connectTo(connectionString: string, name: string): Promise<Client> {
  const client = new Client({ connectionString, application_name: name })
  // A lost connection fails the query that waits for it; nobody else has to hear of it.
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    throw new BackupFailure(phrases.noConnection(error instanceof Error ? error.message : String(error)), {
      cause: error,
    })
  }
}
