/** What was understood of a workbook, table by table, to be mended before it becomes a form. */
import { compileForm, openSheet, type Template } from '../../../../engine/index.ts'
import {
  Button,
  Card,
  CardPart,
  Checkbox,
  cabinetCrumb,
  counted,
  FieldRow,
  Form,
  FormEnd,
  Note,
  Page,
  Select,
  Stack,
  TextField,
} from '../../../../web/kit/index.ts'
import { ReportTable } from '../../../../web/report/index.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { blankForm } from './blank.ts'
import { help, periodicities } from './draft.words.ts'
import type { UnderstoodTable } from './recognition.ts'

type BookProps = {
  ctx: PageContext
  book: { id: string; fileName: string }
  tables: UnderstoodTable[]
  values: Readonly<Record<string, string>>
  failure?: FormFailure | undefined
}

export function BookPage({ ctx, book, tables, values, failure }: BookProps) {
  const isFirst = values.cipher === undefined
  return (
    <Page
      title="Что понято из книги Excel"
      lead={`${book.fileName}: ${counted(tables.length, ['таблица', 'таблицы', 'таблиц'])}. Посмотрите на каждую. Если понято не так, поправьте строки и столбцы листа и нажмите «Прочитать заново».`}
      crumbs={[
        cabinetCrumb,
        { text: 'Формы отчётов', href: '/forms' },
        { text: 'Черновики', href: '/form-drafts' },
        { text: 'Книга Excel' },
      ]}
      help={help}
      wide
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Form action={`/form-drafts/books/${book.id}`} label="Что взять из книги">
        <Stack>
          {failure ? (
            <Note tone="bad" live="alert" title="Форма не создана">
              {failure.message ?? failure.problems.map(({ text }) => text).join('. ')}
            </Note>
          ) : null}
          <Card title="Какая это форма">
            <FieldRow>
              <TextField
                name="cipher"
                label="Краткое название"
                hint="как говорят: 85-К"
                value={values.cipher ?? book.fileName.replace(/\.\w+$/, '').slice(0, 40)}
              />
              <TextField name="okud" label="ОКУД" value={values.okud} width={10} optional />
              <Select
                name="periodicity"
                label="Периодичность"
                options={periodicities}
                value={values.periodicity ?? '1'}
              />
            </FieldRow>
            <TextField name="name" label="Полное название" value={values.name ?? tables[0]?.reading.name} />
          </Card>
          {tables.map((table, index) => (
            <TableCard
              key={index}
              table={table}
              index={index}
              taken={isFirst || values[`take.${index}`] !== undefined}
            />
          ))}
          <FormEnd>
            <Button kind="main" icon="check" name="do" value="take">
              Взять в черновик
            </Button>
            <Button icon="turn" name="do" value="again">
              Прочитать заново
            </Button>
          </FormEnd>
        </Stack>
      </Form>
    </Page>
  )
}

function TableCard({ table, index, taken }: { table: UnderstoodTable; index: number; taken: boolean }) {
  const { sheet, reading, section, notes } = table
  const field = (key: string, label: string, value: string | number, hint?: string) => (
    <TextField name={`${key}.${index}`} label={label} value={String(value)} width={6} {...(hint ? { hint } : {})} />
  )
  const form = compileForm({ ...shell, sections: [section] })
  return (
    <Card title={`${index + 1}. Лист «${sheet}»`} count={`${section.columns.length} × ${section.rows.length}`} flush>
      <CardPart>
        <Stack space="small">
          <Checkbox name={`take.${index}`} label="Взять эту таблицу как раздел" checked={taken} />
          <FieldRow>
            {field('code', 'Код раздела', reading.code)}
            <TextField name={`name.${index}`} label="Название раздела" value={reading.name} />
            <TextField name={`unit.${index}`} label="Единица измерения" value={reading.unit} width={14} />
          </FieldRow>
          <FieldRow>
            {field('headFrom', 'Шапка со строки', reading.headFrom)}
            {field('headTo', 'Шапка по строку', reading.headTo)}
            {field('numbers', 'Номера граф в строке', reading.numbers)}
            {field('from', 'Данные со строки', reading.from)}
            {field('to', 'Данные по строку', reading.to)}
            {field('nameColumn', 'Столбец названий', reading.nameColumn)}
            {field('codeColumn', 'Столбец кодов', reading.codeColumn)}
          </FieldRow>
          {notes.map((note) => (
            <Note key={note} tone="warn">
              {note}
            </Note>
          ))}
        </Stack>
      </CardPart>
      <CardPart>
        <ReportTable form={form} section={form.sections[0]?.code ?? ''} sheet={openSheet(form)} readOnly blank />
      </CardPart>
    </Card>
  )
}

const shell: Template = blankForm({ cipher: 'лист', name: 'лист', okud: '', periodicity: '1' })
