/** What exists on the stand alone: the built-in mailbox, the list of accounts, the gallery of the kit. */
export { getStandEsia, openStandEsia, standEsiaMachine } from './esia/index.ts'
export { standEndpoints } from './stand.pages.tsx'
