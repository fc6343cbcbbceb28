/** The journal of actions: who did what to what, in an order that shows tampering. */

export { type Entry, journalled, listEntriesAbout, type NotedEntry } from './journal.queries.ts'
export { type Actor, entryOf, journal, type Subject, type Verdict, verifyJournal } from './journal.ts'
