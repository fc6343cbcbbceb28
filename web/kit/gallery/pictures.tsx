import {
  Card,
  Columns,
  Facts,
  Legend,
  type MapFrame,
  type MapRegion,
  Masthead,
  RegionMap,
  RegionTiles,
  Section,
  Sparkline,
  Stack,
} from '../index.ts'

/** A country of five regions, one of them without data, one too small to hit. */
const regions = [
  ['01', 'Полярнинский край', 'ПЛ', 95, 10, 1, 'M10 10h140l-20 70H10z', 75, 45],
  ['02', 'Ледовоморский округ', 'ЛМ', 71, 11, 1, 'M150 10h140v90l-160-20z', 215, 50],
  ['03', 'Светлореченская область', 'СР', 81, 6, 2, 'M10 80h120l40 60-160 20z', 80, 115],
  ['04', 'Заугорская область', 'ЗУ', 31, 7, 3, 'M130 80l160 20v60l-120-20z', 230, 125],
  ['05', 'город Среднегорск', 'СГ', null, 6, 3, 'M60 110h12v10h-12z', 66, 115],
] as const
const step = (value: number | null) => (value === null ? 0 : value >= 85 ? 5 : value >= 70 ? 4 : value >= 40 ? 2 : 1)
const shown = regions.map(([code, name, , value]) => ({
  code,
  name,
  told: value === null ? 'нет данных' : `${value} %`,
  value: value === null ? '—' : String(value),
  href: '#pictures',
  step: step(value),
  current: code === '03',
})) satisfies readonly MapRegion[]
const frame: MapFrame = {
  width: 300,
  height: 170,
  dot: { seen: 9, reach: 17 },
  shapes: regions.map(([code, , , , , , , x, y]) => ({
    code,
    x,
    y,
    dot: code === '05' ? { x: 95, y: 145 } : undefined,
  })),
}

export function PicturesShown() {
  return (
    <Section id="pictures" title="Картины">
      <Stack>
        <Masthead
          title="Дорожная карта подготовки к обязательному применению профессиональных стандартов в области обеспечения пожарной безопасности"
          lead="Открытые сведения о ходе плана мероприятий. Обновлено 18.01.2027 в 09:40 (МСК+5)."
          progress={{ value: 1498, max: 2173, text: 'Выполнено 69 % плана', end: 'срок — 31.12.2028' }}
          figures={[
            { value: 3856, text: 'рабочих часов осталось' },
            { value: 1937532, text: 'человека вовлечено в проект' },
            { value: 296, text: 'человек работают над проектом' },
          ]}
        />
        <Columns shape="half">
          <Card
            title="Карта"
            foot={
              <Legend
                entries={[
                  { step: 1, label: 'до 40 %' },
                  { step: 2, label: '40–69' },
                  { step: 4, label: '70–84' },
                  { step: 5, label: '85 и более' },
                  { step: 0, label: 'нет данных' },
                ]}
              />
            }
          >
            <svg hidden aria-hidden="true">
              {regions.map(([code, , , , , , path]) => (
                <path key={code} id={`r-${code}`} d={path} />
              ))}
            </svg>
            <RegionMap
              label="Доля выполненных мероприятий по регионам"
              description="Каждый регион ведёт к своей строке таблицы."
              map={frame}
              sprite=""
              regions={shown}
            />
            <RegionTiles
              label="Доля выполненных мероприятий по регионам, в процентах"
              regions={shown}
              tiles={regions.map(([code, , label, , column, row]) => ({ code, label, column, row }))}
            />
          </Card>
          <Card title="Показатели">
            <Facts
              facts={[
                ['Обучено', <Sparkline key="1" values={[3, 5, 4, 8, 9, 14]} label="Обучено: от 3 до 14 за полгода" />],
                [
                  'Просрочено',
                  <Sparkline key="2" values={[9, 7, 8, 4, 2, 2]} label="Просрочено: от 9 до 2 за полгода" />,
                ],
              ]}
            />
          </Card>
        </Columns>
      </Stack>
    </Section>
  )
}
