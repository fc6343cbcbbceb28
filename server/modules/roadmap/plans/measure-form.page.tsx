/** A measure is written, or its responsible ones are set: what is the template's stands there, and why it is locked. */
import type { Measure } from '../../../../contracts/measures.ts'
import {
  Button,
  Card,
  Checkboxes,
  type Crumb,
  DateField,
  Disclosure,
  ErrorSummary,
  Facts,
  FieldRow,
  Form,
  FormEnd,
  Group,
  LinkButton,
  Note,
  Page,
  Select,
  Stack,
  TextArea,
  TextField,
} from '../../../../web/kit/index.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import type { SectionRow } from '../roadmaps/roadmaps.queries.ts'
import type { PlannedMeasure } from './changing.queries.ts'
import { termOf } from './plan.words.ts'

export type MeasureFormProps = {
  ctx: PageContext
  title: string
  lead?: string
  crumbs: readonly Crumb[]
  action: string
  back: string
  values: Readonly<Record<string, string>>
  failure?: FormFailure | undefined
  hidden: Readonly<Record<string, string | undefined>>
  /** None: of a copy only the responsible ones are set. */
  whole?: Choices | undefined
  /** The copy whose fields of the template are locked. */
  copy?: Measure | undefined
  /** Who answers is the regions' affair: the template does not ask. */
  asksWho: boolean
}
export type Choices = {
  sections: readonly SectionRow[]
  indicators: readonly { id: string; title: string }[]
  /** The rest of the same plan. */
  others: readonly PlannedMeasure[]
  /** Next numbers, when the number may be left empty. */
  numbers?: readonly string[]
  /** Whether a moved term needs a reason. */
  asksReason: boolean
}
type Part = { values: MeasureFormProps['values']; errorOf: (field: string) => string | undefined }

export function MeasureFormPage(props: MeasureFormProps) {
  const { ctx, title, lead, crumbs, action, back, values, failure, hidden, whole, copy, asksWho } = props
  const problems = failure?.problems ?? []
  const part: Part = {
    values,
    errorOf: (name) => problems.find(({ field }) => field === name || field.startsWith(`${name}.`))?.text,
  }
  return (
    <Page
      title={title}
      lead={lead}
      frame={ctx.frame}
      crumbs={crumbs}
      help={{ href: '/guide/dorozhnaya-karta#t-план-мероприятий', text: 'изменение плана' }}
      hasErrors={failure !== undefined}
    >
      <Stack>
        <ErrorSummary title="Мероприятие не сохранено" errors={problems} />
        {failure?.message ? (
          <Note tone="bad" live="alert">
            {failure.message}
          </Note>
        ) : null}
        {copy ? <Locked measure={copy} /> : null}
        <Card>
          <Form action={action} hidden={hidden}>
            {whole ? <What {...part} {...whole} /> : null}
            {asksWho ? <Who {...part} /> : null}
            {whole ? <Proof {...part} {...whole} /> : null}
            {whole && whole.others.length > 0 ? <After {...part} {...whole} /> : null}
            <FormEnd>
              <Button kind="main">Сохранить</Button>
              <LinkButton kind="quiet" href={back}>
                Не сохранять
              </LinkButton>
            </FormEnd>
          </Form>
        </Card>
      </Stack>
    </Page>
  )
}

function Locked({ measure }: { measure: Measure }) {
  const { section, expectedResult } = measure
  return (
    <Card title="Из шаблона плана">
      <Stack space="small">
        <Note>
          Это мероприятие из шаблона, оно одинаково во всех регионах. Название, сроки, документы и зависимости меняет
          координатор — сразу для всех. Регион назначает ответственного и соисполнителей.
        </Note>
        <Facts
          facts={[
            ['Раздел', `${section.number}. ${section.title}`],
            ['Ожидаемый результат', expectedResult || '—'],
            ['Сроки', termOf(measure)],
          ]}
        />
      </Stack>
    </Card>
  )
}

