/** A proxy in front of several nodes, as simple as one can be: each request goes to the next of them. */
import { request as ask, createServer } from 'node:http'

export type Balancer = {
  address: string
  /** From now on everything goes to this node; undefined: to each in turn again. */
  steer: (node: string | undefined) => void
  close: () => Promise<void>
}

/** @param nodes addresses; one that does not answer is passed over, its requests go to the next */
export async function openBalancer(nodes: readonly string[]): Promise<Balancer> {
  let turn = 0
  let only: string | undefined
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => pass(nodes.length))

    function pass(left: number): void {
      if (left === 0) {
        reply.writeHead(502).end()
        return
      }
      turn += 1
      const node = new URL(request.url ?? '/', only ?? nodes[turn % nodes.length])
      const sent = ask(node, { method: request.method, headers: request.headers }, (answer) => {
        reply.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(reply)
      })
      sent.on('error', () => (reply.headersSent ? reply.destroy() : pass(left - 1)))
      sent.end(Buffer.concat(chunks))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('No port')
  return {
    address: `http://127.0.0.1:${address.port}`,
    steer: (node) => {
      only = node
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
