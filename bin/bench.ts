/** `npm run bench [name…]`: ratios against baselines measured in the same run, as a table and as JSON lines. */

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { buildIfStale, root } from './build.ts'
import { requireNode } from './node.ts'

requireNode()
await buildIfStale()
// The benchmarks import pages, which Node cannot read as they are.
await build({
  entryPoints: [join(root, 'bench/all.ts')],
  outfile: join(root, 'dist/bench/all.js'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  packages: 'external',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  define: { 'import.meta.url': JSON.stringify(pathToFileURL(join(root, 'bench/all.ts')).href) },
})
const all: { benchAll: (names: string[]) => Promise<void> } = await import(
  pathToFileURL(join(root, 'dist/bench/all.js')).href
)
await all.benchAll(process.argv.slice(2))
