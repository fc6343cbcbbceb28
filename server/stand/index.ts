/** What exists on the stand alone: the built-in mailbox, the list of accounts, a registry of passports, the gallery of the kit. */
export { getStandEsia, openStandEsia, standEsiaMachine } from './esia/index.ts'
export { standRegistry } from './registry.tsx'
export { standEndpointsOf } from './stand.pages.tsx'
