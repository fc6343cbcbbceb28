import { render } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'
import { Legend, type MapFrame, type MapRegion, RegionMap, RegionTiles } from './index.ts'

const regions: MapRegion[] = [
  {
    code: '38',
    name: 'Иркутская область',
    told: '81 %',
    value: '81',
    href: '/roadmap/regions/38',
    step: 4,
    current: true,
  },
  { code: '77', name: 'Москва', told: 'нет данных', value: '—', href: '/roadmap/regions/77', step: 0 },
  { code: '92', name: 'Севастополь', told: '12 %', value: '12', href: '/roadmap/regions/92', step: 1 },
]
const frame: MapFrame = {
  width: 1000,
  height: 570,
  dot: { seen: 9, reach: 17 },
  shapes: [
    { code: '38', x: 600, y: 400 },
    { code: '77', x: 150, y: 190, dot: { x: 190, y: 190 } },
  ],
}
const drawn = render(
  <RegionMap label="Выполнение плана" description="Регионы" map={frame} sprite="/map.svg" regions={regions} />,
)

describe('the map', () => {
  it('is named, and each of its regions leads to its page under its name and figure', () => {
    expect(drawn).toContain('aria-labelledby="map-title map-desc"')
    expect(drawn).toMatch(
      /<a[^>]*class="n-4"[^>]*href="\/roadmap\/regions\/38"[^>]*aria-label="Иркутская область: 81 %"/,
    )
    expect(drawn).toContain('<use href="/map.svg#r-38"')
    expect(drawn).not.toContain('style=')
  })

  it('gives a region too small to hit a circle, tied to its place by a line', () => {
    expect(drawn.match(/<circle/g)).toHaveLength(2)
    expect(drawn).toMatch(/<line[^>]*x1="150"[^>]*x2="190"/)
    expect(drawn.indexOf('Москва')).toBeGreaterThan(drawn.indexOf('Иркутская'))
  })

  it('outlines the region that was looked at, and leaves out who has no shape', () => {
    expect(drawn.match(/class="map-picked"/g)).toHaveLength(1)
    expect(drawn).not.toContain('Севастополь')
  })
})

describe('the tiles', () => {
  it('hold every region, those without a place too', () => {
    const html = render(
      <RegionTiles label="По регионам" regions={regions} tiles={[{ code: '38', column: 10, row: 3, label: 'ИРК' }]} />,
    )
    expect(html).toMatch(/data-c="10"[^>]*data-r="3"/)
    expect(html).toContain('>ИРК<')
    expect(html.match(/<li/g)).toHaveLength(3)
    expect(html).toContain('Москва: нет данных')
  })
})

describe('the legend', () => {
  it('tells shades by a figure too', () => {
    const html = render(
      <Legend
        entries={[
          { step: 1, label: 'до 40 %' },
          { step: 0, label: 'нет данных' },
        ]}
      />,
    )
    expect(html).toMatch(/n-1.*>1<.*до 40 %.*n-0.*>–<.*нет данных/)
  })
})
