import {
  FileFormat,
  ImportLinesQuery,
  ImportUpload,
  largestImport,
  type OrganisationImport,
  OrganisationsExport,
} from '../../../../contracts/imports.ts'
import {
  Button,
  Card,
  CardPart,
  Columns,
  cabinetCrumb,
  EmptyState,
  ErrorSummary,
  FileField,
  Form,
  FormEnd,
  formatDate,
  LinkButton,
  List,
  ListItem,
  Page,
  Quiet,
  Row,
  Stack,
} from '../../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { exportOrganisations, importReport, importTemplate } from './files.ts'
import { ImportPage } from './import.page.tsx'
import { importStateNames } from './imports.phrases.ts'
import {
  cancelImport,
  confirmImport,
  resumeImport,
  undoImport,
  uploadImport,
  viewImport,
  viewImportLines,
  viewImports,
} from './imports.ts'

const room = 65_536

/** Their addresses stand before `/organisations/{id}`, which would take them for organisations. */
export const importsPages = pages('/organisations')
  .get('/export', { needs: 'organisation.read', query: OrganisationsExport }, (ctx, _params, query) =>
    exportOrganisations(ctx, query),
  )
  .get('/imports', { needs: 'organisation.manage' }, async (ctx) => (
    <ImportsPage ctx={ctx} imports={await viewImports(ctx)} />
  ))
  .post(
    '/imports',
    {
      needs: 'organisation.manage',
      form: ImportUpload,
      largest: largestImport + room,
      again: async (ctx, _params, failure) => (
        <ImportsPage ctx={ctx} imports={await viewImports(ctx)} failure={failure} />
      ),
    },
    async (ctx, _params, { file }) =>
      seeOther(`/organisations/imports/${await uploadImport(ctx, file)}`, 'import.uploaded'),
  )
  .get('/imports/template', { needs: 'organisation.manage', query: FileFormat }, async (_ctx, _params, { format }) =>
    importTemplate(format),
  )
  .get('/imports/{id}', { needs: 'organisation.manage', query: ImportLinesQuery }, async (ctx, { id }, query) => (
    <ImportPage
      ctx={ctx}
      found={await viewImport(ctx, id)}
      lines={await viewImportLines(ctx, id, query)}
      query={query}
    />
  ))
  .get('/imports/{id}/report', { needs: 'organisation.manage', query: FileFormat }, (ctx, { id }, { format }) =>
    importReport(ctx, id, format),
  )
  .post('/imports/{id}/confirmation', { needs: 'organisation.manage' }, async (ctx, { id }) => {
    await confirmImport(ctx, id)
    return seeOther(`/organisations/imports/${id}`, 'import.confirmed')
  })
  .post('/imports/{id}/cancellation', { needs: 'organisation.manage' }, async (ctx, { id }) => {
    await cancelImport(ctx, id)
    return seeOther(`/organisations/imports/${id}`, 'import.cancelled')
  })
  .post('/imports/{id}/resumption', { needs: 'organisation.manage' }, async (ctx, { id }) => {
    await resumeImport(ctx, id)
    return seeOther(`/organisations/imports/${id}`, 'import.resumed')
  })
  .post('/imports/{id}/undoing', { needs: 'organisation.manage' }, async (ctx, { id }) => {
    await undoImport(ctx, id)
    return seeOther(`/organisations/imports/${id}`, 'import.undo-ordered')
  })

type Props = { ctx: PageContext; imports: OrganisationImport[]; failure?: FormFailure }

function ImportsPage({ ctx, imports, failure }: Props) {
  const error = failure ? (failure.problems[0]?.text ?? failure.message) : undefined
  return (
    <Page
      title="Импорт организаций"
      frame={ctx.frame}
      crumbs={[cabinetCrumb, { text: 'Организации', href: '/organisations' }, { text: 'Импорт' }]}
      help={{ href: '/guide/organizatsiya#t-вести-реестр-организаций', text: 'импорт организаций' }}
      lead="Сначала файл проверяется: видно, что добавится и изменится. Реестр меняется только после подтверждения."
      hasErrors={error !== undefined}
    >
      <Columns shape="form">
        <Stack>
          <ErrorSummary
            title="Файл не загружен"
            errors={error ? [{ field: 'file', text: error }] : []}
            kept="Выберите файл ещё раз: браузер не хранит его."
          />
          <Card title="Новый импорт">
            <Form action="/organisations/imports" label="Импорт организаций" files>
              <FileField
                name="file"
                label="Файл организаций"
                hint="Книга Excel (.xlsx) или CSV, до 20 МБ и 100 000 строк. В первой строке заголовки, как в шаблоне"
                accept=".xlsx,.csv,.txt"
                {...(error ? { error } : {})}
              />
              <FormEnd>
                <Button kind="main" icon="upload">
                  Загрузить и проверить
                </Button>
              </FormEnd>
            </Form>
          </Card>
          <Card title="Прежние импорты" flush>
            {imports.length === 0 ? (
              <EmptyState title="Импортов ещё не было" icon="folder">
                Возьмите шаблон, впишите в него организации и загрузите файл.
              </EmptyState>
            ) : (
              <CardPart>
                <List label="Импорты">
                  {imports.map(({ id, fileName, state, createdAt, lines }) => (
                    <ListItem
                      key={id}
                      title={fileName}
                      href={`/organisations/imports/${id}`}
                      under={[
                        formatDate(new Date(createdAt), ctx.timeZone),
                        importStateNames[state],
                        ...(lines > 0 ? [`строк: ${lines}`] : []),
                      ]}
                    />
                  ))}
                </List>
              </CardPart>
            )}
          </Card>
        </Stack>
        <Card title="Как подготовить файл">
          <Stack space="small">
            <p>
              Организация узнаётся по ИНН, подразделение и филиал по ИНН, вышестоящей и КПП или названию. Нет в реестре:
              добавим. Есть: изменим только то, что в файле отличается.
            </p>
            <p>Пустая ячейка ничего не меняет. Прочерк «-» стирает необязательный реквизит.</p>
            <Row>
              <LinkButton href="/organisations/imports/template?format=xlsx" icon="download">
                Шаблон XLSX
              </LinkButton>
              <LinkButton href="/organisations/imports/template?format=csv" kind="quiet">
                Шаблон CSV
              </LinkButton>
            </Row>
            <Quiet>Выгрузка из списка организаций идёт под теми же заголовками.</Quiet>
          </Stack>
        </Card>
      </Columns>
    </Page>
  )
}
