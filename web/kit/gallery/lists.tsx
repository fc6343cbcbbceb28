import {
  Badge,
  Button,
  Card,
  type Column,
  ColumnChoice,
  Columns,
  EmptyState,
  FilterDate,
  FilterSelect,
  Filters,
  FilterText,
  formatNumber,
  LinkButton,
  List,
  ListItem,
  Pager,
  Progress,
  Section,
  Shares,
  SharesLegend,
  Stack,
  Table,
  Under,
} from '../index.ts'

interface Sent {
  id: string
  organisation: string
  responsible: string
  sent: string | null
  state: 'wait' | 'bad' | 'pen' | 'ok'
  errors: number | null
}

const sent: readonly Sent[] = [
  {
    id: 'r1',
    organisation: 'МБДОУ «Детский сад общеразвивающего вида № 21 „Журавушка“»',
    responsible: 'Златовратская О. Н.',
    sent: '17.01.2027, 18:02',
    state: 'wait',
    errors: null,
  },
  {
    id: 'r2',
    organisation:
      'МБОУ «Старозаимская основная общеобразовательная школа имени лётчика И. Ф. Медведева», дошкольные группы',
    responsible: 'Белокопытова-Лисицына Т. Р.',
    sent: '16.01.2027, 11:20',
    state: 'wait',
    errors: 1,
  },
  {
    id: 'r3',
    organisation: 'МБДОУ «Детский сад комбинированного вида № 14 „Ромашка“»',
    responsible: 'Добронравова С. В.',
    sent: '17.01.2027, 12:37',
    state: 'bad',
    errors: 12,
  },
  {
    id: 'r4',
    organisation: 'МБДОУ «Детский сад № 8 „Рябинушка“»',
    responsible: 'Крыжановская Н. В.',
    sent: null,
    state: 'pen',
    errors: 5,
  },
  {
    id: 'r5',
    organisation: 'ЧДОУ «Православный детский сад „Купина“»',
    responsible: 'Воскресенский И. М.',
    sent: '14.01.2027, 09:55',
    state: 'ok',
    errors: null,
  },
]

const stateBadges = {
  wait: <Badge tone="wait" text="На проверке в вышестоящей организации" />,
  bad: <Badge tone="bad" text="Отклонено" />,
  pen: <Badge icon="pen" text="Заполняется" />,
  ok: <Badge tone="ok" text="Принято" />,
}

const sentColumns: readonly Column<Sent>[] = [
  {
    key: 'organisation',
    title: 'Организация',
    sort: { href: '?sort=-organisation', sorted: 'ascending' },
    cell: (row) => <a href={`#${row.id}`}>{row.organisation}</a>,
  },
  { key: 'responsible', title: 'Ответственный', sort: { href: '?sort=responsible' }, cell: (row) => row.responsible },
  { key: 'sent', title: 'Отправлен', unbroken: true, sort: { href: '?sort=sent' }, cell: (row) => row.sent },
  { key: 'state', title: 'Состояние', width: 'state', full: true, cell: (row) => stateBadges[row.state] },
  { key: 'errors', title: 'Ошибки', numeric: true, cell: (row) => row.errors },
]

interface Territory {
  name: string
  all: number
  done: number
  waiting: number
  refused: number
  begun: number
}

const territories: readonly Territory[] = [
  { name: 'Верхнеозёрский муниципальный район', all: 38, done: 31, waiting: 4, refused: 1, begun: 2 },
  { name: 'Таёжнопритокский муниципальный округ', all: 22, done: 14, waiting: 5, refused: 1, begun: 2 },
  { name: 'Старомельничный муниципальный район', all: 19, done: 6, waiting: 3, refused: 1, begun: 4 },
]

const figure = (value: number) => (value === 0 ? '—' : formatNumber(value))

const territoryColumns: readonly Column<Territory>[] = [
  { key: 'name', title: 'Территория', cell: (row) => <a href="#lists">{row.name}</a> },
  {
    key: 'course',
    title: 'Ход',
    width: 'share',
    full: true,
    cell: (row) => (
      <Shares
        parts={[
          [1, row.done],
          [2, row.waiting],
          [3, row.refused],
          [4, row.begun],
          [0, row.all - row.done - row.waiting - row.refused - row.begun],
        ]}
        text={`принято ${Math.round((row.done / row.all) * 100)} %`}
      />
    ),
  },
  { key: 'all', title: 'Всего', numeric: true, cell: (row) => figure(row.all) },
  { key: 'done', title: 'Принято', numeric: true, cell: (row) => figure(row.done) },
  { key: 'waiting', title: 'На проверке', numeric: true, cell: (row) => figure(row.waiting) },
  { key: 'refused', title: 'Отклонено', numeric: true, cell: (row) => figure(row.refused) },
]

