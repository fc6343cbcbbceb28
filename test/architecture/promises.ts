/**
 * Keeps docs/promises.md true: a promise marked as working names journeys, and each of them has passed in this run.
 * Called after the journeys with the runner's reports.
 */
import { readFileSync } from 'node:fs'

type Report = { testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[] }

const reports: Report[] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')))
const tests = reports.flatMap(({ testResults }) => testResults.flatMap(({ assertionResults }) => assertionResults))
const rows = readFileSync(new URL('../../docs/promises.md', import.meta.url), 'utf8')
  .split('\n')
  .map((line) => /^\| *([REHNSX]\d+) *\| *([^|]+?) *\|/.exec(line))
  .filter((match) => match !== null)

const problems = rows.flatMap(([, id = '', state = '']) => {
  const named = tests.filter(({ fullName }) => new RegExp(`\\b${id}\\b`).test(fullName))
  if (state !== 'works' && state !== 'partly') return []
  // A server that cannot be installed here (LDAP) skips its journey; what is left must still prove the promise.
  if (!named.some(({ status }) => status === 'passed'))
    return [`${id} is said to work, but no journey that passed names it`]
  return named.filter(({ status }) => status === 'failed').map(({ fullName }) => `${id}: «${fullName}» did not pass`)
})
for (const problem of problems) console.error(problem)
if (rows.length === 0) console.error('docs/promises.md lists no promise')
process.exitCode = problems.length === 0 && rows.length > 0 ? 0 : 1
