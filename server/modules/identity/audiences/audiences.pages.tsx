import type { VNode } from 'preact'
import { z } from 'zod'
import {
  type AudienceView,
  audiences,
  RuleForm,
  type RuleHistory,
  ruleInFields,
} from '../../../../contracts/audiences.ts'
import {
  Badge,
  Card,
  Columns,
  cabinetCrumb,
  counted,
  Facts,
  formatDateTime,
  LinkButton,
  List,
  ListItem,
  Muted,
  Page,
  Stack,
  Table,
  Under,
} from '../../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { Problems } from '../form-problems.tsx'
import { registrations, ruleInWords } from './audiences.phrases.ts'
import { changeRule, previewRule, viewRule, viewRuleHistory, viewRules } from './audiences.ts'
import { fieldsInOrder, RuleEditor } from './rule-editor.tsx'
import { PreviewPage } from './rule-preview.page.tsx'

const needs = 'audience.manage'
const params = { audience: z.enum(audiences) }
export const accounts = ['учётная запись', 'учётные записи', 'учётных записей'] as const

export const audiencesPages = pages('/access/audiences')
  .get('/', { needs }, async (ctx) => <ListPage ctx={ctx} rules={await viewRules(ctx)} />)
  .get('/{audience}', { needs, params }, async (ctx, { audience }) => (
    <RulePage ctx={ctx} view={await viewRule(ctx, audience)} history={await viewRuleHistory(ctx, audience)} />
  ))
  .get('/{audience}/edit', { needs, params }, async (ctx, { audience }) => {
    const view = await viewRule(ctx, audience)
    return <EditPage ctx={ctx} view={view} values={valuesOf(view)} />
  })
  .post(
    '/{audience}/edit',
    {
      needs,
      params,
      form: RuleForm,
      again: async (ctx, { audience }, failure) => (
        <EditPage ctx={ctx} view={await viewRule(ctx, audience)} values={failure.values} failure={failure} />
      ),
    },
    async (ctx, { audience }, { rule, version, step }) => {
      const view = await viewRule(ctx, audience)
      const values = { ...ruleInFields(rule), version: String(version) }
      switch (step) {
        case 'edit':
          return <EditPage ctx={ctx} view={view} values={values} />
        case 'preview':
          return (
            <PreviewPage
              ctx={ctx}
              view={view}
              rule={rule}
              values={values}
              preview={await previewRule(ctx, audience, rule)}
            />
          )
        case 'save':
          await changeRule(ctx, audience, { rule, version })
          return seeOther(`/access/audiences/${audience}`, 'audience.changed')
      }
    },
  )

const crumbs = [cabinetCrumb, { text: 'Доступ', href: '/access' }]
const list = { text: 'Аудитории', href: '/access/audiences' }

const valuesOf = ({ rule, version }: AudienceView): Record<string, string> => ({
  ...ruleInFields(rule),
  version: String(version),
})

function ListPage({ ctx, rules }: { ctx: PageContext; rules: AudienceView[] }) {
  return (
    <Page
      title="Аудитории"
      frame={ctx.frame}
      crumbs={[...crumbs, { text: 'Аудитории' }]}
      lead="У каждой аудитории своё правило: какими способами входят, что указывают и подтверждают."
    >
      <Card flush>
        <Table
          label="Список аудиторий"
          rows={rules}
          rowKey={({ audience }) => audience}
          columns={[
            {
              key: 'name',
              title: 'Аудитория',
              cell: ({ audience, name, version }) => (
                <>
                  <a href={`/access/audiences/${audience}`}>{name}</a>
                  {version > 0 ? <Under>правило изменено администратором</Under> : null}
                </>
              ),
            },
            { key: 'doors', title: 'Входят', cell: ({ rule }) => doorsInWords(rule) },
            { key: 'registration', title: 'Регистрация', cell: ({ rule }) => registrations[rule.registration] },
            { key: 'accounts', title: 'Учётных записей', numeric: true, cell: (view) => view.accounts },
          ]}
        />
      </Card>
    </Page>
  )
}

const doorsInWords = ({ doors }: AudienceView['rule']): string =>
  [
    doors.password ? 'пароль' : '',
    doors.passkey ? 'ключ доступа' : '',
    doors.domain ? 'домен' : '',
    doors.esia === 'yes' ? 'Госуслуги' : doors.esia === 'tied' ? 'привязанные Госуслуги' : '',
  ]
    .filter(Boolean)
    .join(', ')

function RulePage({ ctx, view, history }: { ctx: PageContext; view: AudienceView; history: RuleHistory }) {
  return (
    <Page
      title={view.name}
      frame={ctx.frame}
      crumbs={[...crumbs, list, { text: view.name }]}
      lead={counted(view.accounts, accounts)}
      actions={
        <LinkButton kind="main" icon="pen" href={`/access/audiences/${view.audience}/edit`}>
          Изменить правило
        </LinkButton>
      }
    >
      <Columns>
        <Card
          title="Что действует"
          aside={view.version === 0 ? <Badge tone="wait" text="как пришло с программой" /> : undefined}
        >
          <Facts facts={ruleInWords(view.rule)} />
        </Card>
        <History ctx={ctx} history={history} />
      </Columns>
    </Page>
  )
}

const History = ({ ctx, history }: { ctx: PageContext; history: RuleHistory }) => (
  <Card title="Что меняли" id="history">
    {history.length === 0 ? (
      <Muted>Правило ещё не меняли: действует то, что пришло с программой.</Muted>
    ) : (
      <List label="История правила">
        {history.map(({ at, by, version, changes }) => (
          <ListItem key={version} top={[formatDateTime(at, ctx.timeZone), by ?? 'из командной строки']}>
            <Stack space="small">
              {changes.map(({ name, before, after }) => (
                <span key={name}>
                  <b>{name}</b>: было «{before}», стало «{after}»
                </span>
              ))}
            </Stack>
          </ListItem>
        ))}
      </List>
    )}
  </Card>
)

type EditProps = { ctx: PageContext; view: AudienceView; values: Record<string, string>; failure?: FormFailure }

function EditPage({ ctx, view, values, failure }: EditProps): VNode {
  return (
    <Page
      title={`Правило: ${view.name}`}
      heading={view.name}
      frame={ctx.frame}
      crumbs={[...crumbs, list, { text: view.name, href: `/access/audiences/${view.audience}` }, { text: 'Изменение' }]}
      lead="Сначала увидите, кого коснётся изменение, и только потом сохраните его."
      hasErrors={failure !== undefined}
    >
      <Stack>
        <Problems title="Правило не сохранено" failure={failure} order={fieldsInOrder} />
        <RuleEditor view={view} values={values} failure={failure} />
      </Stack>
    </Page>
  )
}
