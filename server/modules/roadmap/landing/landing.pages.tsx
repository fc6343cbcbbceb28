import { LandingQuery } from '../../../../contracts/landing.ts'
import { RegionCode } from '../../../../contracts/roadmaps.ts'
import { pages } from '../../../kernel/http/index.ts'
import { addressOf, choiceOf, pathOf } from './choice.ts'
import { LandingPage } from './landing.page.tsx'
import { getOpenRoadmap, getRegion, sharedOf } from './landing.ts'
import { RegionPage } from './region.page.tsx'

export const landingPages = pages('/public/roadmaps')
  .shared('/{code}', { query: LandingQuery }, async (ctx, { code }, query) => {
    const snapshot = await getOpenRoadmap(ctx, code)
    const choice = choiceOf(snapshot, query)
    return sharedOf(snapshot, {
      address: addressOf(pathOf(snapshot), choice),
      draw: (frame) => <LandingPage frame={frame} baseUrl={ctx.baseUrl} snapshot={snapshot} choice={choice} />,
    })
  })
  .shared('/{code}/regions/{region}', { params: { region: RegionCode } }, async (ctx, { code, region: regionCode }) => {
    const snapshot = await getOpenRoadmap(ctx, code)
    const region = getRegion(snapshot, regionCode)
    return sharedOf(snapshot, {
      address: `${pathOf(snapshot)}/regions/${region.code}`,
      draw: (frame) => <RegionPage frame={frame} baseUrl={ctx.baseUrl} snapshot={snapshot} region={region} />,
    })
  })
