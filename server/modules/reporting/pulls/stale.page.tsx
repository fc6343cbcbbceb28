/** What has changed in other reports since somebody who fills this one in has looked: old and new, until they look. */
import { isStale } from '../../../../contracts/check-rules.ts'
import { russianNumber } from '../../../../engine/index.ts'
import { Button, Form, Note, Text } from '../../../../web/kit/index.ts'
import { cellHref, placeText } from '../../../../web/report/index.ts'
import type { ReportView } from '../reports/report.view.ts'

const mostListed = 50

export function StaleNote({ view: { report, form, pulled, section, may } }: { view: ReportView }) {
  const stale = Object.entries(pulled).filter(([, cell]) => isStale(cell))
  if (stale.length === 0) return null
  return (
    <Note tone="warn" id="stale" title="Устарело: числа в других отчётах изменились">
      <Text>В таблице уже стоят новые.</Text>
      <ul>
        {stale.slice(0, mostListed).map(([cell, { value, was, from }]) => (
          <li key={cell}>
            <a href={cellHref(cell, section)}>{placeText(form, cell)}</a>: было {shown(was ?? null)}, стало{' '}
            <b>{shown(value)}</b>. {from}
          </li>
        ))}
        {stale.length > mostListed ? <li>{`и ещё ${stale.length - mostListed}`}</li> : null}
      </ul>
      {may.fill ? (
        <Form action={`/reports/${report.id}/pulls-seen`} label="Изменения в подтянутых числах" hidden={{ section }}>
          <Button size="small" icon="check">
            Просмотрено
          </Button>
        </Form>
      ) : null}
    </Note>
  )
}

const shown = (value: string | null): string =>
  value === null ? 'пусто' : /^-?\d+(\.\d+)?$/.test(value) ? russianNumber(value) : `«${value}»`
