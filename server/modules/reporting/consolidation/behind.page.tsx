/** What stands behind one number of a consolidation. */
import { type Behind, behindOnPage } from '../../../../contracts/consolidation.ts'
import { russianNumber } from '../../../../engine/index.ts'
import {
  Badge,
  BarChart,
  Button,
  Card,
  cabinetCrumb,
  ErrorSummary,
  Facts,
  Form,
  FormEnd,
  formatNumber,
  LinkButton,
  List,
  ListItem,
  Note,
  Page,
  Pager,
  Stack,
  Table,
  TextArea,
  TextField,
} from '../../../../web/kit/index.ts'
import { placeText } from '../../../../web/report/index.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { behindHref, consolidationHref } from './consolidation.links.ts'
import { missingStates, totalNames } from './consolidation.phrases.ts'
import type { BehindView } from './consolidation.ts'
import { CorrectionLine } from './correction.line.tsx'
import { listText } from './entry-totals.ts'
import { added, negated } from './merging.ts'

type BehindProps = { ctx: PageContext; view: BehindView; page: number; may: boolean; failure?: FormFailure | undefined }

export function BehindPage({ ctx, view, page, may, failure }: BehindProps) {
  const { query, form, period, place, cell, slot, behind, previous, totals } = view
  const asked = { ...query, form: form.code, period: period.key, cell: cell.address }
  const before = previous?.wholes[cell.address] ?? previous?.values[cell.address]
  const listedBefore = previous?.texts[cell.address]
  const { cell: _cell, ...whole } = asked
  return (
    <Page
      title={`${form.cipher} за ${period.title}: ${placeText(totals.form, cell.address)}`}
      frame={ctx.frame}
      wide
      crumbs={[cabinetCrumb, { text: 'Свод', href: consolidationHref(whole) }, { text: 'Из чего сложилось число' }]}
      help={{ href: '/guide/svod', text: 'свод' }}
      lead={place}
    >
      <Stack>
        <Card>
          <Facts
            facts={[
              ['В своде', shownTotalOf(behind)],
              ['Как сводится', slot.computed && !slot.ruled ? 'вычислено по итогам' : totalNames[slot.total]],
              ['Отчётов с числом', formatNumber(behind.count)],
              ['Не учтено отчётов', formatNumber(behind.missingCount)],
              [
                previous ? `За ${previous.title}` : 'Прошлый период',
                listedBefore ?? (before === undefined ? '—' : russianNumber(before)),
              ],
              [
                'Изменение',
                before === undefined || behind.total === null ? '—' : signed(added(behind.total, negated(before))),
              ],
            ]}
          />
        </Card>
        {slot.computed && !slot.ruled && behind.count > 0 ? (
          <Note>
            Эта ячейка рассчитывается. В своде она вычислена по итогам, а ниже стоят значения из самих отчётов: для
            долей и средних их сумма ничего не значит.
          </Note>
        ) : null}
        <Listed behind={behind} />
        <Specifics behind={behind} repeats={slot.repeats} />
        <Groups view={view} asked={asked} />
        <Reports view={view} asked={asked} page={page} />
        <Missing behind={behind} />
        <Corrections ctx={ctx} view={view} asked={asked} may={may} failure={failure} />
      </Stack>
    </Page>
  )
}

const signed = (value: string): string => (value.startsWith('-') || value === '0' ? '' : '+') + russianNumber(value)

const shownTotalOf = ({ total, listed }: Behind): string => {
  if (listed.length > 0) return listText(listed)
  return total === null ? '—' : russianNumber(total)
}

/** All values of a cell whose values are listed. */
function Listed({ behind: { listed } }: { behind: Behind }) {
  if (listed.length === 0) return null
  return (
    <Card title="Значения" count={listed.length} flush>
      <Table
        label="Значения ячейки и сколько отчётов с каждым"
        rows={listed}
        rowKey={({ value }) => value}
        columns={[
          { key: 'value', title: 'Значение', cell: ({ value }) => value },
          { key: 'reports', title: 'Отчётов', numeric: true, cell: ({ reports }) => formatNumber(reports) },
        ]}
      />
    </Card>
  )
}

function Specifics({ behind: { specifics }, repeats }: { behind: Behind; repeats: boolean }) {
  if (!repeats) return null
  if (specifics.length === 0)
    return <Note>Строка повторяется, а различить её записи не по чему: в своде стоит сумма всех записей.</Note>
  return (
    <Card title="По спецификам" count={specifics.length} flush>
      <Table
        label="Итоги по спецификам строки"
        rows={specifics}
        rowKey={({ address }) => address}
        columns={[
          { key: 'name', title: 'Специфика', cell: ({ name }) => name },
          { key: 'reports', title: 'Отчётов', numeric: true, cell: ({ reports }) => formatNumber(reports) },
          { key: 'value', title: 'Значение', numeric: true, cell: ({ value }) => russianNumber(value) },
        ]}
      />
    </Card>
  )
}

type Asked = Parameters<typeof behindHref>[0]

