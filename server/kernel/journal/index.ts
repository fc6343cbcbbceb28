/** The journal of actions: who did what to what, in an order that shows tampering. */

export { type Actor, journal, type Subject, type Verdict, verifyJournal } from './journal.ts'