function What({ values, errorOf, sections, numbers, asksReason }: Part & Choices) {
  return (
    <Group id="what" title="Что и когда">
      <Select
        name="sectionId"
        label="Раздел"
        options={sections.map(({ id, number, title }) => ({ value: id, text: `${number}. ${title}` }))}
        value={values.sectionId}
        error={errorOf('sectionId')}
      />
      <TextField
        name="number"
        label="Номер"
        width={10}
        optional={numbers !== undefined}
        hint={numbers ? `Пусто — следующий в разделе: ${numbers.join(', ')}` : undefined}
        value={values.number}
        error={errorOf('number')}
      />
      <TextArea name="title" label="Что нужно сделать" rows={2} value={values.title} error={errorOf('title')} />
      <TextArea
        name="expectedResult"
        label="Ожидаемый результат"
        hint="Что будет, когда мероприятие выполнят: приказ, отчёт, обученные люди"
        rows={2}
        optional
        value={values.expectedResult}
        error={errorOf('expectedResult')}
      />
      <FieldRow>
        <DateField name="startsOn" label="Начало" optional value={values.startsOn} error={errorOf('startsOn')} />
        <DateField
          name="dueOn"
          label="Срок"
          hint="ДД.ММ.ГГГГ, последний день"
          value={values.dueOn}
          error={errorOf('dueOn')}
        />
      </FieldRow>
      {asksReason ? (
        <TextArea
          name="reason"
          label="Почему меняется срок"
          hint="Нужно, только если меняете начало или срок. Останется в истории"
          rows={2}
          optional
          value={values.reason}
          error={errorOf('reason')}
        />
      ) : null}
    </Group>
  )
}

function Who({ values, errorOf }: Part) {
  return (
    <Group id="who" title="Кто выполняет">
      <TextField
        name="organisation"
        label="Ответственная организация"
        hint="Начните с названия или ИНН и выберите из реестра. Если в реестре её нет, впишите название"
        optional
        value={values.organisation}
        error={errorOf('organisation')}
        suggestionsFrom="/api/v1/measures/organisations"
        autocomplete="off"
      />
      <TextField
        name="responsiblePerson"
        label="Ответственное лицо"
        hint="Фамилия, имя, отчество, должность"
        optional
        value={values.responsiblePerson}
        error={errorOf('responsiblePerson')}
        autocomplete="off"
      />
      <TextArea
        name="coExecutors"
        label="Соисполнители"
        hint="Каждый с новой строки: название или ИНН организации"
        rows={3}
        optional
        value={values.coExecutors}
        error={errorOf('coExecutors')}
      />
    </Group>
  )
}

function Proof({ values, errorOf, indicators }: Part & Choices) {
  return (
    <Group id="proof" title="Чем подтверждается">
      <TextArea
        name="evidenceKinds"
        label="Подтверждающие документы"
        hint="Каждый с новой строки: приказ, протокол, отчёт"
        rows={3}
        optional
        value={values.evidenceKinds}
        error={errorOf('evidenceKinds')}
      />
      {indicators.length > 0 ? (
        <Select
          name="indicatorId"
          label="Показатель, на который влияет"
          empty="Никакой"
          optional
          options={indicators.map(({ id, title }) => ({ value: id, text: title }))}
          value={values.indicatorId}
          error={errorOf('indicatorId')}
        />
      ) : null}
    </Group>
  )
}

function After({ values, errorOf, others }: Part & Choices) {
  const chosen = values.after?.split('\n').filter(Boolean) ?? []
  const error = errorOf('after')
  return (
    <Group id="dependencies" title="После каких мероприятий">
      <Disclosure
        title={chosen.length > 0 ? `Выбрано: ${chosen.length}` : 'Ни от какого не зависит'}
        under="Мероприятия этого же плана, которые нужно выполнить раньше"
        open={error !== undefined || chosen.length > 0}
      >
        <Checkboxes
          name="after"
          label="Выполняется после"
          options={others.map(({ id, number, title }) => ({ value: id, text: `${number}. ${title}` }))}
          values={chosen}
          error={error}
        />
      </Disclosure>
    </Group>
  )
}
