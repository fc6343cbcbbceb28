/** The form of a campaign, with who it is before anything is saved. */
import type { AudiencePreview } from '../../../../contracts/campaigns.ts'
import {
  Button,
  Card,
  Checkbox,
  Checkboxes,
  type Crumb,
  cabinetCrumb,
  DateField,
  ErrorSummary,
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
import { chosenIn, mostRules } from './audience.form.ts'
import type { Place } from './audience.queries.ts'
import { periodTitle } from './periods.ts'
import { Preview } from './preview.card.tsx'
import { Rule } from './rule.part.tsx'

export type CampaignFormProps = {
  ctx: PageContext
  title: string
  action: string
  back: string
  /** None: the form and the period of a campaign stay as they were drafted. */
  forms: readonly { value: string; text: string }[] | undefined
  places: readonly Place[]
  /** Of every place chosen, offered or not. */
  names: ReadonlyMap<string, string>
  values: Readonly<Record<string, string>>
  open: boolean
  failure?: FormFailure | undefined
  preview?: AudiencePreview | undefined
}

export function CampaignFormPage(props: CampaignFormProps) {
  const { ctx, title, action, back, forms, values, open, failure, preview } = props
  const problems = failure?.problems ?? []
  const errorOf = (field: string) =>
    problems.find((problem) => problem.field === field || problem.field.startsWith(`${field}.`))?.text
  const rules = Math.min(mostRules, Math.max(1, Number(values.rules ?? 1)))
  const crumbs: Crumb[] = [cabinetCrumb, { text: 'Сборы', href: '/campaigns' }, { text: title }]
  return (
    <Page
      title={title}
      lead="Кто отчитывается, по какой форме и до какого дня. Организации узнают о сборе, когда вы его откроете."
      frame={ctx.frame}
      crumbs={crumbs}
      help={{ href: '/guide/sbory', text: 'новый сбор' }}
      hasErrors={failure !== undefined}
    >
      <Stack>
        <ErrorSummary title="Сбор не сохранён" errors={problems} />
        {failure?.message ? (
          <Note tone="bad" live="alert">
            {failure.message}
          </Note>
        ) : null}
        {preview ? <Preview preview={preview} open={open} /> : null}
        <Card>
          <Form action={action} hidden={{ version: values.version, rules: String(rules) }}>
            {forms ? <Subject forms={forms} values={values} errorOf={errorOf} /> : null}
            <Terms values={values} open={open} errorOf={errorOf} />
            <Stack>
              {Array.from({ length: rules }, (_, index) => (
                <Rule key={index} {...props} index={index} rules={rules} errorOf={errorOf} />
              ))}
              {rules < mostRules ? (
                <Button name="do" value="rule" icon="plus">
                  Добавить правило
                </Button>
              ) : null}
            </Stack>
            <Group id="lists" title="Списки" lead="Прибавляются к правилам или исключаются из них.">
              <Parts name="alsoParts" label="Участвуют подразделения и филиалы" {...props} />
              <TextArea
                name="also"
                label="Участвуют ещё"
                hint="ИНН через запятую, пробел или с новой строки"
                optional
                value={values.also}
                error={errorOf('also')}
              />
              <Parts name="exceptParts" label="Не участвуют подразделения и филиалы" {...props} />
              <TextArea
                name="except"
                label="Не участвуют"
                hint="ИНН организаций, которые подходят под правила, но не отчитываются"
                optional
                value={values.except}
                error={errorOf('except')}
              />
            </Group>
            <FormEnd>
              <Button kind="main" name="do" value="save">
                {open ? 'Сохранить изменения' : 'Сохранить черновик'}
              </Button>
              <Button name="do" value="preview">
                Посмотреть, кто это
              </Button>
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

/** They share the ИНН of their legal person, so they are kept by name. */
function Parts({
  name,
  label,
  values,
  names,
}: Pick<CampaignFormProps, 'values' | 'names'> & { name: string; label: string }) {
  const chosen = chosenIn(values, name)
  if (chosen.length === 0) return null
  return (
    <Checkboxes
      name={name}
      label={label}
      hint="Снимите отметку, чтобы убрать"
      options={chosen.map((id) => ({ value: id, text: names.get(id) ?? 'Организация, которой больше нет' }))}
      values={chosen}
    />
  )
}

export type PartProps = { values: CampaignFormProps['values']; errorOf: (field: string) => string | undefined }

const periods = [1, 2, 4, 12].flatMap((periodKind) =>
  Array.from({ length: periodKind }, (_, index) => ({
    value: `${periodKind}-${index + 1}`,
    text: periodKind === 1 ? 'год' : withoutYear({ periodKind, periodNumber: index + 1 }),
  })),
)

function withoutYear(period: { periodKind: number; periodNumber: number }): string {
  return periodTitle({ year: 0, ...period }).replace(/ 0 .*$/, '')
}

function Subject({ forms, values, errorOf }: PartProps & { forms: NonNullable<CampaignFormProps['forms']> }) {
  return (
    <Group id="subject" title="Что собирать">
      <Select name="form" label="Форма" options={forms} value={values.form} error={errorOf('form')} />
      <FieldRow>
        <TextField
          name="year"
          label="Год"
          width={6}
          inputMode="numeric"
          value={values.year ?? String(new Date().getFullYear())}
          error={errorOf('year')}
        />
        <Select
          name="period"
          label="Период"
          options={periods}
          value={values.period ?? '1-1'}
          error={errorOf('period')}
        />
      </FieldRow>
    </Group>
  )
}

function Terms({ values, open, errorOf }: PartProps & { open: boolean }) {
  return (
    <Group id="terms" title="Сроки">
      <FieldRow>
        <DateField
          name="deadline"
          label="Срок для организаций"
          hint="ДД.ММ.ГГГГ, до конца дня"
          value={values.deadline}
          error={errorOf('deadline')}
        />
        {open ? null : (
          <DateField
            name="opensAt"
            label="Открыть сбор"
            hint="ДД.ММ.ГГГГ; пусто — сразу"
            optional
            value={values.opensAt}
            error={errorOf('opensAt')}
          />
        )}
      </FieldRow>
      <TextField
        name="reminderDays"
        label="Напоминания"
        hint="За сколько дней до срока; со знаком минус — после него. Придут в рабочие часы по времени организации"
        value={values.reminderDays ?? '14, 3, 1, −1, −7'}
        error={errorOf('reminderDays')}
      />
      <Checkbox
        name="regular"
        label="Готовить черновик за следующий период"
        hint="Он появится за три недели до конца периода, открыть его решаете вы"
        checked={values.regular !== undefined}
      />
    </Group>
  )
}
