/** The form of an indicator's definition. */
import {
  betters,
  breakKinds,
  indicatorLevels,
  indicatorSources,
  mergings,
  periodicities,
} from '../../../../contracts/indicators.ts'
import {
  Button,
  Card,
  Checkbox,
  ErrorSummary,
  FieldRow,
  Form,
  FormEnd,
  Group,
  LinkButton,
  Note,
  type Option,
  Page,
  Select,
  Stack,
  TextArea,
  TextField,
} from '../../../../web/kit/index.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { RoadmapTabs, roadmapCrumbs } from '../roadmaps/roadmap.tabs.tsx'
import type { RoadmapRow } from '../roadmaps/roadmaps.queries.ts'
import { betterNames, breaksNames, levelNames, mergingNames, sourceNames } from './definition.words.ts'
import { formField } from './definitions.form.ts'
import { periodicityNames } from './periods.ts'

export type DefinitionPageProps = {
  ctx: PageContext
  roadmap: RoadmapRow
  title: string
  action: string
  values: Readonly<Record<string, string>>
  /** Codes of the others, for formulas, and those that may weigh. */
  others: readonly { id: string; code: string; title: string }[]
  publishedPeriods: number
  failure?: FormFailure | undefined
}

export function DefinitionPage(props: DefinitionPageProps) {
  const { ctx, roadmap, title, action, failure, publishedPeriods } = props
  const back = `/roadmaps/${roadmap.id}/indicators/definitions`
  const problems = failure?.problems.map(({ field, text }) => ({ field: formField(field), text })) ?? []
  return (
    <Page
      title={title}
      frame={ctx.frame}
      crumbs={roadmapCrumbs(
        roadmap,
        { text: 'Показатели', href: `/roadmaps/${roadmap.id}/indicators` },
        { text: 'Описания', href: back },
        { text: title },
      )}
      help={{ href: '/guide/dorozhnaya-karta#t-описания-показателей', text: 'описание показателя' }}
      hasErrors={failure !== undefined}
    >
      <Stack>
        <RoadmapTabs ctx={ctx} roadmap={roadmap} current="indicators" />
        {problems.length > 0 ? <ErrorSummary title="Показатель не сохранён" errors={problems} /> : null}
        {failure && problems.length === 0 ? (
          <Note tone="bad" live="alert">
            {failure.message ?? ''}
          </Note>
        ) : null}
        {publishedPeriods > 0 ? (
          <Note title={`Опубликовано периодов: ${publishedPeriods}`}>
            Единицу, источник, формулу, уровень и периодичность сменить уже нельзя: опубликованные числа стали бы
            неверными. Заведите новый показатель, а этот уберите в архив.
          </Note>
        ) : null}
        <Card>
          <Form action={action} hidden={{ version: props.values.version }}>
            <Fields {...props} />
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

function Fields({ values, others, failure }: DefinitionPageProps) {
  const field = (name: string, label: string) => ({
    name,
    label,
    value: values[name] ?? '',
    ...errorOf(failure, name),
  })
  return (
    <>
      <Group id="what" title="Что измеряем">
        <TextField {...field('title', 'Название')} maxLength={200} />
        <TextArea {...field('definition', 'Описание')} hint="Кого и что считать, на какую дату" optional rows={3} />
        <FieldRow>
          <TextField {...field('unit', 'Единица измерения')} width={14} />
          <TextField {...field('code', 'Код для формул')} width={14} hint="Буквы, цифры, подчёркивание" />
          <TextField {...field('decimals', 'Знаков после запятой')} width={6} inputMode="numeric" />
          <TextField {...field('position', 'Место в списке')} width={6} inputMode="numeric" optional />
        </FieldRow>
        <Select {...field('better', 'Что лучше')} options={optionsOf(betters, betterNames)} />
      </Group>
      <Group id="source" title="Откуда число">
        <Select {...field('level', 'Чей показатель')} options={optionsOf(indicatorLevels, levelNames)} />
        <Select {...field('periodicity', 'Как часто')} options={optionsOf(periodicities, periodicityNames)} />
        <Select {...field('source', 'Откуда')} options={optionsOf(indicatorSources, sourceNames)} />
        <TextArea
          {...field('formula', 'Формула, если считается')}
          hint={`Знаки + − * /, скобки, числа, коды показателей; prev(код) — прошлый период. Коды: ${others.map(({ code }) => code).join(', ')}`}
          optional
          rows={2}
        />
        <FieldRow>
          <TextField
            {...field('pullForm', 'Форма отчётности')}
            hint="Если берётся из отчётов: 85-К"
            width={10}
            optional
          />
          <TextField {...field('pullSection', 'Раздел')} width={6} optional />
          <TextField {...field('pullRow', 'Строка')} width={6} optional />
          <TextField {...field('pullColumn', 'Графа')} width={6} optional />
        </FieldRow>
      </Group>
      <Group id="checks" title="Проверки при вводе">
        <FieldRow>
          <TextField {...field('least', 'Не меньше')} width={10} inputMode="decimal" optional />
          <TextField {...field('most', 'Не больше')} width={10} inputMode="decimal" optional />
          <TextField {...field('jumpPercent', 'Предупредить о скачке, %')} width={10} inputMode="decimal" optional />
        </FieldRow>
      </Group>
      <Group id="shown" title="Страна и карта">
        <Select {...field('merging', 'Число страны из чисел регионов')} options={optionsOf(mergings, mergingNames)} />
        <Select
          {...field('weightId', 'По какому показателю взвешивать')}
          options={others.map(({ id, title }) => ({ value: id, text: title }))}
          empty="Не взвешивать"
        />
        <Select {...field('breaks', 'Классы на карте')} options={optionsOf(breakKinds, breaksNames)} />
        <Checkbox
          name="public"
          label="Показывать всем на открытой странице после публикации"
          checked={values.public === 'on'}
        />
        <Checkbox
          name="countsPeople"
          label="Это число людей, вовлечённых в проект: показывать в шапке открытой страницы"
          checked={values.countsPeople === 'on'}
        />
      </Group>
    </>
  )
}

function errorOf(failure: FormFailure | undefined, name: string): { error?: string } {
  const found = failure?.problems.find(({ field }) => formField(field) === name)
  return found ? { error: found.text } : {}
}

const optionsOf = <T extends string>(values: readonly T[], names: Record<T, string>): Option[] =>
  values.map((value) => ({ value, text: names[value] }))
