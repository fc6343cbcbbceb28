/** A list of a form as fields, a line for each thing; beside it the quick way, a block pasted from Excel. */
import {
  Button,
  Card,
  Disclosure,
  Form,
  FormEnd,
  Muted,
  Row,
  Select,
  Stack,
  Table,
  TextArea,
  TextField,
  Unseen,
} from '../../../../web/kit/index.ts'
import { draftAddress } from './draft.words.ts'
import type { Editor } from './editors.ts'
import type { Line, LineField } from './lines.ts'

/** Empty lines at the end, to be typed into: without scripts nothing else adds one. */
const spare = 3
/** More lines than this are looked at by parts: the rest stays as it is. */
export const linesOnPage = 150

export type LinesProps = {
  draftId: string
  version: number
  part: string
  view?: string | undefined
  dictionary?: string | undefined
  editor: Editor
  lines: readonly Line[]
  /** where an empty line stands between others */
  blank?: number | undefined
  readOnly: boolean
  page: number
  pageHref: (page: number) => string
}

/** A longer name stands in two lines. */
const longName = 38

type Numbered = { line: Line; at: number }

export function LinesEditor(props: LinesProps) {
  const { draftId, version, part, view, dictionary, editor, lines, blank, readOnly, page } = props
  const from = (page - 1) * linesOnPage
  const shown = lines.slice(from, from + linesOnPage)
  const withBlank = blank === undefined ? shown : [...shown.slice(0, blank), {}, ...shown.slice(blank)]
  const isLast = from + linesOnPage >= lines.length
  const all = [...withBlank, ...(isLast && !readOnly ? Array.from({ length: spare }, (): Line => ({})) : [])]
  const hidden = { version: String(version), part, view, dictionary, list: editor.prefix, from: String(from) }
  const pages = Math.ceil(lines.length / linesOnPage)
  const column = (field: LineField) => ({
    key: field.key,
    title: field.title,
    cell: ({ line, at }: Numbered) => fieldOf(editor, field, line, at, readOnly),
  })
  return (
    <Card title={editor.title} count={lines.length}>
      <Stack>
        {pages > 1 ? (
          <Row>
            {Array.from({ length: pages }, (_, index) => (
              <a key={index} href={props.pageHref(index + 1)} aria-current={index + 1 === page ? 'page' : undefined}>
                {`${index * linesOnPage + 1}–${Math.min(lines.length, (index + 1) * linesOnPage)}`}
              </a>
            ))}
          </Row>
        ) : null}
        <Form
          action={`${draftAddress(draftId)}/lines`}
          label={editor.title}
          hidden={hidden}
          draft={`form-draft:${draftId}:${part}:${view ?? ''}:${dictionary ?? ''}:${editor.prefix}:${from}:${version}`}
        >
          <Stack space="small">
            {readOnly ? null : (
              <Row>
                <Button kind="main" icon="save" name="do" value="save">
                  Сохранить
                </Button>
              </Row>
            )}
            <Table<Numbered>
              label={`${editor.title}: поля`}
              rows={all.map((line, at) => ({ line, at }))}
              rowKey={({ at }) => String(at)}
              rowId={({ line, at }) => `line-${line.was || at}`}
              narrow={2}
              fields
              columns={[
                ...editor.fields.slice(0, 1).map(column),
                {
                  key: 'do',
                  title: 'Место',
                  unbroken: true,
                  cell: ({ line, at }: Numbered) =>
                    readOnly || at >= withBlank.length ? (
                      ''
                    ) : (
                      <Moves at={at} about={line.name || line.code || line.cell || editor.noun} />
                    ),
                },
                ...editor.fields.slice(1).map(column),
              ]}
            />
            {readOnly ? null : (
              <>
                <Muted>Пустые строки внизу — для новых. Строка без кода и названия не сохраняется.</Muted>
                <FormEnd>
                  <Button icon="save" name="do" value="save">
                    Сохранить
                  </Button>
                </FormEnd>
                <Disclosure
                  title="Вставить из Excel"
                  under="Скопируйте строки в Excel и вставьте сюда: это быстрее всего"
                >
                  <Stack>
                    <TextArea
                      name="paste"
                      label="Скопированные строки"
                      hint={`По порядку столбцов: ${editor.fields.map(({ title }) => title.toLowerCase()).join(', ')}. Последние можно не заполнять.`}
                      rows={6}
                    />
                    <FormEnd>
                      <Button icon="plus" name="do" value="paste">
                        Добавить в конец
                      </Button>
                    </FormEnd>
                  </Stack>
                </Disclosure>
              </>
            )}
          </Stack>
        </Form>
      </Stack>
    </Card>
  )
}

function fieldOf(editor: Editor, field: LineField, line: Line, at: number, readOnly: boolean) {
  const name = `${editor.prefix}.${at}.${field.key}`
  const label = `${field.title}, ${editor.noun} ${at + 1}`
  const value = line[field.key] ?? ''
  if (readOnly) return field.options?.find((option) => option.value === value)?.text ?? value
  const was =
    field === editor.fields[0] ? (
      <input type="hidden" name={`${editor.prefix}.${at}.was`} value={line.was ?? ''} />
    ) : null
  return (
    <>
      {was}
      {field.options ? (
        <Select
          name={name}
          label={label}
          labelHidden
          options={field.options}
          value={line[field.key] ?? field.options[0]?.value ?? ''}
        />
      ) : field.wide && value.length > longName ? (
        <TextArea name={name} label={label} labelHidden value={value} rows={2} />
      ) : (
        <TextField name={name} label={label} labelHidden value={value} autocomplete="off" />
      )}
    </>
  )
}

function Moves({ at, about }: { at: number; about: string }) {
  const moves = [
    { value: `up:${at}`, icon: 'up', text: 'Выше' },
    { value: `down:${at}`, icon: 'down', text: 'Ниже' },
    { value: `below:${at}`, icon: 'plus', text: 'Вставить под ней' },
    { value: `remove:${at}`, icon: 'bin', text: 'Убрать' },
  ] as const
  return (
    <Row tight>
      {moves.map(({ value, icon, text }) => (
        <Button key={value} size="small" kind="quiet" icon={icon} name="do" value={value}>
          <Unseen>{`${text}: ${about}`}</Unseen>
        </Button>
      ))}
    </Row>
  )
}
