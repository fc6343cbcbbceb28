/** The supervisor's board: the whole, its districts, its days, its reports. */
import type { Board, BoardQuery, Campaign, DayProgress, Progress } from '../../../../contracts/campaigns.ts'
import {
  Badge,
  Card,
  type Column,
  cabinetCrumb,
  DaysChart,
  Disclosure,
  Figure,
  formatDate,
  formatDue,
  formatNumber,
  formatPercent,
  LinkButton,
  Menu,
  type MenuEntry,
  Muted,
  Page,
  Row,
  Shares,
  SharesLegend,
  Stack,
  Table,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { campaignStateNames, campaignTones } from '../campaigns/campaigns.phrases.ts'
import type { BoardRow } from './board.queries.ts'
import { boardAddress, columns } from './board.words.ts'
import { BoardReports } from './reports.card.tsx'
import { type After, Told } from './told.tsx'

export type BoardProps = {
  ctx: PageContext
  campaign: Campaign
  board: Board
  query: BoardQuery
  list: { rows: BoardRow[]; total: number }
  may: { manage: boolean; decide: boolean }
  after?: After
}

export const campaignName = ({ form, title }: Pick<Campaign, 'form' | 'title'>): string => `${form.cipher} за ${title}`

export function BoardPage(props: BoardProps) {
  const { ctx, campaign, board, query, after } = props
  return (
    <Page
      title={`Сбор ${campaignName(campaign)}`}
      lead={leadOf(campaign, ctx.timeZone)}
      frame={ctx.frame}
      wide
      crumbs={[cabinetCrumb, { text: 'Сборы', href: '/campaigns' }, { text: campaignName(campaign) }]}
      help={{ href: '/guide/sbory', text: 'ход сбора' }}
      actions={<BoardActions {...props} />}
    >
      <Stack>
        {after ? <Told after={after} /> : null}
        <Card>
          <Row>
            <Badge tone={campaignTones[campaign.state]} text={campaignStateNames[campaign.state]} />
            <Figure value={board.all.total} text="отчётов всего" />
            <Figure value={formatPercent(shareOf(board.all.accepted, board.all.total))} text="принято" />
            <Figure value={formatPercent(board.all.filled)} text="заполнено в среднем" />
            <Figure value={board.all.withErrors} text="не отправлено с ошибками" />
            <Figure value={board.all.overdue} text="просрочено" />
          </Row>
        </Card>
        <Districts ctx={ctx} campaign={campaign} board={board} query={query} />
        <Days days={board.days} all={board.all} campaign={campaign} zone={ctx.timeZone} />
        <BoardReports {...props} />
      </Stack>
    </Page>
  )
}

const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

function leadOf({ deadline, state, closedAt }: Campaign, zone: string): string {
  const term = `Срок для организаций — ${formatDate(deadline, zone)}`
  return state === 'closed' && closedAt
    ? `${term}. Сбор закрыт ${formatDate(closedAt, zone)}: несданные отчёты остаются просроченными, отправить их можно.`
    : `${term}, ${formatDue(deadline, new Date(), zone)}.`
}

function BoardActions({ campaign, may, query }: BoardProps) {
  const { id, state } = campaign
  const managing: MenuEntry[] = may.manage
    ? [
        ...(state === 'open' ? [{ text: 'Изменить сбор', icon: 'pen' as const, href: `/campaigns/${id}/edit` }] : []),
        { text: 'Повторить за следующий период', icon: 'history', post: `/campaigns/${id}/successor` },
        ...(state === 'open' ? ['line' as const, { text: 'Закрыть сбор', href: `/campaigns/${id}/closing` }] : []),
      ]
    : []
  return (
    <>
      <Menu
        text="Выгрузить"
        icon="download"
        items={[
          { text: 'Книга Excel (XLSX)', icon: 'download', href: fileAddress(id, query, 'xlsx') },
          { text: 'Текст CSV', icon: 'download', href: fileAddress(id, query, 'csv') },
        ]}
      />
      {managing.length > 0 ? <Menu text="Сбор" items={managing} /> : null}
      {may.decide ? (
        <LinkButton icon="bell" kind="main" href={`/campaigns/${id}/reminders`}>
          Напомнить о сроке
        </LinkButton>
      ) : null}
    </>
  )
}

/** All that is found, not the page alone. */
function fileAddress(id: string, query: BoardQuery, format: 'xlsx' | 'csv'): string {
  const [, filters = ''] = boardAddress(id, { ...query, page: 1 }).split('?')
  return `/campaigns/${id}/export?${filters}${filters ? '&' : ''}format=${format}`
}

type DistrictLine = Board['districts'][number]

function Districts({ ctx, campaign, board, query }: Pick<BoardProps, 'ctx' | 'campaign' | 'board' | 'query'>) {
  const whole: DistrictLine = { ...board.all, id: null, name: 'Всего' }
  const keyOf = ({ id }: DistrictLine) => id ?? 'none'
  return (
    <Card
      title="Ход сбора по территориям"
      flush
      aside={<SharesLegend entries={columns.map(([, kind, , short]) => [kind, short] as const)} />}
    >
      <Table
        label="Таблица территорий"
        rows={board.districts}
        rowKey={keyOf}
        isCurrent={(district) => query.district === keyOf(district)}
        total={board.districts.length > 1 ? whole : undefined}
        narrow={3}
        columns={districtColumns(ctx, campaign, whole)}
        empty={<Muted>Отчётов в этом сборе нет.</Muted>}
      />
    </Card>
  )
}

/** The name of a district needs the room. */
const shorter: Partial<Record<string, string>> = { sent: 'Проверка', filling: 'Заполн.', refused: 'Отклон.' }

const districtColumns = (_ctx: PageContext, { id }: Campaign, whole: DistrictLine): Column<DistrictLine>[] => [
  {
    key: 'name',
    title: 'Территория',
    cell: (line) =>
      line === whole ? (
        line.name
      ) : (
        <a href={`${boardAddress(id, { district: line.id ?? 'none' })}#reports`}>{line.name}</a>
      ),
  },
  {
    key: 'share',
    title: 'Ход',
    width: 'share',
    full: true,
    cell: (line) => (
      <Shares
        parts={columns.map(([state, kind]) => [kind, line[state]] as const)}
        text={`принято ${formatPercent(shareOf(line.accepted, line.total))}`}
      />
    ),
  },
  { key: 'total', title: 'Всего', numeric: true, cell: ({ total }) => formatNumber(total) },
  ...columns.map(
    ([state, , title]): Column<DistrictLine> => ({
      key: state,
      title,
      ...(shorter[state] && { short: shorter[state] }),
      numeric: true,
      cell: (line) => count(id, line, line[state], state, whole),
    }),
  ),
  {
    key: 'filled',
    title: 'Заполнено',
    short: 'Полнота',
    numeric: true,
    cell: ({ filled }) => formatPercent(filled),
  },
  {
    key: 'errors',
    title: 'С ошибками',
    short: 'Ошибки',
    numeric: true,
    cell: (line) => count(id, line, line.withErrors, 'errors', whole),
  },
  {
    key: 'overdue',
    title: 'Просрочено',
    short: 'Проср.',
    numeric: true,
    cell: (line) => count(id, line, line.overdue, 'overdue', whole),
  },
]

/** A figure leads to the reports behind it. */
function count(
  id: string,
  line: DistrictLine,
  value: number,
  state: NonNullable<BoardQuery['state']>,
  whole: DistrictLine,
) {
  if (value === 0) return '—'
  const district = line === whole ? undefined : (line.id ?? 'none')
  return <a href={`${boardAddress(id, { district, state })}#reports`}>{formatNumber(value)}</a>
}

type DaysProps = { days: readonly DayProgress[]; all: Progress; campaign: Campaign; zone: string }

function Days({ days, all, campaign, zone }: DaysProps) {
  if (days.length < 2) return null
  const [, month, year] = formatDate(campaign.deadline, zone).split('.')
  const due = `${year}-${month}-${formatDate(campaign.deadline, zone).slice(0, 2)}`
  const layers = [
    { kind: 1, text: 'принято', values: days.map(({ accepted }) => accepted) },
    { kind: 2, text: 'на проверке', values: days.map(({ sent }) => sent) },
    { kind: 3, text: 'отклонено', values: days.map(({ refused }) => refused) },
  ] as const
  return (
    <Card title="Ход по дням" aside={<SharesLegend entries={layers.map(({ kind, text }) => [kind, text] as const)} />}>
      <Stack space="small">
        <DaysChart
          label={`Ход сбора по дням: принято, на проверке и отклонено из ${all.total}; числа — в таблице под рисунком`}
          days={days.map(({ day }) => day)}
          layers={layers}
          whole={all.total}
          mark={{ day: due, text: 'черта — срок' }}
        />
        <Disclosure title="Те же числа таблицей">
          <Table
            label="Таблица хода по дням"
            rows={changedDays(days)}
            rowKey={({ day }) => day}
            narrow="scroll"
            tall
            columns={[
              { key: 'day', title: 'К концу дня', cell: ({ day }) => formatDate(day) },
              { key: 'accepted', title: 'Принято', numeric: true, cell: ({ accepted }) => formatNumber(accepted) },
              { key: 'sent', title: 'На проверке', numeric: true, cell: ({ sent }) => formatNumber(sent) },
              { key: 'refused', title: 'Отклонено', numeric: true, cell: ({ refused }) => formatNumber(refused) },
            ]}
          />
        </Disclosure>
      </Stack>
    </Card>
  )
}

/** Days on which something changed, the latest first. */
const changedDays = (days: readonly DayProgress[]): DayProgress[] =>
  days
    .filter(({ sent, accepted, refused }, index) => {
      const before = days[index - 1]
      return before === undefined || before.sent !== sent || before.accepted !== accepted || before.refused !== refused
    })
    .reverse()