function Groups({ view: { behind, query, slot }, asked }: { view: BehindView; asked: Asked }) {
  if (behind.groups.length < 2) return null
  const byRegion = !query.territory && !query.region
  const linkOf = (id: string) => behindHref({ ...asked, page: 1, ...(byRegion ? { region: id } : { territory: id }) })
  return (
    <Card title="По территориям" count={behind.groups.length} flush>
      {slot.total === 'sum' ? (
        <BarChart
          label="Вклад территорий"
          bars={behind.groups.slice(0, 12).map(({ name, value }) => ({ name, value, text: russianNumber(value) }))}
        />
      ) : null}
      <Table
        label="Вклад территорий, таблица"
        rows={behind.groups}
        rowKey={({ id }) => id}
        columns={[
          { key: 'name', title: 'Территория', cell: ({ id, name }) => <a href={linkOf(id)}>{name}</a> },
          { key: 'reports', title: 'Отчётов', numeric: true, cell: ({ reports }) => formatNumber(reports) },
          { key: 'value', title: 'Значение', numeric: true, cell: ({ value }) => russianNumber(value) },
          ...(slot.total === 'sum'
            ? [
                {
                  key: 'share',
                  title: 'Доля, %',
                  numeric: true,
                  cell: ({ share }: Behind['groups'][number]) => russianNumber(share),
                },
              ]
            : []),
        ]}
      />
    </Card>
  )
}

function Reports({ view: { behind, slot }, asked, page }: { view: BehindView; asked: Asked; page: number }) {
  const adds = slot.total === 'sum'
  return (
    <Card title="Отчёты" count={behind.count} flush>
      <Table
        label="Отчёты по убыванию вклада"
        rows={behind.reports}
        rowKey={({ id }) => id}
        empty="Ни в одном учтённом отчёте эта ячейка не заполнена."
        columns={[
          {
            key: 'organisation',
            title: 'Организация',
            cell: (row) => <a href={`/reports/${row.id}`}>{row.organisation}</a>,
          },
          {
            key: 'value',
            title: 'Значение',
            numeric: true,
            cell: ({ value, listed }) => listed ?? russianNumber(value),
          },
          ...(adds
            ? [
                {
                  key: 'share',
                  title: 'Доля, %',
                  numeric: true,
                  cell: ({ share }: Behind['reports'][number]) => russianNumber(share),
                },
              ]
            : []),
          {
            key: 'state',
            title: 'Состояние',
            cell: ({ state, outlier }) => (
              <>
                {state === 'accepted' ? 'принят' : 'на проверке'}
                {outlier ? <Badge tone="bad" text="выделяется" /> : null}
              </>
            ),
          },
        ]}
      />
      <Pager
        page={page}
        size={behindOnPage}
        shown={behind.reports.length}
        total={behind.count}
        href={(number) => behindHref({ ...asked, page: number })}
      />
    </Card>
  )
}

function Missing({ behind }: { behind: Behind }) {
  if (behind.missingCount === 0) return null
  return (
    <Card title="Не учтены" count={behind.missingCount}>
      <List label="Отчёты, которых нет в своде">
        {behind.missing.map(({ id, organisation, state }) => (
          <ListItem key={id} title={organisation} href={`/reports/${id}`} under={[missingStates[state] ?? state]} />
        ))}
      </List>
    </Card>
  )
}

type CorrectionsProps = Omit<BehindProps, 'page'> & { asked: Asked }

function Corrections({ ctx, view, asked, may, failure }: CorrectionsProps) {
  const { query, cell, slot, behind, totals } = view
  const own = view.corrections.filter((correction) => correction.cell === cell.address)
  const summed = slot.total === 'sum' && !slot.computed && !slot.repeats
  const open = may && summed && query.territory && !query.kind
  if (own.length === 0 && !open) return null
  const back = behindHref(asked)
  return (
    <Card title="Исправления свода" id="corrections">
      <Stack>
        {own.length > 0 ? (
          <List label="Исправления этого числа">
            {own.map((correction) => (
              <CorrectionLine
                key={correction.id}
                ctx={ctx}
                correction={correction}
                place={placeText(totals.form, correction.cell)}
                {...(may ? { back } : {})}
              />
            ))}
          </List>
        ) : null}
        {open ? (
          <Form
            action="/consolidation/corrections"
            label="Исправить число свода"
            hidden={{
              form: asked.form,
              period: asked.period,
              territory: query.territory,
              states: query.states,
              cell: cell.address,
            }}
          >
            <ErrorSummary title="Исправление не записано" errors={failure?.problems ?? []} />
            {failure?.message ? <Note tone="bad">{failure.message}</Note> : null}
            <TextField
              name="becomes"
              label="Какое число должно стоять"
              hint={`Сейчас ${behind.total === null ? 'пусто' : russianNumber(behind.total)}. Отчёты не изменятся`}
              width={14}
              inputMode="decimal"
              value={failure?.values.becomes}
            />
            <TextArea
              name="reason"
              label="Причина"
              hint="Её увидят все, кому виден свод"
              value={failure?.values.reason}
            />
            <FormEnd>
              <Button>Исправить свод</Button>
              <LinkButton kind="quiet" href={back}>
                Не исправлять
              </LinkButton>
            </FormEnd>
          </Form>
        ) : null}
      </Stack>
    </Card>
  )
}
