/** How many bytes of styles and scripts a page brings over the wire, compressed as a browser asks for it. */
import { get } from 'node:http'
import type { Page } from 'playwright-core'

const known = new Map<string, Promise<number>>()

const transferred = (address: string): Promise<number> => {
  const found = known.get(address)
  if (found) return found
  const measured = new Promise<number>((resolve, reject) => {
    get(address, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.byteLength
      })
      response.on('end', () => resolve(bytes))
    }).on('error', reject)
  })
  known.set(address, measured)
  return measured
}

/** Watches a window; `weigh` gives the bytes of what its page has loaded since the last `forget`. */
export function scales(page: Page) {
  let loaded = new Set<string>()
  page.on('request', (request) => {
    if (['stylesheet', 'script'].includes(request.resourceType())) loaded.add(request.url())
  })
  return {
    forget: () => {
      loaded = new Set()
    },
    weigh: async () => (await Promise.all([...loaded].map(transferred))).reduce((sum, bytes) => sum + bytes, 0),
  }
}
