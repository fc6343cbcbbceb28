/** One section of a report as a form that works without scripts; the grid's script takes it over where there is one. */

import { reasonField } from '../../../../contracts/common-work.ts'
import { type CellConflict, type ReportData, titleKey, versionField } from '../../../../contracts/reporting.ts'
import type { Template } from '../../../../engine/index.ts'
import {
  Button,
  Card,
  Form,
  FormEnd,
  formatDateTime,
  GridKey,
  Note,
  Quiet,
  Row,
  Stack,
  Text,
  TextField,
} from '../../../../web/kit/index.ts'
import { cellHref, placeText, ReportTable } from '../../../../web/report/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { asksReason } from '../cells/cells.ts'
import { openRemarks } from '../decisions/remarks.card.tsx'
import { staleCells } from '../pulls/seen.ts'
import { sectionForm } from './report.bar.tsx'
import { type ReportView, titleValue } from './report.view.ts'
import { sectionTitle } from './report.words.ts'

/** What a post has left undone: refused cells with what was typed, and cells that others have changed meanwhile. */
export type Unsaved = {
  refused: { cell: string; text: string }[]
  conflicts: CellConflict[]
  typed: Record<string, string>
  /** The version over which it was typed, when nothing of it has been saved: saving will look for changes since. */
  since?: string | undefined
}

type SectionProps = { ctx: PageContext; view: ReportView; unsaved?: Unsaved | undefined; part?: number | undefined }

export function SectionPart({ ctx, view, unsaved, part }: SectionProps) {
  const { report, section, current, form, may } = view
  return (
    <Stack space="small">
      <Row apart>
        <h2 id="section">{sectionTitle(form, section)}</h2>
        {current?.unit ? <Quiet>{`код по ОКЕИ: ${current.unit}`}</Quiet> : null}
      </Row>
      {unsaved && unsaved.conflicts.length > 0 ? <Conflicts ctx={ctx} view={view} unsaved={unsaved} /> : null}
      {unsaved && unsaved.refused.length > 0 ? <Refused view={view} unsaved={unsaved} /> : null}
      <Form
        id={sectionForm}
        action={`/reports/${report.id}/sections/${encodeURIComponent(section)}`}
        label={sectionTitle(form, section)}
        hidden={{
          [versionField]: unsaved?.since ?? String(report.version),
          part: part === undefined ? undefined : String(part),
        }}
      >
        {may.fill && report.state === 'refused' ? (
          <Reason asked={asksReason(view)} typed={unsaved?.typed[reasonField]} />
        ) : null}
        {current ? (
          <>
            <ReportTable
              form={form}
              section={section}
              sheet={view.sheet}
              problems={view.outcome?.problems ?? []}
              stale={staleCells(view)}
              remarked={openRemarks(view)}
              readOnly={!may.fill}
              previous={view.previous}
              part={part}
              refused={unsaved?.refused.map(({ cell, text }) => ({ cell, text, typed: unsaved.typed[cell] ?? '' }))}
            />
            <GridKey />
          </>
        ) : (
          <TitlePage view={view} unsaved={unsaved} />
        )}
        {may.fill ? <SectionButtons view={view} /> : null}
      </Form>
      {current ? <GridData ctx={ctx} view={view} /> : null}
    </Stack>
  )
}

/** Why cells of a report that has come back are changed: goes into their history. */
function Reason({ asked, typed }: { asked: boolean; typed: string | undefined }) {
  return (
    <TextField
      name={reasonField}
      label="Почему меняете"
      hint="Причина встанет в историю каждой изменённой ячейки"
      optional={!asked}
      value={typed}
      maxLength={500}
      autocomplete="off"
    />
  )
}

function SectionButtons({ view }: { view: ReportView }) {
  const repeated = view.current?.rows.filter(({ type }) => type === 'M') ?? []
  return (
    <FormEnd>
      <Button name="do" value="save" icon="save">
        Сохранить
      </Button>
      <Button name="do" value="check">
        Сохранить и выполнить проверку
      </Button>
      {repeated.map(({ code, name }) => (
        <Button key={code} name="do" value={`add:${code}`} kind="quiet" icon="plus" about={name}>
          {repeated.length > 1 ? `Добавить строку ${code}` : 'Добавить строку'}
        </Button>
      ))}
    </FormEnd>
  )
}

