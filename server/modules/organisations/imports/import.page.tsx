/** The page of one import: how far it is, what it would do or has done, line by line. */
import {
  type ImportLine,
  type ImportLinesQuery,
  type ImportState,
  importPageSize,
  type OrganisationImport,
} from '../../../../contracts/imports.ts'
import {
  Badge,
  Button,
  Card,
  type Children,
  cabinetCrumb,
  counted,
  EmptyState,
  Facts,
  Form,
  formatNumber,
  formatTimeLeft,
  LinkButton,
  Note,
  Page,
  Pager,
  Progress,
  Quiet,
  Renewed,
  Row,
  Stack,
  Table,
  Tabs,
  Unbroken,
  Under,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { importStateNames, outcomeNames } from './imports.phrases.ts'

type Props = {
  ctx: PageContext
  found: OrganisationImport
  lines: { rows: ImportLine[]; total: number; page: number }
  query: ImportLinesQuery
}

export function ImportPage({ ctx, found, lines, query }: Props) {
  return (
    <Page
      title={found.fileName}
      frame={ctx.frame}
      crumbs={[
        cabinetCrumb,
        { text: 'Организации', href: '/organisations' },
        { text: 'Импорт', href: '/organisations/imports' },
        { text: found.fileName },
      ]}
      help={{ href: '/guide/organizatsiya#t-вести-реестр-организаций', text: 'импорт организаций' }}
      lead={leads[found.state]}
      actions={<Actions found={found} />}
    >
      <Stack>
        <Situation found={found} />
        <Counts found={found} />
        {found.lines > 0 ? <Report found={found} lines={lines} query={query} /> : null}
      </Stack>
    </Page>
  )
}

const leads: Record<ImportState, string> = {
  reading: 'Файл читается. Реестр не меняется.',
  checking: 'Строки проверяются. Реестр не меняется.',
  ready: 'Проверка закончена. Реестр ещё не изменён: посмотрите строки и подтвердите.',
  applying: 'Строки вносятся в реестр.',
  applied: 'Импорт выполнен. Его можно отменить целиком.',
  undoing: 'Импорт отменяется.',
  undone: 'Импорт отменён.',
  cancelled: 'Импорт остановлен до выполнения. Реестр не изменён.',
  unreadable: 'Файл не прочитан. Реестр не изменён.',
}

const isWorking = ({ state, stopped }: OrganisationImport): boolean =>
  !stopped && ['reading', 'checking', 'applying', 'undoing'].includes(state)

const Deed = ({ id, deed, children }: { id: string; deed: string; children: Children }) => (
  <Form action={`/organisations/imports/${id}/${deed}`}>{children}</Form>
)

function Actions({ found: { id, state, counts } }: { found: OrganisationImport }) {
  switch (state) {
    case 'reading':
    case 'checking':
    case 'applying':
      return (
        <Deed id={id} deed="cancellation">
          <Button icon="x">Остановить</Button>
        </Deed>
      )
    case 'ready':
      return (
        <Row>
          {counts.add + counts.change > 0 ? (
            <Deed id={id} deed="confirmation">
              <Button kind="main" icon="check">
                Выполнить импорт
              </Button>
            </Deed>
          ) : null}
          <Deed id={id} deed="cancellation">
            <Button kind="quiet">Не выполнять</Button>
          </Deed>
        </Row>
      )
    case 'applied':
      return counts.applied > 0 ? (
        <Deed id={id} deed="undoing">
          <Button kind="bad">Отменить импорт</Button>
        </Deed>
      ) : null
    case 'undoing':
    case 'undone':
    case 'cancelled':
    case 'unreadable':
      return (
        <LinkButton kind="main" href="/organisations/imports">
          Загрузить другой файл
        </LinkButton>
      )
  }
}

function Situation({ found }: { found: OrganisationImport }) {
  const { id, problem, stopped, done, of, secondsLeft, state, counts } = found
  if (stopped)
    return (
      <Note tone="bad" title="Работа остановилась из-за ошибки программы">
        <p>Сделанное не потеряно. Попробуйте продолжить; если не поможет, передайте поддержке: {problem}</p>
        <Deed id={id} deed="resumption">
          <Button>Продолжить</Button>
        </Deed>
      </Note>
    )
  if (problem) return <Note tone="bad" title={problem} />
  if (isWorking(found))
    return (
      <Renewed seconds={2}>
        <Card title={`Импорт ${importStateNames[state]}`}>
          <Progress
            value={of > 0 ? done : 0}
            max={Math.max(of, 1)}
            label="Пройдено строк"
            text={
              of > 0 ? `${done} из ${counted(of, ['строки', 'строк', 'строк'])}` : `Прочитано строк: ${found.lines}`
            }
          />
          <Quiet>
            {secondsLeft === null ? '' : `Осталось ${formatTimeLeft(secondsLeft)}. `}
            Страницу можно закрыть: работа идёт без неё. <a href={`/organisations/imports/${id}`}>Обновить</a>
          </Quiet>
        </Card>
      </Renewed>
    )
  if (state === 'ready' && counts.wrong > 0)
    return (
      <Note tone="wait" title={`С ошибками ${counted(counts.wrong, ['строка', 'строки', 'строк'])}`}>
        {counts.add + counts.change > 0
          ? 'Их можно исправить в файле и загрузить его заново или выполнить импорт без них.'
          : 'Выполнять нечего: исправьте строки в файле и загрузите его заново.'}
      </Note>
    )
  return null
}

function Counts({ found: { counts, lines } }: { found: OrganisationImport }) {
  if (lines === 0) return null
  const figures: [string, number][] = [
    ['Строк в файле', lines],
    ['Добавить', counts.add],
    ['Изменить', counts.change],
    ['Без изменений', counts.same],
    ['С ошибками', counts.wrong],
    ['Выполнено', counts.applied],
    ['Не получилось', counts.failed],
    ['Отменено', counts.undone],
    ['Отменить не удалось', counts.notUndone],
  ]
  const shown = figures.filter(([_name, count], index) => index < 5 || count > 0)
  return (
    <Card>
      <Facts facts={shown.map(([term, count]) => [term, formatNumber(count)] as const)} />
    </Card>
  )
}

const addressOf = (id: string, { outcome, page }: ImportLinesQuery): string => {
  const parts = new URLSearchParams()
  if (outcome) parts.set('outcome', outcome)
  if (page > 1) parts.set('page', String(page))
  return `/organisations/imports/${id}${parts.size > 0 ? `?${parts}` : ''}`
}

function Report({ found, lines, query }: Omit<Props, 'ctx'>) {
  const { id, counts } = found
  const tab = (text: string, outcome: ImportLinesQuery['outcome'], count: number) => ({
    text: `${text} ${count}`,
    href: addressOf(id, { outcome, page: 1 }),
    current: query.outcome === outcome,
  })
  return (
    <Card
      title="Отчёт по строкам"
      flush
      aside={
        <Row>
          <a href={`/organisations/imports/${id}/report?format=xlsx`}>Скачать XLSX</a>
          <a href={`/organisations/imports/${id}/report?format=csv`}>CSV</a>
        </Row>
      }
    >
      <Tabs
        label="Какие строки показать"
        tabs={[
          tab('Все', undefined, found.lines),
          tab('Ошибки', 'wrong', counts.wrong),
          tab('Добавить', 'add', counts.add),
          tab('Изменить', 'change', counts.change),
          ...(counts.failed > 0 ? [tab('Не получилось', 'failed', counts.failed)] : []),
          ...(counts.notUndone > 0 ? [tab('Не отменено', 'not-undone', counts.notUndone)] : []),
        ]}
      />
      <Table
        label="Строки файла"
        rows={lines.rows}
        rowKey={({ number }) => String(number)}
        columns={[
          {
            key: 'organisation',
            title: 'Организация',
            cell: ({ number, name, inn, organisationId }) => (
              <>
                {organisationId ? <a href={`/organisations/${organisationId}`}>{name || inn}</a> : name || inn}
                <Under>
                  <Unbroken>строка {number}</Unbroken> · <Unbroken>ИНН {inn}</Unbroken>
                </Under>
              </>
            ),
          },
          { key: 'outcome', title: 'Что сделать', width: 'state', cell: (line) => <Outcome line={line} /> },
          { key: 'details', title: 'Подробности', full: true, cell: (line) => <Details line={line} /> },
        ]}
        empty={
          <EmptyState title="Таких строк нет" icon="check">
            Выберите другие строки выше.
          </EmptyState>
        }
      />
      <Pager
        page={lines.page}
        size={importPageSize}
        shown={lines.rows.length}
        total={lines.total}
        href={(page) => addressOf(id, { ...query, page })}
      />
    </Card>
  )
}

function Outcome({ line }: { line: ImportLine }) {
  if (line.undone) return <Badge tone="wait" text="отменено" />
  if (line.failed) return <Badge tone="bad" text="не получилось" />
  if (line.applied) return <Badge tone="ok" text={line.outcome === 'add' ? 'добавлена' : 'изменена'} />
  if (!line.outcome) return <Quiet>ещё не проверена</Quiet>
  return <Badge tone={line.outcome === 'wrong' ? 'bad' : 'wait'} text={outcomeNames[line.outcome]} />
}

const Details = ({ line }: { line: ImportLine }) => (
  <>
    {[...line.problems, line.failed, line.undoProblem].filter(Boolean).map((text) => (
      <p key={text}>{text}</p>
    ))}
    {line.changes.map(({ field, was, becomes }) => (
      <p key={field}>
        {field}: {was === '' ? 'пусто' : <del>{was}</del>} → <ins>{becomes === '' ? 'пусто' : becomes}</ins>
      </p>
    ))}
  </>
)
