/** A link to a local server that breaks on demand, as a network does in the middle of an answer. */
import { createConnection, createServer, type Socket } from 'node:net'

export type BreakingLink = {
  port: number
  /** Each connection breaks once so many bytes have come from the server; undefined: they hold. */
  breakAfter: (bytes: number | undefined) => void
  broken: () => number
  close: () => Promise<void>
}

export async function openBreakingLink(to: number): Promise<BreakingLink> {
  let limit: number | undefined
  let broken = 0
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = createConnection(to, '127.0.0.1')
    const end = () => {
      near.destroy()
      far.destroy()
      open.delete(near)
    }
    let passed = 0
    open.add(near)
    near.pipe(far)
    far.on('data', (chunk: Buffer) => {
      passed += chunk.length
      if (limit === undefined || passed < limit) {
        near.write(chunk)
        return
      }
      broken += 1
      near.write(chunk.subarray(0, Math.max(0, chunk.length - (passed - limit))), end)
      far.pause()
    })
    for (const socket of [near, far]) socket.on('error', end).on('close', end)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('No port')
  return {
    port: address.port,
    breakAfter: (bytes) => {
      limit = bytes
    },
    broken: () => broken,
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
