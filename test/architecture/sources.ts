import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

export const root = new URL('../../', import.meta.url).pathname

export type Source = { path: string; text: string }

/** The project's own sources below the folders, by their path from the root. */
export const sourcesOf = (...folders: string[]): Source[] =>
  folders
    .flatMap((folder) => filesBelow(join(root, folder)))
    .map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8') }))

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return filesBelow(path)
    return /\.tsx?$/.test(name) ? [path] : []
  })
}

export const isTest = ({ path }: Source): boolean => /\.(test|fixture)\.tsx?$/.test(path)
