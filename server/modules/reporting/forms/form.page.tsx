/** One form: its versions, and of one version the sections as they are drawn, controls, dictionaries, files. */
import type { FormVersion } from '../../../../contracts/forms.ts'
import { type Form as CompiledForm, type Control, type Dictionary, openSheet } from '../../../../engine/index.ts'
import {
  Badge,
  Button,
  Card,
  CardPart,
  Columns,
  cabinetCrumb,
  counted,
  Disclosure,
  EmptyState,
  Facts,
  Form,
  formatDate,
  formatNumber,
  LinkButton,
  Note,
  Page,
  Row,
  Stack,
  Table,
  Tabs,
  Under,
} from '../../../../web/kit/index.ts'
import { ReportTable } from '../../../../web/report/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import type { ShownVersion } from './forms.ts'
import { formAddress, periodicityOf, validityOf, versionAddress } from './forms.words.ts'

type FormPageProps = { ctx: PageContext; shown: ShownVersion; compiled: CompiledForm; section?: string | undefined }

export function FormPage({ ctx, shown, compiled, section }: FormPageProps) {
  const { form, versions, version, template } = shown
  const current = (section === undefined ? undefined : compiled.section(section)) ?? compiled.sections[0]
  const isNewest = version.id === versions[0]?.id
  return (
    <Page
      title={form.cipher}
      lead={form.name}
      crumbs={[cabinetCrumb, { text: 'Формы отчётов', href: '/forms' }, { text: form.cipher }]}
      help={{ href: '/guide/formy', text: 'формы отчётов' }}
      actions={
        <Form action="/form-drafts/version" hidden={{ form: form.code }} label="Изменить форму">
          <Button icon="pen">Изменить в черновике</Button>
        </Form>
      }
      frame={ctx.frame}
    >
      <Stack>
        {isNewest ? null : (
          <Note title={`Показана версия ${version.number}`}>
            <a href={formAddress(form.code)}>Открыть последнюю, {versions[0]?.number}</a>
          </Note>
        )}
        <Columns shape="half">
          <AboutForm compiled={compiled} shown={shown} />
          <Versions ctx={ctx} shown={shown} />
        </Columns>
        <Card title="Разделы" flush>
          <CardPart>
            <Tabs
              label="Разделы формы"
              tabs={compiled.sections.map(({ code, number, name }) => ({
                text: `${number}. ${name}`,
                href: `${versionAddress(form.code, version.number)}&section=${encodeURIComponent(code)}`,
                current: code === current?.code,
              }))}
            />
          </CardPart>
          {current ? (
            <CardPart>
              <ReportTable form={compiled} section={current.code} sheet={openSheet(compiled)} readOnly blank />
            </CardPart>
          ) : null}
        </Card>
        <Controls controls={template.controls} />
        <Dictionaries dictionaries={template.dictionaries} />
      </Stack>
    </Page>
  )
}

function AboutForm({ compiled, shown: { form, version } }: { compiled: CompiledForm; shown: ShownVersion }) {
  const { template } = compiled
  const file = `${formAddress(form.code)}/${version.number}`
  const cells = compiled.sections.reduce(
    (sum, { rows }) => sum + rows.reduce((inRows, row) => inRows + row.cells.length, 0),
    0,
  )
  return (
    <Card title={`Версия ${version.number}`}>
      <Stack>
        <Facts
          facts={[
            ['ОКУД', form.okud || '—'],
            ['Периодичность', periodicityOf(template.periodicity)],
            ['Действует', validityOf(version)],
            ['Разделов', String(template.sections.length)],
            ['Ячеек', formatNumber(String(cells))],
            ['Контролей', String(template.controls.length)],
          ]}
        />
        <Row>
          <LinkButton href={`${file}/form.xml`} icon="download" kind="quiet">
            Скачать XML
          </LinkButton>
          <LinkButton href={`${file}/form.yaml`} icon="download" kind="quiet">
            Скачать YAML
          </LinkButton>
        </Row>
      </Stack>
    </Card>
  )
}

function Versions({ ctx, shown: { form, versions, version } }: { ctx: PageContext; shown: ShownVersion }) {
  const compare = versions.length > 1 ? `${formAddress(form.code)}/comparison?after=${version.number}` : undefined
  return (
    <Card title="Версии" flush foot={compare ? <a href={compare}>Сравнить версии</a> : undefined}>
      <Table<FormVersion>
        label="Все версии формы"
        rows={versions}
        rowKey={({ id }) => id}
        isCurrent={({ id }) => id === version.id}
        columns={[
          {
            key: 'number',
            title: 'Версия',
            cell: ({ number, format }) => (
              <>
                <a href={versionAddress(form.code, number)}>{number}</a>
                <Under>{format.toUpperCase()}</Under>
              </>
            ),
          },
          { key: 'validity', title: 'Действует', cell: validityOf },
          {
            key: 'published',
            title: 'Опубликована',
            unbroken: true,
            cell: ({ publishedAt }) => formatDate(publishedAt, ctx.timeZone),
          },
          { key: 'campaigns', title: 'Сборов', numeric: true, cell: ({ campaigns }) => campaigns },
        ]}
      />
    </Card>
  )
}

const mostControls = 500

function Controls({ controls }: { controls: readonly Control[] }) {
  return (
    <Card title="Контроли" count={controls.length}>
      {controls.length > mostControls ? <p>Показаны первые {mostControls}, все — в файле формы.</p> : null}
      <Disclosure title="Показать контроли" under="Правила, условия, допуски">
        <Table
          label="Контроли формы"
          rows={controls.slice(0, mostControls)}
          rowKey={({ id }) => id}
          empty={<EmptyState title="Контролей нет">Форма проверяется только по форматам ячеек.</EmptyState>}
          columns={[
            {
              key: 'id',
              title: 'Контроль',
              cell: ({ id, name }) => (
                <>
                  {id}
                  <Under>{name}</Under>
                </>
              ),
            },
            {
              key: 'rule',
              title: 'Правило',
              cell: ({ rule, condition, periodClause, fault }) => (
                <>
                  <code>{rule}</code>
                  {condition ? <Under>если {condition}</Under> : null}
                  {periodClause ? <Under>для периодов {periodClause}</Under> : null}
                  {fault ? <Under>допуск {fault}</Under> : null}
                </>
              ),
            },
            {
              key: 'level',
              title: 'Обязательность',
              width: 'state',
              cell: ({ level }) =>
                level === 'error' ? <Badge tone="bad" text="ошибка" /> : <Badge tone="warn" text="предупреждение" />,
            },
          ]}
        />
      </Disclosure>
    </Card>
  )
}

const mostTerms = 300

function Dictionaries({ dictionaries }: { dictionaries: readonly Dictionary[] }) {
  if (dictionaries.length === 0) return null
  return (
    <Card title="Справочники" count={dictionaries.length}>
      {dictionaries.map(({ id, name, terms }) => (
        <Disclosure key={id} title={name ?? id} under={counted(terms.length, ['значение', 'значения', 'значений'])}>
          {terms.length > mostTerms ? <p>Показаны первые {mostTerms}, все — в файле формы.</p> : null}
          <Table
            label={`Справочник ${id}`}
            rows={terms.slice(0, mostTerms)}
            rowKey={(term) => `${term.id} ${term.name}`}
            columns={[
              { key: 'id', title: 'Код', cell: (term) => term.id },
              { key: 'name', title: 'Значение', cell: (term) => term.name },
            ]}
          />
        </Disclosure>
      ))}
    </Card>
  )
}
