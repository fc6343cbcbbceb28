import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { settingsTable } from '../server/kernel/settings.ts'
import { root } from './build.ts'

/** The text of `docs/operations/settings.md`: every setting of the table, in its order. */
export function settingsPage(): string {
  return `# Settings

Made by \`bin/documents\` from the table in \`server/kernel/settings.ts\`: change it there.

Settings are environment variables; the program reads no configuration file. Without any it is the stand. With
\`KABINET_ENV=production\` it starts only when everything demanded is there, and otherwise names all that is missing or
wrong at once. An empty variable counts as absent.

| setting | what | example | without it | in production |
|---|---|---|---|---|
${settingsTable.map(row).join('\n')}

The commands of \`bin/\` read the same settings.
`
}

function row({ name, meaning, example, stand, production }: (typeof settingsTable)[number]): string {
  const cells = [code(name), meaning, code(example), stand === undefined ? 'nothing' : code(stand), production]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

/** A value is shown as code; what is told in three words or more, or holds code already, is not a value. */
const code = (text: string): string => (/`|\s\S+\s/.test(text) ? text : `\`${text}\``)

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  await writeFile(join(root, 'docs/operations/settings.md'), settingsPage())
}
