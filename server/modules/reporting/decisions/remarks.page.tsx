/** The decider looks through what was sent and writes remarks to cells: pressed in the table, or named by their place. */
import type { Remark } from '../../../../contracts/decisions.ts'
import {
  Button,
  Card,
  Confirmation,
  Count,
  EmptyState,
  ErrorSummary,
  FieldRow,
  Form,
  LinkButton,
  List,
  ListItem,
  Note,
  Page,
  Row,
  Stack,
  Tabs,
  Text,
  TextArea,
  TextField,
} from '../../../../web/kit/index.ts'
import { placeText, ReportTable } from '../../../../web/report/index.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { reportTitle, shownReport } from '../reports/reports.ts'
import type { OpenReport } from '../reports/sheets.ts'
import { reportCrumbs } from './decision.parts.tsx'
import { RemarkWords } from './remarks.card.tsx'

type RemarksPageProps = {
  ctx: PageContext
  open: OpenReport
  remarks: Remark[]
  section: string | undefined
  may: boolean
  message?: string | undefined
}

export function RemarksPage({ ctx, open, remarks, section: asked, may, message }: RemarksPageProps) {
  const report = shownReport(open.report)
  const section = open.form.section(asked ?? '') ?? open.form.sections[0]
  const written = remarks.filter(({ issued }) => !issued)
  const texts = new Map(written.map(({ cell, text }) => [cell, text]))
  const address = `/reports/${report.id}/remarks`
  return (
    <Page
      title="Замечания к ячейкам"
      lead={`${reportTitle(report)}, ${report.organisation.shortName}`}
      crumbs={reportCrumbs(report, 'Замечания')}
      help={{ href: '/guide/proverka', text: 'замечания к ячейкам' }}
      frame={ctx.frame}
      wide
    >
      <Stack>
        {message ? (
          <Note tone="bad" live="alert">
            {message}
          </Note>
        ) : null}
        <WrittenCard open={open} remarks={written} may={may} />
        {may && section ? (
          <>
            <Text>
              Нажмите на число в таблице, чтобы написать к нему замечание. Звёздочкой отмечены числа с замечанием.
            </Text>
            <Tabs
              label="Разделы"
              tabs={open.form.sections.map(({ code, number }) => ({
                text: `Раздел ${number || code}`,
                href: `${address}?section=${encodeURIComponent(code)}`,
                current: code === section.code,
              }))}
            />
            <ReportTable
              form={open.form}
              section={section.code}
              sheet={open.sheet}
              readOnly
              lead={(cell) => {
                const note = texts.get(cell)
                return {
                  href: `${address}/new?cell=${encodeURIComponent(cell)}`,
                  ...(note === undefined ? {} : { note: `замечание: ${note}` }),
                }
              }}
            />
            <ByPlace address={address} section={section.code} />
          </>
        ) : null}
        <Row>
          {may ? (
            <LinkButton kind="main" href={`/reports/${report.id}/refusal`}>
              Перейти к отклонению
            </LinkButton>
          ) : null}
          <LinkButton kind="quiet" href={`/reports/${report.id}`}>
            Вернуться к отчёту
          </LinkButton>
        </Row>
      </Stack>
    </Page>
  )
}

/** An empty cell has no number to press on. */
const ByPlace = ({ address, section }: { address: string; section: string }) => (
  <Card title="Замечание к пустой ячейке">
    <Form action={`${address}/new`} method="get" label="Ячейка по строке и графе" hidden={{ section }}>
      <Stack space="small">
        <FieldRow>
          <TextField name="row" label="Строка" width={6} />
          <TextField name="column" label="Графа" width={6} />
        </FieldRow>
        <Button size="small">Написать замечание</Button>
      </Stack>
    </Form>
  </Card>
)

export function WrittenCard({ open, remarks, may }: { open: OpenReport; remarks: Remark[]; may: boolean }) {
  const address = `/reports/${open.report.id}/remarks`
  return (
    <Card title="Записано" count={<Count value={remarks.length} />}>
      {remarks.length === 0 ? (
        <EmptyState title="Замечаний пока нет" icon="pen">
          Организация увидит их только вместе с отказом. Если отчёт принять, замечания никуда не уйдут.
        </EmptyState>
      ) : (
        <List label="Записанные замечания">
          {remarks.map((remark) => (
            <ListItem
              key={remark.id}
              under={[remark.author]}
              end={
                may ? (
                  <Form action={`${address}/${remark.id}/removal`} label={`Убрать замечание: ${remark.text}`}>
                    <Button size="small" kind="quiet" icon="bin" about={remark.text}>
                      Убрать
                    </Button>
                  </Form>
                ) : undefined
              }
            >
              <RemarkWords
                form={open.form}
                remark={remark}
                href={`${address}/new?cell=${encodeURIComponent(remark.cell)}`}
              />
            </ListItem>
          ))}
        </List>
      )}
    </Card>
  )
}

type NewRemarkProps = {
  ctx: PageContext
  open: OpenReport
  cell: string
  /** What has been written to the cell already. */
  text: string | undefined
  failure?: FormFailure | undefined
}

export function NewRemarkPage({ ctx, open, cell, text, failure }: NewRemarkProps) {
  const report = shownReport(open.report)
  const problems = failure?.problems ?? []
  const place = placeText(open.form, cell)
  return (
    <Page
      title={`Замечание: ${place}`}
      lead={`${reportTitle(report)}, ${report.organisation.shortName}`}
      crumbs={reportCrumbs(report, 'Замечание')}
      help={{ href: '/guide/proverka', text: 'замечания к ячейкам' }}
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Stack>
        <ErrorSummary title="Замечание не записано" errors={problems} />
        {failure?.message ? (
          <Note tone="bad" live="alert">
            {failure.message}
          </Note>
        ) : null}
        <Confirmation
          action={`/reports/${report.id}/remarks`}
          submit="Записать замечание"
          cancel={{ text: 'Не записывать', href: `/reports/${report.id}/remarks` }}
          hidden={{ cell }}
        >
          <Text>{`Сейчас в ячейке: ${open.sheet.text(cell) || open.title[cell] || 'пусто'}.`}</Text>
          <TextArea
            name="text"
            label="Что не так"
            hint="Организация увидит замечание у этой ячейки, когда отчёт вернётся к ней"
            value={failure?.values.text ?? text}
            error={problems.find(({ field }) => field === 'text')?.text}
            rows={3}
            maxLength={500}
          />
        </Confirmation>
      </Stack>
    </Page>
  )
}
