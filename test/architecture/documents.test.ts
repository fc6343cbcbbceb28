/** What the documents say is so: commands, files, links, settings, dependencies. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { settingsPage } from '../../bin/documents.ts'
import { endpointsOf } from '../../server/app.tsx'
import { chapterNames } from '../../server/pages/guide.page.tsx'
import { isTest, root, sourcesOf } from './sources.ts'

type Document = { path: string; text: string }
type Manifest = Record<'scripts' | 'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string>>

const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const manifest: Manifest = JSON.parse(read('package.json'))

const documents: Document[] = [
  ...readdirSync(root),
  ...readdirSync(join(root, 'docs'), { recursive: true }).map((name) => join('docs', String(name))),
]
  .filter((path) => path.endsWith('.md'))
  .map((path) => ({ path, text: read(path) }))

/** Everything that a pattern's first group finds, told with the document that says it. */
const saidOf = (pattern: RegExp, among = documents) =>
  among.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].map(([, found = '']) => ({ found, told: `${path}: ${found}`, path })),
  )
const wrong = (
  said: { found: string; told: string; path: string }[],
  isRight: (one: { found: string; path: string }) => boolean,
) => said.filter((one) => !isRight(one)).map(({ told }) => told)

describe('commands', () => {
  it('of npm exist', () => {
    const said = saidOf(/\bnpm run ([a-z:-]+)/g)
    expect(said.length).toBeGreaterThan(0)
    expect(wrong(said, ({ found }) => found in manifest.scripts)).toEqual([])
  })

  it('of bin/ exist, with the program behind them', () => {
    const said = saidOf(/(?<![\w./-])bin\/([a-z-]+)\b(?!\.)/g).filter(({ found }) => found !== '')
    expect(said.length).toBeGreaterThan(0)
    expect(wrong(said, ({ found }) => isCommand(found))).toEqual([])
  })
})

/** A command is a shell entry; those that run inside the built server have a file among its commands. */
function isCommand(name: string): boolean {
  if (!existsSync(join(root, 'bin', name))) return false
  return !read(`bin/${name}`).includes('run.ts') || existsSync(join(root, 'server/commands', `${name}.ts`))
}

describe('paths', () => {
  it('named in code lead to files of this tree', () => {
    const path = /^(bench|bin|contracts|docs|engine|reference|server|test|web)\/[\w./-]+$/
    const said = saidOf(/`([^`\n]+)`/g).flatMap(({ found, told, path: document }) =>
      found
        .split(/\s+/)
        .filter((word) => path.test(word))
        .map((word) => ({ found: word, told, path: document })),
    )
    expect(wrong(said, ({ found }) => existsSync(join(root, found)))).toEqual([])
  })

  it('of proofs in the promises are journeys', () => {
    const said = saidOf(
      /(test\/[\w./-]+\.ts)/g,
      documents.filter(({ path }) => path === 'docs/promises.md'),
    )
    expect(wrong(said, ({ found }) => existsSync(join(root, found)))).toEqual([])
  })
})

describe('links', () => {
  const links = saidOf(/\]\(([^)\s]+)\)/g).filter(({ found }) => !/^https?:/.test(found))

  it('lead to files and headings that exist', () => {
    const inTree = links.filter(({ found }) => !found.startsWith('/'))
    expect(inTree.length).toBeGreaterThan(0)
    expect(wrong(inTree, ({ found, path }) => leadsSomewhere(found, path))).toEqual([])
  })

  it('into the program lead to its pages', () => {
    const pages = new Set(endpointsOf(false).flatMap((endpoint) => (endpoint.kind !== 'api' ? [endpoint.path] : [])))
    expect(
      wrong(
        links.filter(({ found }) => found.startsWith('/')),
        ({ found }) => pages.has(found),
      ),
    ).toEqual([])
  })
})

function leadsSomewhere(link: string, from: string): boolean {
  const [file = '', heading] = link.split('#')
  const target = file ? join(dirname(from), file) : from
  if (!existsSync(join(root, target))) return false
  return heading === undefined || headingsOf(read(target)).includes(decodeURIComponent(heading))
}

/** Names of headings as code hostings make them. */
const headingsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-'),
  )

describe('the users’ guide', () => {
  it('has exactly the chapters that lie in its folder', () => {
    expect(readdirSync(join(root, 'docs/guide')).sort()).toEqual(chapterNames.map((name) => `${name}.md`).sort())
  })

  it('has every chapter and part that the interface links to', () => {
    const sources = sourcesOf('server', 'web').filter((source) => !isTest(source))
    const said = saidOf(/['"`]\/guide\/([^'"`$]+)['"`]/g, sources).filter(({ found }) => !found.includes('{'))
    expect(
      wrong(said, ({ found }) => {
        const [name = '', heading] = found.split('#')
        if (!chapterNames.some((known) => known === name)) return false
        return heading === undefined || headingsOf(read(`docs/guide/${name}.md`)).includes(heading.replace(/^t-/, ''))
      }),
    ).toEqual([])
  })
})

describe('generated pages', () => {
  it('of settings equal the table', () => {
    expect(read('docs/operations/settings.md')).toBe(settingsPage())
  })
})

describe('dependencies', () => {
  const named = saidOf(
    /^\| `([^`]+)` \|/gm,
    documents.filter(({ path }) => path === 'docs/dependencies.md'),
  )
  const used = Object.keys({
    ...manifest.dependencies,
    ...manifest.optionalDependencies,
    ...manifest.devDependencies,
  })

  it('have a line each, and no line is about another', () => {
    expect(named.map(({ found }) => found).sort()).toEqual(used.sort())
  })

  it('are pinned exactly', () => {
    const versions = { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies }
    expect(Object.entries(versions).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })
})

describe('the documents', () => {
  it('speak of the project alone', () => {
    const foreign = /(^|[\s(`'"])\/(work|root\/|tmp\/(?!trial|kabinet))/
    expect(documents.filter(({ text }) => foreign.test(text)).map(({ path }) => path)).toEqual([])
  })
})
