/** A section of a draft: the table as it is drawn, its columns, its rows, and cells that are unlike their column. */
import { compileForm, type FormCell, type FormRow, type FormSection, openSheet } from '../../../../engine/index.ts'
import {
  Button,
  Card,
  CardPart,
  Disclosure,
  EmptyState,
  FieldRow,
  Form,
  FormEnd,
  LinkButton,
  Muted,
  Select,
  Stack,
  Table,
  Tabs,
  TextField,
} from '../../../../web/kit/index.ts'
import { ReportTable } from '../../../../web/report/index.ts'
import { DraftShell, type Editing } from './draft.page.tsx'
import { draftAddress, partAddress } from './draft.words.ts'
import { editorsOf } from './editors.ts'
import { LinesEditor } from './lines.editor.tsx'
import type { Line } from './lines.ts'
import { type Part, sectionCodeOf } from './parts.ts'
import { PartProblems } from './problems.tsx'

type SectionProps = Editing & { part: Part; typed?: Line[] | undefined }

export function SectionPage(props: SectionProps) {
  const { draft, query, part, typed } = props
  const form = compileForm(draft.template)
  const section = form.section(sectionCodeOf(part) ?? '')
  const view = query.view ?? 'table'
  const tabs = [
    { key: 'table', text: 'Как выглядит' },
    { key: 'columns', text: `Графы: ${section?.columns.length ?? 0}` },
    { key: 'rows', text: `Строки: ${section?.rows.length ?? 0}` },
    { key: 'cells', text: 'Ячейки' },
  ]
  if (!section)
    return (
      <DraftShell {...props} title="Раздела нет">
        <Card title="Такого раздела уже нет">
          <EmptyState title="Раздел убран или получил другой код">Выберите раздел в списке слева.</EmptyState>
        </Card>
      </DraftShell>
    )
  const [editor] = view === 'columns' || view === 'rows' ? editorsOf(part, view) : []
  return (
    <DraftShell {...props} title={`Раздел ${section.number}`} lead={section.name}>
      <Tabs
        label="Что в разделе"
        tabs={tabs.map(({ key, text }) => ({
          text,
          href: partAddress(draft.id, { part, view: key }),
          current: key === view,
        }))}
      />
      <PartProblems draft={draft} part={part} />
      {editor ? (
        <LinesEditor
          draftId={draft.id}
          version={draft.version}
          part={part}
          view={view}
          editor={editor}
          lines={typed ?? editor.lines(draft.template)}
          blank={query.blank}
          readOnly={draft.state !== 'open'}
          page={query.page ?? 1}
          pageHref={(page) => partAddress(draft.id, { part, view, page })}
        />
      ) : view === 'cells' ? (
        <Cells {...props} section={section} />
      ) : (
        <Drawn draftId={draft.id} part={part} section={section}>
          <ReportTable form={form} section={section.code} sheet={openSheet(form)} readOnly blank />
        </Drawn>
      )}
    </DraftShell>
  )
}

type DrawnProps = { draftId: string; part: Part; section: FormSection; children: preact.ComponentChildren }

function Drawn({ draftId, part, section, children }: DrawnProps) {
  if (section.rows.length === 0)
    return (
      <Card title="Таблица раздела">
        <EmptyState title="Строк ещё нет" icon="table">
          <LinkButton href={partAddress(draftId, { part, view: 'columns' })}>Описать графы</LinkButton>{' '}
          <LinkButton href={partAddress(draftId, { part, view: 'rows' })}>Описать строки</LinkButton>
        </EmptyState>
      </Card>
    )
  return (
    <Card title="Таблица раздела" flush>
      <CardPart>{children}</CardPart>
    </Card>
  )
}

const inputOptions = [
  { value: 'column', text: 'как сказано у графы' },
  { value: '0', text: 'не заполняется: «х» или сумма' },
  { value: '2', text: 'можно заполнить' },
  { value: '1', text: 'обязательно заполнить' },
]
const checkOptions = [
  { value: '1', text: 'по справочнику' },
  { value: '2', text: 'в пределах от–до' },
  { value: '3', text: 'из перечня' },
]

function Cells({ draft, part, section }: SectionProps & { section: FormSection }) {
  const rows = section.rows.filter(({ type }) => type !== 'C')
  return (
    <Form
      action={`${draftAddress(draft.id)}/cells`}
      label="Исключения ячеек"
      hidden={{ version: String(draft.version), part }}
    >
      <Stack>
        <Card title="Что сделать с выбранными ячейками">
          <Stack>
            <Muted>
              Отметьте ячейки в таблице ниже или назовите строки и графы. Отмеченное жирным уже не такое, как у графы.
            </Muted>
            <FieldRow>
              <TextField name="rows" label="Строки" hint="701-705, 710" width={14} />
              <TextField name="columns" label="Графы" hint="4-6" width={14} />
              <Select name="input" label="Сделать" options={inputOptions} />
            </FieldRow>
            <Disclosure title="Формат и проверка" under="Если нужны другие, чем у графы">
              <FieldRow>
                <TextField name="format" label="Формат" hint="пусто — прежний" width={14} optional />
                <TextField name="dictionary" label="Справочник" width={14} optional />
                <Select name="validationType" label="Проверка" options={checkOptions} empty="прежняя" />
                <TextField name="validation" label="Пределы или перечень" hint="0-100 или а,б,в" width={14} optional />
              </FieldRow>
            </Disclosure>
            {draft.state === 'open' ? (
              <FormEnd>
                <Button kind="main" icon="save">
                  Применить
                </Button>
              </FormEnd>
            ) : null}
          </Stack>
        </Card>
        <Card title="Ячейки раздела" flush>
          <Table<FormRow>
            label="Ячейки раздела: выбор"
            rows={rows}
            rowKey={({ code }) => code}
            narrow="scroll"
            empty={<EmptyState title="Строк ещё нет">Сначала опишите строки.</EmptyState>}
            columns={[
              { key: 'row', title: 'Строка', cell: ({ row }) => `${row.code} ${row.name}` },
              ...section.columns.flatMap(({ code, type }, position) =>
                type === 'B' || type === 'V'
                  ? []
                  : [{ key: `c${code}`, title: code, cell: (row: FormRow) => pickOf(row.cells[position]) }],
              ),
            ]}
          />
        </Card>
      </Stack>
    </Form>
  )
}

const kindWords: Record<FormCell['kind'], string> = {
  input: 'ввод',
  obligatory: 'обяз.',
  computed: 'сумма',
  pulled: 'тянется',
  closed: 'х',
  specific: 'ключ',
  label: '',
}

function pickOf(cell: FormCell | undefined) {
  if (!cell) return ''
  const own = cell.row.cells.some(({ column }) => column.toLowerCase() === cell.column.code.toLowerCase())
  const words = kindWords[cell.kind]
  return (
    <label class="choice">
      <input type="checkbox" name="cell" value={cell.address} aria-label={`Выбрать ячейку ${cell.address}: ${words}`} />
      <span>{own ? <b>{words}</b> : words}</span>
    </label>
  )
}
