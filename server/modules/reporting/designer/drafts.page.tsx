/** All open drafts, and the ways to begin one. */
import type { FormDraft } from '../../../../contracts/designer.ts'
import type { StatisticalForm } from '../../../../contracts/forms.ts'
import {
  Button,
  Card,
  Columns,
  cabinetCrumb,
  EmptyState,
  FileField,
  Form,
  FormEnd,
  formatDateTime,
  Note,
  Page,
  Select,
  Stack,
  Table,
  TextField,
  Under,
} from '../../../../web/kit/index.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { draftAddress, help, originWords, periodicities } from './draft.words.ts'

type DraftsProps = {
  ctx: PageContext
  drafts: FormDraft[]
  forms: StatisticalForm[]
  failure?: FormFailure | undefined
}

export function DraftsPage({ ctx, drafts, forms, failure }: DraftsProps) {
  const values = failure?.values ?? {}
  const errorOf = (field: string) => failure?.problems.find((problem) => problem.field.endsWith(field))?.text
  return (
    <Page
      title="Черновики форм"
      lead="Форму можно собрать здесь: из листа Excel, от действующей версии, из файла или с чистого листа. Пока она не опубликована, её видят только те, кто ведёт формы."
      crumbs={[cabinetCrumb, { text: 'Формы отчётов', href: '/forms' }, { text: 'Черновики' }]}
      help={help}
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Stack>
        {failure ? (
          <Note tone="bad" live="alert" title="Черновик не создан">
            {failure.message ?? failure.problems.map(({ text }) => text).join('. ')}
          </Note>
        ) : null}
        <Card title="Черновики в работе" flush>
          <Table<FormDraft>
            label="Черновики форм"
            rows={drafts}
            rowKey={({ id }) => id}
            keys
            empty={
              <EmptyState title="Черновиков нет" icon="pen">
                Начните новый: ниже четыре способа.
              </EmptyState>
            }
            columns={[
              {
                key: 'form',
                title: 'Форма',
                cell: ({ id, cipher, name }) => (
                  <>
                    <a href={draftAddress(id)}>{cipher || 'Без названия'}</a>
                    <Under>{name}</Under>
                  </>
                ),
              },
              {
                key: 'origin',
                title: 'Начат',
                cell: ({ origin, base }) => (base === null ? originWords[origin] : `${originWords[origin]} ${base}`),
              },
              { key: 'who', title: 'Правил последним', cell: ({ changedBy }) => changedBy ?? '—' },
              {
                key: 'at',
                title: 'Когда',
                unbroken: true,
                cell: ({ changedAt }) => formatDateTime(changedAt, ctx.timeZone),
              },
            ]}
          />
        </Card>
        <Columns shape="half">
          <Stack>
            <Card title="Из файла">
              <Form action="/form-drafts/file" label="Черновик из файла" files>
                <FileField
                  name="file"
                  label="Книга Excel, XML или YAML"
                  hint="Книга Excel (.xlsx): кабинет найдёт таблицы на листах, их шапку, графы и строки и покажет, что понял"
                  accept=".xlsx,.xml,.yaml,.yml"
                />
                <FormEnd>
                  <Button kind="main" icon="upload">
                    Прочитать файл
                  </Button>
                </FormEnd>
              </Form>
            </Card>
            {forms.length > 0 ? (
              <Card title="От действующей версии">
                <Form action="/form-drafts/version" label="Черновик от версии">
                  <Select
                    name="form"
                    label="Опубликованная форма"
                    options={forms.map(({ code, cipher, version }) => ({
                      value: code,
                      text: `${cipher}, версия ${version}`,
                    }))}
                  />
                  <FormEnd>
                    <Button icon="copy">Начать от неё</Button>
                  </FormEnd>
                </Form>
              </Card>
            ) : null}
          </Stack>
          <Card title="С чистого листа">
            <Form action="/form-drafts/blank" label="Пустой черновик" draft="form-draft:blank">
              <TextField
                name="cipher"
                label="Краткое название"
                hint="как говорят: 85-К"
                value={values.cipher}
                error={errorOf('cipher')}
                width={14}
              />
              <TextField name="name" label="Полное название" value={values.name} error={errorOf('name')} />
              <TextField name="okud" label="ОКУД" value={values.okud} width={10} inputMode="numeric" optional />
              <Select
                name="periodicity"
                label="Периодичность"
                options={periodicities}
                value={values.periodicity ?? '1'}
              />
              <FormEnd>
                <Button icon="plus">Создать</Button>
              </FormEnd>
            </Form>
          </Card>
        </Columns>
      </Stack>
    </Page>
  )
}
