/** Controls of a draft: all of them, one of them with its rule read back in words, and ready patterns. */
import type { RuleReading } from '../../../../contracts/designer.ts'
import type { Control } from '../../../../engine/index.ts'
import {
  Badge,
  Button,
  Card,
  Disclosure,
  EmptyState,
  FieldRow,
  Filters,
  FilterText,
  Form,
  FormEnd,
  LinkButton,
  Note,
  Pager,
  Row,
  Select,
  Stack,
  Table,
  Text,
  TextArea,
  TextField,
  Under,
} from '../../../../web/kit/index.ts'
import { DraftShell, type Editing } from './draft.page.tsx'
import { draftAddress, partAddress } from './draft.words.ts'
import { PartProblems } from './problems.tsx'
import { patterns } from './rule-patterns.ts'
import { readRule } from './rule-words.ts'

const controlsOnPage = 50
const part = 'controls'

export function ControlsPage(editing: Editing) {
  const { draft, query } = editing
  const words = (query.q ?? '').toLowerCase()
  const found = draft.template.controls.filter(({ id, name, rule }) =>
    `${id} ${name} ${rule}`.toLowerCase().includes(words),
  )
  const page = query.page ?? 1
  const shown = found.slice((page - 1) * controlsOnPage, page * controlsOnPage)
  const isBad = new Set(draft.problems.filter((problem) => problem.level === 'error').map((problem) => problem.control))
  return (
    <DraftShell
      {...editing}
      title="Контроли"
      lead="Контроль сравнивает числа отчёта. Контроль на равенство, у которого слева закрытая ячейка, её же и рассчитывает."
    >
      <PartProblems draft={draft} part={part} />
      {draft.state === 'open' ? <Patterns {...editing} /> : null}
      <Card
        title="Все контроли"
        count={found.length}
        flush
        aside={
          draft.state === 'open' ? (
            <LinkButton size="small" icon="plus" href={partAddress(draft.id, { part, control: 'new' })}>
              Написать правило
            </LinkButton>
          ) : undefined
        }
      >
        <Filters
          label="Отбор контролей"
          action={draftAddress(draft.id)}
          keep={{ part }}
          reset={words ? partAddress(draft.id, { part }) : undefined}
        >
          <FilterText label="Номер, название или правило" value={query.q} />
        </Filters>
        <Table<Control>
          label="Контроли формы"
          rows={shown}
          rowKey={({ id }) => id}
          empty={
            <EmptyState title="Контролей нет">
              Без них форма проверяется только по форматам. Начните с готового образца выше.
            </EmptyState>
          }
          columns={[
            {
              key: 'id',
              title: 'Контроль',
              cell: ({ id, name }) => (
                <>
                  <a href={partAddress(draft.id, { part, control: id })}>{id}</a>
                  <Under>{name}</Under>
                </>
              ),
            },
            {
              key: 'rule',
              title: 'Правило словами',
              cell: (control) => (
                <>
                  {readRule(control).words ?? 'Прочитать нельзя'}
                  <Under>
                    <code>{control.rule}</code>
                  </Under>
                </>
              ),
            },
            {
              key: 'level',
              title: 'Состояние',
              width: 'state',
              cell: ({ id, level }) =>
                isBad.has(id) ? (
                  <Badge tone="bad" text="исправить" />
                ) : level === 'error' ? (
                  <Badge tone="ok" text="обязателен" />
                ) : (
                  <Badge tone="warn" text="предупреждает" />
                ),
            },
          ]}
        />
        <Pager
          page={page}
          size={controlsOnPage}
          shown={shown.length}
          total={found.length}
          href={(to) => partAddress(draft.id, { part, q: query.q, page: to })}
        />
      </Card>
    </DraftShell>
  )
}

function Patterns({ draft, failure }: Editing) {
  const values = failure?.values ?? {}
  const sections = draft.template.sections.map(({ code, name, number }) => ({
    value: code,
    text: `${number ?? code}. ${name}`,
  }))
  return (
    <Card title="Добавить по образцу">
      {sections.length === 0 ? (
        <EmptyState title="Сначала опишите разделы">Контроль ссылается на их строки и графы.</EmptyState>
      ) : (
        <Form
          action={`${draftAddress(draft.id)}/pattern`}
          label="Контроль по образцу"
          hidden={{ version: String(draft.version) }}
        >
          <FieldRow>
            <Select
              name="pattern"
              label="Образец"
              options={Object.entries(patterns).map(([value, text]) => ({ value, text }))}
              value={values.pattern}
            />
            <Select name="section" label="Раздел" options={sections} value={values.section} />
          </FieldRow>
          <FieldRow>
            <TextField
              name="left"
              label="Что сравниваем"
              hint="графа или строка итога: 3"
              value={values.left}
              width={14}
            />
            <TextField name="right" label="С чем" hint="4-11; другая ячейка: 2/201/4" value={values.right} width={14} />
          </FieldRow>
          <FieldRow>
            <TextField
              name="rows"
              label="В строках"
              hint="701-710; пусто — во всех"
              value={values.rows}
              width={14}
              optional
            />
            <TextField
              name="columns"
              label="В графах"
              hint="3-8; пусто — во всех"
              value={values.columns}
              width={14}
              optional
            />
          </FieldRow>
          <FormEnd>
            <Button icon="plus">Добавить контроль</Button>
          </FormEnd>
        </Form>
      )}
    </Card>
  )
}

/** @param reading of what was typed, when the person has asked for it */
type ControlProps = Editing & {
  control: Control | undefined
  typed?: Readonly<Record<string, string>> | undefined
  reading?: RuleReading | undefined
}

