/** Parts of a draft that are lists: title, sections, dictionaries, pulled cells, totals, acceptance; and the form's own words. */
import {
  Button,
  Card,
  Checkbox,
  counted,
  EmptyState,
  FieldRow,
  Form,
  FormEnd,
  List,
  ListItem,
  Note,
  Select,
  Stack,
  TextArea,
  TextField,
} from '../../../../web/kit/index.ts'
import { DraftShell, type Editing } from './draft.page.tsx'
import { draftAddress, partAddress, periodicities } from './draft.words.ts'
import { editorsOf } from './editors.ts'
import { LinesEditor } from './lines.editor.tsx'
import type { Line } from './lines.ts'
import { type Part, partTitle } from './parts.ts'
import { PartProblems } from './problems.tsx'

export type Typed = { list: string; lines: Line[] }

const leads: Partial<Record<string, string>> = {
  sections: 'Каждый раздел — таблица на бланке. Добавьте его здесь, а графы и строки опишите на его странице.',
  pulls:
    'Такие ячейки не вводят: значение берётся из другого отчёта или из реквизитов. Ячейка пишется как раздел/строка/графа.',
  totals:
    'Числа в своде складываются, тексты нет. Здесь говорится, где это иначе: среднее, наибольшее или «не сводится».',
  acceptance: 'Кто принимает отчёт снизу вверх и какие файлы к нему нужны. Пусто — принимает вышестоящая организация.',
}

export function PartPage({ part, typed, ...editing }: Editing & { part: Part; typed?: Typed | undefined }) {
  const { draft, query } = editing
  const chosen = part === 'dictionaries' ? query.dictionary : undefined
  const isOpen = draft.state === 'open'
  return (
    <DraftShell
      {...editing}
      title={chosen ? `Справочник ${chosen}` : partTitle(part)}
      {...(leads[part] ? { lead: leads[part] } : {})}
    >
      <PartProblems draft={draft} part={part} />
      {part === 'head' ? <Head {...editing} /> : null}
      {editorsOf(part, undefined, chosen).map((editor) => (
        <LinesEditor
          key={editor.prefix}
          draftId={draft.id}
          version={draft.version}
          part={part}
          dictionary={chosen}
          editor={editor}
          lines={typed?.list === editor.prefix ? typed.lines : editor.lines(draft.template)}
          blank={query.blank}
          readOnly={!isOpen}
          page={query.page ?? 1}
          pageHref={(page) => partAddress(draft.id, { part, dictionary: chosen, page })}
        />
      ))}
      {part === 'acceptance' ? <Signature {...editing} /> : null}
      {part === 'dictionaries' && !chosen ? <Dictionaries {...editing} /> : null}
    </DraftShell>
  )
}

function Dictionaries({ draft }: Editing) {
  const { dictionaries } = draft.template
  return (
    <Card title="Значения справочников">
      {dictionaries.length === 0 ? (
        <EmptyState title="Справочников нет">
          Справочник нужен, когда в ячейке выбирают из списка: добавьте его выше, затем впишите значения.
        </EmptyState>
      ) : (
        <List label="Значения справочников">
          {dictionaries.map(({ id, name, terms }) => (
            <ListItem
              key={id}
              title={name || id}
              href={partAddress(draft.id, { part: 'dictionaries', dictionary: id })}
              under={[id, counted(terms.length, ['значение', 'значения', 'значений'])]}
            />
          ))}
        </List>
      )}
    </Card>
  )
}

function Head({ draft, failure }: Editing) {
  const { template } = draft
  const values = failure?.values ?? {
    code: template.code,
    okud: template.okud,
    cipher: template.cipher,
    name: template.name,
    periodicity: template.periodicity,
    keyField: template.keyField,
    renamed: Object.entries(template.renamed ?? {})
      .map(([was, is]) => `${was} ${is}`)
      .join('\n'),
  }
  const errorOf = (field: string) => failure?.problems.find((problem) => problem.field.endsWith(field))?.text
  return (
    <Card title="Как форма называется">
      <Form
        action={`${draftAddress(draft.id)}/head`}
        hidden={{ version: String(draft.version), part: 'head' }}
        draft={`form-draft:${draft.id}:head:${draft.version}`}
      >
        <FieldRow>
          <TextField
            name="cipher"
            label="Краткое название"
            hint="как говорят: 85-К"
            value={values.cipher}
            error={errorOf('cipher')}
            width={14}
          />
          <TextField name="okud" label="ОКУД" value={values.okud} inputMode="numeric" width={10} optional />
          <TextField
            name="code"
            label="Код формы"
            hint="по нему новая версия находит прежнюю"
            value={values.code}
            error={errorOf('code')}
            width={14}
          />
        </FieldRow>
        <TextArea name="name" label="Полное название" value={values.name} error={errorOf('name')} rows={2} />
        <FieldRow>
          <Select name="periodicity" label="Периодичность" options={periodicities} value={values.periodicity} />
          <TextField
            name="keyField"
            label="Поле, по которому отличают отчитывающихся"
            value={values.keyField}
            width={10}
            suggestions={['okpo', 'inn']}
          />
        </FieldRow>
        <TextArea
          name="renamed"
          label="Что переименовано с прежней версии"
          hint="По строке: прежнее место и новое, через пробел: 1/101 1/102. Так сравнения найдут числа прошлых лет."
          value={values.renamed}
          rows={3}
          optional
        />
        {draft.state === 'open' ? (
          <FormEnd>
            <Button kind="main" icon="save">
              Сохранить
            </Button>
          </FormEnd>
        ) : null}
      </Form>
    </Card>
  )
}

function Signature({ draft }: Editing) {
  return (
    <Card title="Подпись">
      <Form
        action={`${draftAddress(draft.id)}/signature`}
        hidden={{ version: String(draft.version), part: 'acceptance' }}
      >
        <Stack>
          <Checkbox
            name="signature"
            label="Перед отправкой отчёт подписывают квалифицированной электронной подписью"
            checked={draft.template.signature === 'qualified'}
          />
          {draft.state === 'open' ? (
            <FormEnd>
              <Button icon="save">Сохранить</Button>
            </FormEnd>
          ) : (
            <Note>Черновик закрыт.</Note>
          )}
        </Stack>
      </Form>
    </Card>
  )
}
