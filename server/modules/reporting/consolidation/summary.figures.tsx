import type { PublishedSummary } from '../../../../contracts/consolidation.ts'
import { russianNumber } from '../../../../engine/index.ts'
import { BarChart, Card, CardPart, LineChart, Table } from '../../../../web/kit/index.ts'
import { whole } from './summary-table.ts'

type FiguresProps = Pick<PublishedSummary, 'chart' | 'across' | 'cells' | 'periods' | 'columns' | 'rows'> & {
  /** What is absent has been hidden. */
  hides?: boolean
}

/** As many lines as can be told apart in one picture. */
const linesTogether = 4
/** More bars than this are not looked at; the table holds all. */
const mostBars = 30

/** The picture, and the table of the same figures under it. */
export function Figures(props: FiguresProps) {
  const { columns, rows, hides } = props
  const textOf = (value: string | null | undefined) => (value == null ? (hides ? 'скрыто' : '—') : russianNumber(value))
  return (
    <Card title="Числа" flush>
      <Picture {...props} textOf={textOf} />
      <Table
        label="Числа сводки"
        narrow="scroll"
        rows={rows}
        rowKey={({ name }) => name}
        columns={[
          { key: 'name', title: props.across === 'periods' ? 'Период' : 'Территория', cell: ({ name }) => name },
          ...columns.map((title, index) => ({
            key: String(index),
            title,
            numeric: true,
            cell: ({ values }: (typeof rows)[number]) => textOf(values[index]),
          })),
        ]}
      />
    </Card>
  )
}

type PictureProps = FiguresProps & { textOf: (value: string | null | undefined) => string }

function Picture(props: PictureProps) {
  const { chart, across = 'places', periods = [], rows } = props
  if (chart === 'table') return null
  if (chart === 'line' && across === 'periods' && rows.length > 1) return <PeriodLines {...props} />
  // Between places there is nothing for a line to pass through.
  if (chart === 'line' && across === 'places' && periods.length > 1) return <PlaceLines {...props} />
  return <Bars {...props} />
}

function Bars({ columns, rows, textOf }: PictureProps) {
  const parts = rows.length > 1 ? rows.filter(({ name }) => name !== whole) : rows
  return (
    <>
      {columns.map((column, index) => (
        <CardPart key={index}>
          <h3>{column}</h3>
          <BarChart
            label={column}
            bars={parts.slice(0, mostBars).map(({ name, values }) => ({
              name,
              value: values[index] ?? null,
              text: textOf(values[index]),
            }))}
          />
          {parts.length > mostBars ? <p class="quiet">Показаны первые {mostBars}; в таблице — все.</p> : null}
        </CardPart>
      ))}
    </>
  )
}

/** A line for each cell. */
function PeriodLines({ columns, rows }: PictureProps) {
  const lines = columns.map((name, index) => ({ name, values: rows.map(({ values }) => values[index] ?? null) }))
  return <LineCharts title="По периодам" points={rows.map(({ name }) => name)} lines={lines} />
}

/** A picture for each cell, a line for each place. */
function PlaceLines({ cells = [], periods = [], rows }: PictureProps) {
  return (
    <>
      {cells.map((cell, index) => (
        <LineCharts
          key={index}
          title={cell}
          points={periods}
          lines={rows.map(({ name, values }) => ({
            name,
            values: values.slice(index * periods.length, (index + 1) * periods.length),
          }))}
        />
      ))}
    </>
  )
}

type Lines = { name: string; values: (string | null)[] }[]

function LineCharts({ title, points, lines }: { title: string; points: readonly string[]; lines: Lines }) {
  const starts = Array.from({ length: Math.ceil(lines.length / linesTogether) }, (_, index) => index * linesTogether)
  return (
    <CardPart>
      <h3>{title}</h3>
      {starts.map((start) => (
        <LineChart key={start} label={title} points={points} lines={lines.slice(start, start + linesTogether)} />
      ))}
    </CardPart>
  )
}