export function ListsShown() {
  return (
    <Section id="lists" title="Списки и таблицы">
      <Stack>
        <Card title="Отчёты Верхнеозёрского района" flush aside={<ListTools />}>
          <Filters label="Отбор отчётов" action="#lists" reset="#lists" keep={{ sort: 'organisation' }}>
            <FilterText label="Организация, ИНН или ответственный" value="детский сад" />
            <FilterSelect
              name="state"
              label="Состояние"
              empty="Все состояния"
              options={[
                { value: 'sent', text: 'На проверке в вышестоящей организации' },
                { value: 'refused', text: 'Отклонено' },
              ]}
            />
            <FilterDate name="from" label="Отправлен с" value="14.01.2027" />
          </Filters>
          <Table
            label="Таблица отчётов"
            columns={sentColumns}
            rows={sent}
            rowKey={(row) => row.id}
            rowId={(row) => row.id}
            keys
            pick={{
              action: '#lists',
              label: (row) => row.organisation,
              nouns: ['отчёт', 'отчёта', 'отчётов'],
              total: 38,
              chosen: ['r1', 'r2'],
              actions: [
                { value: 'accept', text: 'Принять', icon: 'check' },
                { value: 'refuse', text: 'Отклонить с причиной', icon: 'x' },
                { value: 'remind', text: 'Напомнить', icon: 'bell' },
              ],
            }}
          />
          <Pager page={4} size={5} shown={5} total={38} href={(page) => `?page=${page}`} keys />
        </Card>
        <Card
          title="Ход сбора по территориям"
          flush
          aside={
            <SharesLegend
              entries={[
                [1, 'принято'],
                [2, 'на проверке'],
                [3, 'отклонено'],
                [4, 'заполняется'],
                [0, 'не начато'],
              ]}
            />
          }
        >
          <Table
            label="Таблица территорий"
            columns={territoryColumns}
            rows={territories}
            rowKey={(row) => row.name}
            isCurrent={(row) => row.all === 38}
            narrow={3}
            total={{ name: 'Светлореченская область', all: 343, done: 231, waiting: 56, refused: 12, begun: 34 }}
          />
        </Card>
        <Columns shape="half">
          <Deadlines />
          <StandAccounts />
        </Columns>
        <Card title="Обращения" flush>
          <Table
            label="Таблица обращений"
            columns={sentColumns}
            rows={[]}
            rowKey={(row) => row.id}
            empty={
              <EmptyState
                title="Обращений пока нет"
                actions={
                  <>
                    <LinkButton href="#new" kind="main">
                      Новое обращение
                    </LinkButton>
                    <a href="/guide">Сначала посмотреть руководство</a>
                  </>
                }
              >
                Если что-то не работает или непонятно, напишите в техническую поддержку: ответ придёт сюда и на почту,
                обычно в течение 4 рабочих часов.
              </EmptyState>
            }
          />
        </Card>
      </Stack>
    </Section>
  )
}

const ListTools = () => (
  <>
    <a href="#csv">Выгрузить найденное: 38 строк</a>
    <ColumnChoice
      action="#lists"
      columns={sentColumns.map(({ key, title }) => ({ key, title, shown: key !== 'errors' }))}
    />
  </>
)

const Deadlines = () => (
  <Card title="Ближайшие сроки" flush aside={<a href="#reports">Все отчёты</a>}>
    <Table
      label="Таблица сроков"
      rows={[
        {
          name: '85-К за 2026 год',
          about: 'Сведения о деятельности дошкольной организации',
          due: '20.01.2027',
          left: 'осталось 2 дня',
          filled: 412,
          of: 446,
        },
        {
          name: '1-энергосбережение за 2026 год',
          about: 'Сведения об энергосбережении и повышении энергетической эффективности',
          due: '01.02.2027',
          left: 'осталось 14 дней',
          filled: 18,
          of: 97,
        },
      ]}
      group={({ due }) => `Со сроком в ${due.slice(3, 5) === '01' ? 'январе' : 'феврале'}`}
      rowKey={(row) => row.name}
      columns={[
        {
          key: 'name',
          title: 'Отчёт',
          cell: (row) => (
            <>
              <a href="#report">{row.name}</a>
              <Under>{row.about}</Under>
            </>
          ),
        },
        {
          key: 'due',
          title: 'Срок',
          unbroken: true,
          cell: (row) => (
            <>
              {row.due}
              <Under>{row.left}</Under>
            </>
          ),
        },
        {
          key: 'filled',
          title: 'Заполнено',
          cell: (row) => (
            <Progress
              value={row.filled}
              max={row.of}
              label={`Заполнено: ${row.name}`}
              text={`${row.filled} из ${row.of}`}
            />
          ),
        },
      ]}
    />
  </Card>
)

const StandAccounts = () => (
  <Card title="Учётные записи стенда" aside={<Badge tone="warn" icon="flag" text="Стенд" />} foot="Пароль у всех один.">
    <List>
      {[
        ['Администратор системы', 'Орлова-Чернышевская Маргарита Станиславовна', 'admin@kabinet.example'],
        ['Ответственный в организации', 'Добронравова Светлана Викторовна', 'ds14@verhneozersk.example'],
        ['Техническая поддержка', 'Ляпунов Герман Олегович', 'sd@svetlorechye.example'],
      ].map(([role, name, login]) => (
        <ListItem
          key={login}
          strong
          title={role}
          under={[name, login]}
          end={
            <Button size="small" type="button" about={role}>
              Войти
            </Button>
          }
        />
      ))}
    </List>
  </Card>
)
