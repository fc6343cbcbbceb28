/** A link to a local server that can be held still: what has passed has passed, the rest waits. */
import { createConnection, createServer, type Socket } from 'node:net'

export type HoldingLink = {
  port: number
  /** From now on requests stop after so many bytes of a connection, or answers do not come through; or all flows. */
  hold: (what: { requestsAfter: number } | 'answers' | 'nothing') => void
  /** Resolves once something is being held. */
  held: () => Promise<void>
  close: () => Promise<void>
}

export async function openHoldingLink(to: number): Promise<HoldingLink> {
  let holding: Parameters<HoldingLink['hold']>[0] = 'nothing'
  let tell = () => {}
  let told = Promise.resolve()
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = createConnection(to, '127.0.0.1')
    let asked = 0
    near.on('data', (chunk: Buffer) => {
      asked += chunk.length
      if (typeof holding === 'object' && asked > holding.requestsAfter) tell()
      else far.write(chunk)
    })
    far.on('data', (chunk: Buffer) => {
      if (holding === 'answers') tell()
      else near.write(chunk)
    })
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        open.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('No port')
  return {
    port: address.port,
    hold: (what) => {
      holding = what
      told = new Promise((resolve) => {
        tell = resolve
      })
    },
    held: () => told,
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
