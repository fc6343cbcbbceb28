/** «Обратите внимание»: what is worth a second look, apart from errors and warnings; a word puts it out of the way. */
import type { Hint } from '../../../../contracts/checks.ts'
import {
  Button,
  Card,
  Count,
  Disclosure,
  Form,
  List,
  ListItem,
  Stack,
  Text,
  TextField,
} from '../../../../web/kit/index.ts'
import { cellHref, placeText } from '../../../../web/report/index.ts'
import type { ReportView } from '../reports/report.view.ts'

export function HintList({ view }: { view: ReportView }) {
  const open = view.hints.filter(({ dismissed }) => dismissed === null)
  const settled = view.hints.filter(({ dismissed }) => dismissed !== null)
  if (view.hints.length === 0) return null
  return (
    <Card title="Обратите внимание" id="hints" count={<Count value={open.length} />}>
      <Stack space="small">
        <Text>Это не ошибки: числа заметно отличаются от прежних или от обычных. Отправке они не мешают.</Text>
        {open.length > 0 ? <Hints view={view} hints={open} label="Что посмотреть ещё раз" /> : null}
        {settled.length > 0 ? (
          <Disclosure title={`Отмечено, что число верное: ${settled.length}`}>
            <Hints view={view} hints={settled} label="Отмеченное" />
          </Disclosure>
        ) : null}
      </Stack>
    </Card>
  )
}

function Hints({ view, hints, label }: { view: ReportView; hints: readonly Hint[]; label: string }) {
  const { report, form, section, may } = view
  return (
    <List label={label}>
      {hints.map((hint) => (
        <ListItem
          key={`${hint.kind}${hint.cell}`}
          title={placeText(form, hint.cell)}
          href={cellHref(hint.cell, section)}
          under={hint.dismissed === null ? [] : [`Верно: «${hint.dismissed}»`]}
          end={
            may.fill && hint.dismissed === null ? (
              <details class="sides">
                <summary>Так и должно быть</summary>
                <Form
                  action={`/reports/${report.id}/hints`}
                  label={`Число верное: ${placeText(form, hint.cell)}`}
                  hidden={{ section, kind: hint.kind, cell: hint.cell }}
                >
                  <Stack space="small">
                    <TextField
                      name="text"
                      id={`hint-${hint.kind}-${hint.cell.replaceAll('/', '-')}`}
                      label="Почему"
                      maxLength={500}
                    />
                    <Button size="small">Отметить</Button>
                  </Stack>
                </Form>
              </details>
            ) : undefined
          }
        >
          {hint.text.charAt(0).toUpperCase() + hint.text.slice(1)}
        </ListItem>
      ))}
    </List>
  )
}