function TitlePage({ view, unsaved }: { view: ReportView; unsaved?: Unsaved | undefined }) {
  const faults = new Map(unsaved?.refused.map(({ cell, text }) => [cell, text]))
  return (
    <Card>
      <Stack>
        {view.form.template.title.map(({ field, name }) => {
          const key = titleKey(field)
          return (
            <TextField
              key={key}
              name={key}
              label={name || field}
              value={unsaved?.typed[key] ?? titleValue(view, field)}
              error={faults.get(key)}
              readOnly={!view.may.fill}
            />
          )
        })}
      </Stack>
    </Card>
  )
}

/** What could not be taken, with what was typed, each leading to its cell. */
function Refused({ view, unsaved: { refused, typed, since } }: { view: ReportView; unsaved: Unsaved }) {
  const title = since ? 'Эти ячейки нужно исправить' : 'Сохранено не всё: эти ячейки нужно исправить'
  return (
    <Note tone="bad" live="alert" id="refused-cells" title={title}>
      <ul>
        {refused.map(({ cell, text }) => (
          <li key={cell}>
            <a href={cellHref(cell, view.section)}>{placeText(view.form, cell)}</a>
            {typed[cell] ? ` (набрано «${typed[cell]}»)` : ''}: {text}
          </li>
        ))}
      </ul>
    </Note>
  )
}

/** Another has changed the same cells since the page was opened: theirs stand, one's own are offered. */
function Conflicts({ ctx, view, unsaved: { conflicts } }: { ctx: PageContext; view: ReportView; unsaved: Unsaved }) {
  const { report, section, form, may } = view
  return (
    <Note tone="warn" live="alert" id="conflicts" title="Пока вы работали, эти ячейки изменил другой человек">
      <Text>Остальное сохранено. В таблице стоят его значения; можно поставить ваши.</Text>
      <ul>
        {conflicts.map(({ cell, yours, theirs, by, at }) => (
          <li key={cell}>
            <a href={cellHref(cell, view.section)}>{placeText(form, cell)}</a>: у вас {shownValue(yours)}, в отчёте{' '}
            {shownValue(theirs)}
            {by ? `, ${by}` : ''}
            {at ? `, ${formatDateTime(at, ctx.timeZone)}` : ''}
          </li>
        ))}
      </ul>
      {may.fill ? (
        <Form
          action={`/reports/${report.id}/sections/${encodeURIComponent(section)}`}
          label="Ваши значения"
          hidden={{
            [versionField]: String(report.version),
            do: 'save',
            ...Object.fromEntries(conflicts.map(({ cell, yours }) => [cell, yours ?? ''])),
          }}
        >
          <Button size="small">Поставить мои значения</Button>
        </Form>
      ) : null}
    </Note>
  )
}

const shownValue = (value: string | null): string => (value === null ? 'пусто' : `«${value}»`)

/** What the grid's script begins with: as a text, so that it is escaped as any other. */
function GridData({ ctx, view }: { ctx: PageContext; view: ReportView }) {
  const { report, form, values, previous, period, outcome, may, section, pulled, others } = view
  const data: ReportData<Template> = {
    reportId: report.id,
    version: report.version,
    section,
    state: report.state,
    formVersion: report.formVersionId,
    person: ctx.account.id,
    threads: view.threads,
    mayComment: may.comment,
    readOnly: !may.fill,
    timeZone: ctx.timeZone,
    template: form.template,
    values,
    previous,
    period,
    saveAddress: `/api/v1/reports/${report.id}/cells`,
    checkAddress: `/api/v1/reports/${report.id}/check`,
    newsAddress: `/api/v1/reports/${report.id}/changes`,
    presenceAddress: `/api/v1/reports/${report.id}/presence`,
    commentsAddress: `/api/v1/reports/${report.id}/comments`,
    historyAddress: `/api/v1/reports/${report.id}/history`,
    problems: outcome?.problems ?? [],
    pulled,
    others,
  }
  return (
    <div id="report-data" hidden>
      {JSON.stringify(data)}
    </div>
  )
}
