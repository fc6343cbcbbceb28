/** For the administrator: forms in force, publishing one from its template file, opening a campaign. */
import type { FormProblem, StatisticalForm } from '../../../../contracts/forms.ts'
import {
  Button,
  Card,
  Columns,
  cabinetCrumb,
  DateField,
  EmptyState,
  ErrorSummary,
  FileField,
  Form,
  FormEnd,
  formatDate,
  LinkButton,
  List,
  ListItem,
  Note,
  Page,
  Select,
  Stack,
  Table,
  TextField,
  Under,
} from '../../../../web/kit/index.ts'
import type { AppError } from '../../../kernel/errors/index.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { kindNames } from '../../organisations/index.ts'
import { BadTemplate } from '../reporting.errors.ts'

type FormsProps = {
  ctx: PageContext
  forms: StatisticalForm[]
  /** Of which of the two forms of the page. */
  failure?: { of: 'template' | 'campaign'; failure: FormFailure } | undefined
}

export function FormsPage({ ctx, forms, failure }: FormsProps) {
  const ofTemplate = failure?.of === 'template' ? failure.failure : undefined
  const ofCampaign = failure?.of === 'campaign' ? failure.failure : undefined
  return (
    <Page
      title="Формы отчётов"
      lead="Форму собирают в черновике или публикуют готовым файлом: шаблоном Росстата (XML) или YAML. Отчёты уже открытых сборов остаются на той версии, с которой сбор открыли."
      crumbs={[cabinetCrumb, { text: 'Формы отчётов' }]}
      help={{ href: '/guide/formy', text: 'формы отчётов' }}
      actions={
        <LinkButton href="/form-drafts" icon="pen" kind="main">
          Собрать или изменить форму
        </LinkButton>
      }
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Stack>
        <Card title="Действующие формы" flush>
          <Table
            label="Опубликованные формы"
            rows={forms}
            rowKey={({ id }) => id}
            empty={
              <EmptyState title="Форм пока нет" icon="table">
                Загрузите файл шаблона: форма появится здесь, и по ней можно будет открыть сбор.
              </EmptyState>
            }
            columns={[
              {
                key: 'name',
                title: 'Форма',
                cell: ({ code, cipher, name }) => (
                  <>
                    <a href={`/forms/${encodeURIComponent(code)}`}>{cipher}</a>
                    <Under>{name}</Under>
                  </>
                ),
              },
              { key: 'okud', title: 'ОКУД', unbroken: true, cell: ({ okud }) => okud || '—' },
              { key: 'version', title: 'Версия', numeric: true, cell: ({ version }) => version },
              {
                key: 'published',
                title: 'Опубликована',
                unbroken: true,
                cell: ({ publishedAt }) => formatDate(publishedAt, ctx.timeZone),
              },
            ]}
          />
        </Card>
        <Columns shape="half">
          <TemplateForm failure={ofTemplate} />
          <CampaignForm forms={forms} failure={ofCampaign} />
        </Columns>
      </Stack>
    </Page>
  )
}

function TemplateForm({ failure }: { failure: FormFailure | undefined }) {
  const problems = failure ? templateProblems(failure.error) : []
  return (
    <Card title="Опубликовать форму">
      <Stack>
        {failure ? (
          <Note tone="bad" live="alert">
            {failure.message ?? failure.problems.map(({ text }) => text).join('; ')}
          </Note>
        ) : null}
        {problems.length > 0 ? (
          <List label="Что не так в шаблоне">
            {problems.slice(0, 200).map((problem, index) => (
              <ListItem
                key={index}
                top={[problem.level === 'error' ? 'ошибка' : 'предупреждение', placeOf(problem)]}
                title={problem.text}
              />
            ))}
          </List>
        ) : null}
        <Form action="/forms" files>
          <FileField
            name="file"
            label="Файл шаблона"
            hint="XML формата 1.3 или YAML, не больше 10 МБ"
            accept=".xml,.yaml,.yml"
          />
          <FormEnd>
            <Button icon="upload">Проверить и опубликовать</Button>
          </FormEnd>
        </Form>
      </Stack>
    </Card>
  )
}

const placeOf = ({ where, line, position }: FormProblem): string =>
  line === undefined || where.startsWith('строка файла')
    ? `${where}${position === undefined ? '' : `, знак ${position}`}`
    : `${where}, строка файла ${line}`

// as: the error's class gives its parameters this shape
const templateProblems = (error: AppError): FormProblem[] =>
  error instanceof BadTemplate ? (error.params.problems as FormProblem[]) : []

function CampaignForm({ forms, failure }: { forms: StatisticalForm[]; failure: FormFailure | undefined }) {
  const problems = failure?.problems ?? []
  const values = failure?.values ?? {}
  const errorOf = (field: string) => problems.find((problem) => problem.field === field)?.text
  return (
    <Card title="Открыть сбор">
      <Stack>
        <ErrorSummary title="Сбор не открыт" errors={problems.map(({ field, text }) => ({ field, text }))} />
        {failure?.message ? (
          <Note tone="bad" live="alert">
            {failure.message}
          </Note>
        ) : null}
        <Form action="/campaigns">
          <Select
            name="form"
            label="Форма"
            options={forms.map(({ id, cipher }) => ({ value: id, text: cipher }))}
            value={values.form}
            error={errorOf('form')}
          />
          <TextField
            name="year"
            label="Год"
            width={6}
            inputMode="numeric"
            value={values.year}
            error={errorOf('year')}
          />
          <DateField
            name="deadline"
            label="Срок для организаций"
            hint="ДД.ММ.ГГГГ, до конца дня"
            value={values.deadline}
            error={errorOf('deadline')}
          />
          <Select
            name="organisationKind"
            label="От кого собирать"
            options={Object.entries(kindNames).map(([value, text]) => ({ value, text }))}
            value={values.organisationKind ?? 'preschool'}
            error={errorOf('organisationKind')}
          />
          <FormEnd>
            <Button>Открыть сбор</Button>
          </FormEnd>
        </Form>
      </Stack>
    </Card>
  )
}
