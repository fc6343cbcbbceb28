import { z } from 'zod'
import { FreeMailDomain } from '../../../../contracts/audiences.ts'
import {
  Button,
  Card,
  Columns,
  cabinetCrumb,
  counted,
  EmptyState,
  Filters,
  FilterText,
  Form,
  LinkButton,
  Page,
  Stack,
  Table,
  TextField,
} from '../../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { Problems, problemOf } from '../form-problems.tsx'
import { addFreeMail, removeFreeMail, viewFreeMail } from './free-mail.ts'

const needs = 'audience.manage'
const address = '/access/free-mail'
const Search = z.object({ q: z.string().trim().max(200).catch('').default('') })

export const freeMailPages = pages(address)
  .get('/', { needs, query: Search }, async (ctx, _, { q }) => (
    <FreeMailPage ctx={ctx} q={q} domains={await viewFreeMail(ctx, q)} />
  ))
  .post(
    '/',
    {
      needs,
      form: FreeMailDomain,
      again: async (ctx, _, failure) => (
        <FreeMailPage ctx={ctx} q="" domains={await viewFreeMail(ctx)} failure={failure} />
      ),
    },
    async (ctx, _, { domain }) => {
      await addFreeMail(ctx, domain)
      return seeOther(address, 'free-mail.added')
    },
  )
  .post('/removal', { needs, form: FreeMailDomain }, async (ctx, _, { domain }) => {
    await removeFreeMail(ctx, domain)
    return seeOther(address, 'free-mail.removed')
  })

type FreeMailProps = { ctx: PageContext; q: string; domains: string[]; failure?: FormFailure }

function FreeMailPage({ ctx, q, domains, failure }: FreeMailProps) {
  return (
    <Page
      title="Бесплатная почта"
      frame={ctx.frame}
      crumbs={[cabinetCrumb, { text: 'Доступ', href: '/access' }, { text: 'Бесплатная почта' }]}
      lead="С адресами этих служб и их поддоменов не регистрируются аудитории, которым нужна служебная почта. У кого такой адрес уже есть, входит как прежде."
      hasErrors={failure !== undefined}
    >
      <Columns>
        <Card flush>
          <Filters label="Поиск домена" action={address} reset={q ? address : undefined} submit="Найти">
            <FilterText label="Часть домена" value={q} />
          </Filters>
          <Table
            label={counted(domains.length, ['почтовая служба', 'почтовые службы', 'почтовых служб'])}
            rows={domains}
            rowKey={(domain) => domain}
            tall
            columns={[
              { key: 'domain', title: 'Домен', cell: (domain) => domain },
              {
                key: 'remove',
                title: 'Действие',
                cell: (domain) => (
                  <Form action={`${address}/removal`} hidden={{ domain }} label={`Убрать ${domain}`}>
                    <Button size="small" kind="quiet" about={domain}>
                      Убрать
                    </Button>
                  </Form>
                ),
              },
            ]}
            empty={
              <EmptyState
                title="Ничего не нашлось"
                icon="search"
                actions={q ? <LinkButton href={address}>Показать все</LinkButton> : undefined}
              >
                Домен можно добавить: список действует сразу.
              </EmptyState>
            }
          />
        </Card>
        <Card title="Добавить домен">
          <Form action={address} label="Новый домен">
            <Stack>
              <Problems title="Домен не добавлен" failure={failure} />
              <TextField
                name="domain"
                label="Домен"
                hint="Как после @ в адресе, например mail.example"
                value={failure?.values.domain}
                error={problemOf(failure, 'domain')}
              />
              <div>
                <Button kind="main">Добавить</Button>
              </div>
            </Stack>
          </Form>
        </Card>
      </Columns>
    </Page>
  )
}
