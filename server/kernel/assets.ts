/** The built style sheets, scripts and fonts: read once, compressed once, cached for ever by their hashed names. */
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Context, Hono } from 'hono'

export type Assets = { address: (name: string) => string; mount: (app: Hono) => void }
type Asset = { type: string; plain: Buffer<ArrayBuffer>; gzip: Buffer<ArrayBuffer> | undefined }

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

/** @param directory where the build has put `manifest.json`: logical name → hashed file name */
export function loadAssets(directory: string): Assets {
  const manifest: Record<string, string> = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'))
  const assets = new Map(
    readdirSync(directory).flatMap((name): [string, Asset][] => {
      const type = types[extname(name)]
      return type ? [[name, readAsset(join(directory, name), type)]] : []
    }),
  )
  return {
    address: (name) => `/assets/${manifest[name] ?? name}`,
    mount: (app) => {
      const answer = (c: Context, name: string, caching: string) => {
        const asset = assets.get(name)
        if (!asset) return c.notFound()
        const zipped = asset.gzip && c.req.header('accept-encoding')?.includes('gzip') ? asset.gzip : undefined
        return c.body(zipped ?? asset.plain, 200, {
          'Content-Type': asset.type,
          'Cache-Control': caching,
          ...(zipped ? { 'Content-Encoding': 'gzip' } : {}),
          Vary: 'Accept-Encoding',
        })
      }
      app.get('/assets/:name', (c) => answer(c, c.req.param('name'), 'public, max-age=31536000, immutable'))
      // A browser knows a service worker by its address, and its scope is the folder where it lies: both must stay.
      app.get('/push-worker.js', (c) => answer(c, manifest['push-worker.js'] ?? '', 'no-cache'))
    },
  }
}

function readAsset(path: string, type: string): Asset {
  const plain = Buffer.from(readFileSync(path))
  return { type, plain, gzip: type === 'font/woff2' ? undefined : Buffer.from(gzipSync(plain, { level: 9 })) }
}
