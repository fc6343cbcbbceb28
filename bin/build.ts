import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BuildOptions, OutputFile, Plugin } from 'esbuild'

/** The directory of the program: where package.json lies. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const sources = ['bin', 'contracts', 'engine', 'server', 'web', 'reference', 'package-lock.json']

/** What one build puts into `dist/`: files by path relative to `dist/`, in the order in which they are to be written. */
type Output = { path: string; bytes: Uint8Array }

/**
 * Builds `dist/` when a source has changed since the last build; returns whether it did.
 * Sources are compared by path, time and size, which takes a few milliseconds.
 *
 * Two processes may build at once, and a running program may go on reading `dist/`: chunks and assets carry a hash
 * of their content in their names and are only added; entries are replaced by a rename; the stamp comes last.
 */
export async function buildIfStale(): Promise<boolean> {
  const stamp = await stampOfSources()
  if ((await readStamp()) === stamp) return false

  const outputs = await buildAll()
  for (const output of outputs) await place(output)
  await removeForgotten(outputs)
  await place({ path: 'stamp', bytes: Buffer.from(stamp) })
  return true
}

async function stampOfSources(): Promise<string> {
  const hash = createHash('sha256')
  for (const source of sources) {
    const path = join(root, source)
    const found = await stat(path).catch(() => undefined)
    const files = !found ? [] : found.isDirectory() ? await filesBelow(path) : [path]
    for (const file of files.sort()) {
      const { mtimeMs, size } = await stat(file)
      hash.update(`${relative(root, file)}\0${mtimeMs}\0${size}\n`)
    }
  }
  return hash.digest('hex')
}

const readStamp = () => readFile(join(root, 'dist', 'stamp'), 'utf8').catch(() => undefined)

async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

async function buildAll(): Promise<Output[]> {
  const [server, islands, styles] = await Promise.all([buildServer(), buildIslands(), buildStyles()])
  const manifest = Object.fromEntries([...islands.names, ...styles.names].sort())
  return [
    ...islands.outputs,
    ...styles.outputs,
    { path: 'assets/manifest.json', bytes: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) },
    ...server.outputs,
  ]
}

const jsx = { jsx: 'automatic', jsxImportSource: 'preact' } satisfies BuildOptions
const oldestBrowsers = ['chrome109', 'firefox115', 'safari15.6']

async function buildServer() {
  const commands = await sourcesIn('server/commands', /\.ts$/)
  const entries = [
    ...(existsSync(join(root, 'server/main.ts')) ? [{ in: 'server/main.ts', out: 'main' }] : []),
    ...commands.map((command) => ({ in: command.in, out: `commands/${command.out}` })),
  ]
  return build(entries, {
    ...jsx,
    outdir: 'dist/server',
    platform: 'node',
    target: 'node22',
    packages: 'external',
    chunkNames: 'chunks/[name]-[hash]',
    // Linked maps keep stack traces of the running program in terms of the sources.
    sourcemap: true,
  })
}

const buildIslands = async () =>
  build(await sourcesIn('web/islands', /\.tsx?$/), {
    ...jsx,
    outdir: 'dist/assets',
    entryNames: '[name]-[hash]',
    chunkNames: 'chunk-[hash]',
    platform: 'browser',
    target: oldestBrowsers,
    minify: true,
  })

const buildStyles = async () =>
  build(existsSync(join(root, 'web/kit/styles/index.css')) ? [{ in: 'web/kit/styles/index.css', out: 'kit' }] : [], {
    outdir: 'dist/assets',
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    platform: 'browser',
    target: oldestBrowsers,
    minify: true,
    loader: { '.woff2': 'file', '.svg': 'file', '.png': 'file' },
    plugins: [neededFonts],
  })

/** Top-level sources of a folder, without its tests; none when the folder does not exist. */
async function sourcesIn(folder: string, pattern: RegExp): Promise<EntryPoint[]> {
  const names = await readdir(join(root, folder)).catch(() => [])
  return names
    .filter((name) => pattern.test(name) && !/\.(test|d)\.tsx?$/.test(name))
    .map((name) => ({ in: join(folder, name), out: name.replace(/\.tsx?$/, '') }))
}

/** Leaves of a font's style sheet the subsets that Russian pages need, in the one format that all browsers here read. */
const neededFonts: Plugin = {
  name: 'needed-fonts',
  setup({ onLoad }) {
    onLoad({ filter: /@fontsource\/.*\.css$/ }, async ({ path }) => {
      const faces = (await readFile(path, 'utf8')).split(/(?=\/\*)/)
      const needed = faces.filter((face) => !/-(latin-ext|greek|vietnamese)-/.test(face.split('\n')[0] ?? ''))
      return { contents: needed.join('').replaceAll(/,\s*url\([^)]*\.woff\)\s*format\('woff'\)/g, ''), loader: 'css' }
    })
  },
}

/** A source and the name, without extension, that its built file gets below the output directory. */
type EntryPoint = { in: string; out: string }

/** Runs esbuild in memory; `names` are pairs of logical and built file name of the entries (`page.js`, `page-A1B2.js`). */
async function build(entryPoints: EntryPoint[], options: BuildOptions) {
  if (entryPoints.length === 0) return { outputs: [], names: [] }

  const { build: run } = await import('esbuild')
  const { outputFiles, metafile } = await run({
    bundle: true,
    format: 'esm',
    splitting: true,
    logLevel: 'warning',
    ...options,
    entryPoints,
    absWorkingDir: root,
    write: false,
    metafile: true,
  })
  // What is imported dynamically is an entry to esbuild too, but nobody asks for it by its name.
  const sources = new Set(entryPoints.map((entry) => entry.in))
  const entries = Object.entries(metafile.outputs).flatMap(([path, { entryPoint }]) =>
    entryPoint && sources.has(entryPoint) ? [path] : [],
  )
  const isEntry = (output: Output) => entries.includes(`dist/${output.path}`)
  const outputs = outputFiles.map(toOutput)
  return {
    // Entries come after all that they import, so that an entry never points at a file that is not there yet.
    outputs: [...outputs.filter((output) => !isEntry(output)), ...outputs.filter(isEntry)],
    names: entries.map((path): [string, string] => [
      basename(path).replace(/-[A-Z0-9]{8}(?=\.\w+$)/, ''),
      basename(path),
    ]),
  }
}

const toOutput = ({ path, contents }: OutputFile): Output => ({
  path: relative(join(root, 'dist'), path),
  bytes: contents,
})

async function place({ path, bytes }: Output) {
  const target = join(root, 'dist', path)
  const unfinished = `${target}.${process.pid}.tmp`
  await mkdir(dirname(target), { recursive: true })
  await writeFile(unfinished, bytes)
  await rename(unfinished, target)
}

/** Removes what no build of the last day has made; a program started before this build may still read the rest. */
async function removeForgotten(outputs: Output[]) {
  const kept = new Set(outputs.map(({ path }) => join(root, 'dist', path)))
  const dayAgo = Date.now() - 24 * 60 * 60 * 1000
  for (const file of await filesBelow(join(root, 'dist'))) {
    if (kept.has(file)) continue
    const isRemovedCommand = dirname(file).endsWith('server/commands') && !file.endsWith('.tmp')
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }))
    if (isRemovedCommand || mtimeMs < dayAgo) await rm(file, { force: true })
  }
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  const began = performance.now()
  const built = await buildIfStale()
  console.log(
    built ? `Собрано за ${Math.round(performance.now() - began)} мс.` : 'Сборка не нужна: ничего не изменилось.',
  )
}
