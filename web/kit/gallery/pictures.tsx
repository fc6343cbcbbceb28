import { Card, Columns, Facts, Masthead, Section, Sparkline, Stack, TileLegend, TileMap } from '../index.ts'

const tiles = [
  ['ПЛ', 'Полярнинский край', 95, 10, 1],
  ['ЛМ', 'Ледовоморский округ', 71, 11, 1],
  ['БШ', 'Беломшанская область', 72, 2, 2],
  ['СД', 'Северодольская область', 51, 3, 2],
  ['ТН', 'Тундринский округ', 37, 5, 2],
  ['СР', 'Светлореченская область', 81, 6, 2],
  ['ЗУ', 'Заугорская область', 31, 7, 3],
] as const

const step = (value: number) => (value >= 85 ? 5 : value >= 70 ? 4 : value >= 55 ? 3 : value >= 40 ? 2 : 1)

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
          <Card title="Карта" foot={<TileLegend texts={['до 40 %', '40–54', '55–69', '70–84', '85 и более']} />}>
            <TileMap
              label="Доля выполненных мероприятий по регионам, в процентах"
              tiles={tiles.map(([code, name, value, column, row]) => ({
                code,
                name,
                value: String(value),
                told: `${name}, ${value} %`,
                href: '#pictures',
                column,
                row,
                step: step(value),
                current: code === 'СР',
              }))}
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
