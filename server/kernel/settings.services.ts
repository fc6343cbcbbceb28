/** Services of the cabinet that an installation may do without; accounts, organisations, applications stay. */
export const services = ['reporting', 'roadmap'] as const
export type Service = (typeof services)[number]

const none = 'none'
const namesOf = (value: string): string[] =>
  value
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)

const isService = (name: string): name is Service => services.some((service) => service === name)

export const servicesEntry = {
  name: 'SERVICES',
  meaning:
    'Services that are switched on, parted by commas, or `none`. One that is off has no pages, no API, no reminders; what it keeps stays and is there when it is switched on again',
  example: services.join(','),
  stand: services.join(','),
  production: 'optional',
  problem: (value: string) =>
    value.trim() === none || namesOf(value).every(isService)
      ? undefined
      : `список через запятую из: ${services.join(', ')} — или ${none}`,
} as const

export const readServices = (value: string): Service[] => namesOf(value).filter(isService)
