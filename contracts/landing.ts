/** The open pages of a roadmap: what may be chosen on them. All of it stands in the address. */
import { z } from 'zod'
import { breakKinds } from './indicators.ts'

export const landingViews = ['map', 'tiles', 'table'] as const
export type LandingView = (typeof landingViews)[number]

/** Whatever is unknown is passed over: an old link still opens the page. */
export const LandingQuery = z.object({
  indicator: z.string().max(100).optional().catch(undefined).meta({ description: 'Код показателя на карте' }),
  period: z.iso.date().optional().catch(undefined).meta({ description: 'Первый день периода' }),
  breaks: z.enum(breakKinds).optional().catch(undefined),
  view: z.enum(landingViews).optional().catch(undefined),
  sort: z.string().max(100).optional().catch(undefined).meta({ description: 'Столбец; с минусом — по убыванию' }),
})
export type LandingQuery = z.output<typeof LandingQuery>
