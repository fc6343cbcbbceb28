/** A stand-in for ЕСИА («Госуслуги»): its page for people, its calls for portals. */
export { standEsiaPages } from './esia.pages.tsx'
export { standEsiaMachine } from './machine.ts'
export { getStandEsia, openStandEsia } from './place.ts'
