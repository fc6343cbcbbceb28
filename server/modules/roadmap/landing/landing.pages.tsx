import { LandingQuery } from '../../../../contracts/landing.ts'
import { RegionCode } from '../../../../contracts/roadmaps.ts'
import { type Endpoint, pages } from '../../../kernel/http/index.ts'
import { addressOf, choiceOf, pathOf } from './choice.ts'
import { csvOf } from './data.ts'
import { RoadmapEmbed } from './embed.page.tsx'
import { LandingPage } from './landing.page.tsx'
import { getOpenRoadmap, getRegion, sharedOf } from './landing.ts'
import { mapFiguresOf } from './map-figures.ts'
import { drawnCountry } from './outlines.ts'
import { RegionPage } from './region.page.tsx'

const roadmapPages = pages('/public/roadmaps')
  .shared('/{code}', { query: LandingQuery }, async (ctx, { code }, query) => {
    const snapshot = await getOpenRoadmap(ctx, code)
    const choice = choiceOf(snapshot, query)
    return sharedOf(snapshot, {
      address: addressOf(pathOf(snapshot), choice),
      draw: (frame) => <LandingPage frame={frame} baseUrl={ctx.baseUrl} snapshot={snapshot} choice={choice} />,
    })
  })
  .shared('/{code}/embed', { query: LandingQuery }, async (ctx, { code }, query) => {
    const snapshot = await getOpenRoadmap(ctx, code)
    const choice = choiceOf(snapshot, { ...query, sort: undefined })
    return sharedOf(snapshot, {
      address: addressOf(`${pathOf(snapshot)}/embed`, choice),
      draw: (frame) => <RoadmapEmbed frame={frame} baseUrl={ctx.baseUrl} snapshot={snapshot} choice={choice} />,
      embeddable: true,
    })
  })
  .shared('/{code}/data.csv', { query: LandingQuery.pick({ period: true }) }, async (ctx, { code }, query) => {
    const snapshot = await getOpenRoadmap(ctx, code)
    const period = mapFiguresOf(snapshot)
      .flatMap(({ periods }) => periods)
      .find((known) => known === query.period)
    return sharedOf(snapshot, {
      address: `${pathOf(snapshot)}/data.csv?${period ?? ''}`,
      draw: () => csvOf(snapshot, period),
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

const oneYear = 31_536_000

/** An old address still gets a map: a page that was drawn before it changed. */
const mapPages = pages('/public/maps').shared('/{version}', {}, async () => {
  const { sprite, address } = drawnCountry()
  const draw = async () => ({ bytes: Buffer.from(sprite), type: 'image/svg+xml' })
  return { address, mark: address, freshFor: oneYear, draw }
})

export const landingPages: Endpoint[] = [...roadmapPages.endpoints, ...mapPages.endpoints]
