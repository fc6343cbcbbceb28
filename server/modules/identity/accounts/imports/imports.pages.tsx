import { type AccountsImport, AccountsTable } from '../../../../../contracts/accounts.ts'
import {
  Button,
  Card,
  cabinetCrumb,
  counted,
  FileField,
  Form,
  FormEnd,
  LinkButton,
  Note,
  Page,
  Progress,
  Row,
  Stack,
  Table,
  Text,
} from '../../../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../../kernel/http/index.ts'
import { Problems, problemOf } from '../../form-problems.tsx'
import { largestPost, reportReply, templateReply } from './imports.routes.ts'
import { confirmImport, startImport, viewImport } from './imports.ts'

const needs = 'account.manage'

export const importsPages = pages('/accounts/imports')
  .get('/new', { needs }, async (ctx) => <UploadPage ctx={ctx} />)
  .get('/template.xlsx', { needs }, () => templateReply())
  .post(
    '/new',
    {
      needs,
      form: AccountsTable,
      largest: largestPost,
      again: async (ctx, _, failure) => <UploadPage ctx={ctx} failure={failure} />,
    },
    async (ctx, _, { file }) => {
      const { id } = await startImport(ctx, file)
      return seeOther(`/accounts/imports/${id}`)
    },
  )
  .get('/{id}', { needs }, async (ctx, { id }) => <ImportPage ctx={ctx} found={await viewImport(ctx, id)} />)
  .get('/{id}/report.csv', { needs }, (ctx, { id }) => reportReply(ctx, id))
  .post(
    '/{id}/confirmation',
    {
      needs,
      again: async (ctx, { id }, failure) => (
        <ImportPage ctx={ctx} found={await viewImport(ctx, id)} failure={failure} />
      ),
    },
    async (ctx, { id }) => {
      await confirmImport(ctx, id)
      return seeOther(`/accounts/imports/${id}`, 'accounts.import-accepted')
    },
  )

const crumbs = [cabinetCrumb, { text: 'Учётные записи', href: '/accounts' }, { text: 'Приглашение списком' }]
const people = ['человек', 'человека', 'человек'] as const
const lines = ['строка', 'строки', 'строк'] as const

const UploadPage = ({ ctx, failure }: { ctx: PageContext; failure?: FormFailure }) => (
  <Page
    title="Приглашение списком"
    lead="Каждый получит письмо со ссылкой, по которой подтвердит почту и придумает пароль."
    frame={ctx.frame}
    crumbs={crumbs}
    hasErrors={failure !== undefined}
  >
    <Card>
      <Form action="/accounts/imports/new" files label="Таблица с людьми">
        <Problems title="Таблица не принята" failure={failure} kept="Выберите файл ещё раз." />
        <Stack>
          <Text>
            Скачайте шаблон, заполните по строке на человека и загрузите. Сначала мы проверим все строки и покажем, что
            исправить: письма уйдут только после вашего подтверждения.
          </Text>
          <Row>
            <LinkButton icon="down" href="/accounts/imports/template.xlsx" download>
              Скачать шаблон
            </LinkButton>
          </Row>
          <FileField
            name="file"
            label="Таблица"
            hint="XLSX, не больше 5 МБ и 5 000 строк"
            accept=".xlsx"
            error={problemOf(failure, 'file')}
          />
        </Stack>
        <FormEnd>
          <Button kind="main">Проверить таблицу</Button>
          <LinkButton kind="quiet" href="/accounts">
            Не загружать
          </LinkButton>
        </FormEnd>
      </Form>
    </Card>
  </Page>
)

type ImportProps = { ctx: PageContext; found: AccountsImport; failure?: FormFailure }

const ImportPage = ({ ctx, found, failure }: ImportProps) => (
  <Page title={found.fileName} frame={ctx.frame} crumbs={crumbs} hasErrors={failure !== undefined}>
    <Stack>
      <Problems title="Приглашения не отправлены" failure={failure} />
      <Outcome found={found} />
      {found.problems.length > 0 ? (
        <Card title="Что исправить" flush>
          <Table
            label="Строки с ошибками"
            rows={found.problems}
            rowKey={({ row }) => String(row)}
            columns={[
              { key: 'row', title: 'Строка', numeric: true, cell: ({ row }) => row },
              { key: 'name', title: 'Человек', cell: ({ name }) => name || '—' },
              {
                key: 'problems',
                title: 'Что исправить',
                cell: ({ problems }) => problems.map(({ column, text }) => `${column}: ${text}`).join('; '),
              },
            ]}
          />
        </Card>
      ) : null}
      <Row>
        <LinkButton icon="down" href={`/accounts/imports/${found.id}/report.csv`} download>
          Отчёт по всем строкам
        </LinkButton>
        <LinkButton href="/accounts/imports/new">Загрузить другую таблицу</LinkButton>
      </Row>
    </Stack>
  </Page>
)

function Outcome({ found }: { found: AccountsImport }) {
  const { id, confirmedAt, finishedAt, good, done, failed, lines: total } = found
  if (finishedAt)
    return (
      <Note tone="ok" title={`Приглашены: ${counted(done, people)}`}>
        {failed > 0
          ? `С ошибками ${counted(failed, lines)}: исправьте их в таблице и загрузите снова.`
          : 'Письма отправлены.'}
      </Note>
    )
  if (confirmedAt)
    return (
      <Card title="Приглашения отправляются">
        <Stack>
          <Progress value={done} max={good} label="Отправлено приглашений" text={`${done} из ${good}`} />
          <Text>Страницу можно закрыть: работа идёт без неё. Обновите её, чтобы увидеть, сколько сделано.</Text>
        </Stack>
      </Card>
    )
  return (
    <Card title="Таблица проверена">
      <Stack>
        <Text>
          {`${counted(total, lines)}, без ошибок ${good}${failed > 0 ? `, с ошибками ${failed}: они будут пропущены` : ''}.`}
        </Text>
        {good > 0 ? (
          <Form action={`/accounts/imports/${id}/confirmation`} label="Пригласить">
            <Button kind="main">{`Пригласить ${counted(good, people)}`}</Button>
          </Form>
        ) : null}
      </Stack>
    </Card>
  )
}