export function ControlPage({ control, typed, reading, ...editing }: ControlProps) {
  const { draft } = editing
  const values: Readonly<Record<string, string>> =
    typed ?? (control ? fieldsOf(control) : { level: 'error', precision: '2', id: nextId(draft.template.controls) })
  const read =
    reading ??
    readRule({ rule: values.rule ?? '', condition: values.condition ?? '', periodClause: values.periodClause ?? '' })
  const isOpen = draft.state === 'open'
  return (
    <DraftShell {...editing} title={control ? `Контроль ${control.id}` : 'Новый контроль'}>
      <Card title="Что проверять">
        <Form
          action={`${draftAddress(draft.id)}/control`}
          label="Контроль"
          hidden={{ version: String(draft.version), was: control?.id ?? '' }}
          draft={`form-draft:${draft.id}:control:${control?.id ?? 'new'}:${draft.version}`}
        >
          <FieldRow>
            <TextField name="id" label="Номер" value={values.id} width={10} />
            <Select
              name="level"
              label="Если не сходится"
              options={[
                { value: 'error', text: 'ошибка: отправить нельзя' },
                { value: 'warning', text: 'предупреждение: нужно пояснение' },
              ]}
              value={values.level}
            />
          </FieldRow>
          <TextArea
            name="name"
            label="Что прочтёт заполняющий"
            hint="простыми словами: всего должно быть равно сумме"
            value={values.name}
            rows={2}
          />
          <div data-rule-reading={`/api/v1/form-drafts/${draft.id}/rule-readings`}>
            <TextArea
              name="rule"
              id="rule"
              label="Правило"
              hint="{[раздел][строки][графа]}|=|SUM{[раздел][строки][графы]}"
              value={values.rule}
              rows={3}
            />
            <Reading reading={read} rule={values.rule ?? ''} />
          </div>
          <TextArea
            name="condition"
            label="Когда проверять"
            hint="такая же запись; пусто — всегда"
            value={values.condition}
            rows={2}
            optional
          />
          <FieldRow>
            <TextField
              name="fault"
              label="Допуск"
              hint="какая разница ещё не ошибка"
              value={values.fault}
              width={6}
              optional
            />
            <TextField
              name="precision"
              label="Знаков после запятой"
              value={values.precision}
              width={6}
              inputMode="numeric"
            />
            <TextField
              name="periodClause"
              label="Периоды"
              hint="&NP=4 — только четвёртый"
              value={values.periodClause}
              width={14}
              optional
            />
          </FieldRow>
          {isOpen ? (
            <FormEnd>
              <Button kind="main" icon="save" name="do" value="save">
                Сохранить
              </Button>
              <Button name="do" value="read" icon="eye">
                Прочитать словами
              </Button>
              {control ? (
                <Button kind="bad" name="do" value="remove" icon="bin">
                  Убрать контроль
                </Button>
              ) : null}
            </FormEnd>
          ) : null}
        </Form>
      </Card>
      <Card title="Как писать правила">
        <Disclosure title="Коротко о записи" under="Ячейки, суммы, прошлый период, другая форма">
          <Stack space="small">
            <Text>
              Ячейка: {'{[раздел][строка][графа]}'}. Вместо кода можно диапазон 701-710, список 701,703 или звёздочку.
            </Text>
            <Text>Сравнения: |=|, |&lt;=|, |&gt;=|, |&lt;|, |&gt;|, |&lt;&gt;|. Сумма: {'SUM{[7][701][4-11]}'}.</Text>
            <Text>
              Прошлый период: двойные скобки {'{{[7][701][3]}}'}. Другая форма: {'{85-К:[7][701][3]}'}.
            </Text>
            <Text>Связки: and и or. Функции: SUM, ABS, FLOOR, ROUND, ISNULL, COALESCE, NULLIF.</Text>
          </Stack>
        </Disclosure>
        <Row>
          <LinkButton href={partAddress(draft.id, { part })}>Ко всем контролям</LinkButton>
        </Row>
      </Card>
    </DraftShell>
  )
}

/** How a rule reads, or where it cannot be read; a script writes the same as it is typed. */
function Reading({ reading: { words, faults }, rule }: { reading: RuleReading; rule: string }) {
  if (!rule.trim()) return <div data-reading role="status" />
  return (
    <div data-reading role="status">
      {words && faults.length === 0 ? (
        <Note tone="ok" title="Правило читается так">
          {words}
        </Note>
      ) : (
        <Note tone="bad" title="Прочитать нельзя">
          {faults
            .map(
              ({ part: where, text, offset }) =>
                `${partWords[where]}, знак ${offset + 1}: ${text}${markOf(where === 'rule' ? rule : '', offset)}`,
            )
            .join(' ')}
        </Note>
      )}
    </div>
  )
}

const partWords = { rule: 'Правило', condition: 'Условие', periodClause: 'Периоды' } as const

/** The rule with a mark before the sign that is in the way. */
const markOf = (rule: string, offset: number): string =>
  rule ? ` Вот здесь: ${rule.slice(Math.max(0, offset - 20), offset)} ▸${rule.slice(offset, offset + 20)}` : ''

const fieldsOf = ({
  id,
  name,
  condition,
  rule,
  level,
  fault,
  precision,
  periodClause,
}: Control): Record<string, string> => ({
  id,
  name,
  condition,
  rule,
  level,
  fault: fault ?? '',
  precision: String(precision),
  periodClause,
})

/** The first number that no control has. */
export function nextId(controls: readonly Control[]): string {
  const taken = new Set(controls.map(({ id }) => id))
  let number = controls.length + 1
  while (taken.has(String(number))) number += 1
  return String(number)
}
