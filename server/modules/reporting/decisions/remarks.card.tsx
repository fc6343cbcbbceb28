/** Remarks to cells on the page of a report: the organisation works them off, the decider sees what became of them. */
import type { Remark } from '../../../../contracts/decisions.ts'
import type { Form as StatisticalForm } from '../../../../engine/index.ts'
import {
  Badge,
  Button,
  Card,
  Count,
  Disclosure,
  Form,
  formatNumber,
  LinkButton,
  List,
  ListItem,
  Quiet,
  Row,
  Stack,
  Text,
  TextField,
} from '../../../../web/kit/index.ts'
import { cellHref, placeText } from '../../../../web/report/index.ts'
import type { ReportView } from '../reports/report.view.ts'
import { remarkStates, remarkTones } from './decisions.phrases.ts'

/** What still has to be worked off, for the table. */
export const openRemarks = ({ remarks }: Pick<ReportView, 'remarks'>): Map<string, string> =>
  new Map(remarks.filter(({ issued, state }) => issued && state === 'open').map(({ cell, text }) => [cell, text]))

export function RemarksCard({ view }: { view: ReportView }) {
  const { remarks, may, report, section } = view
  const issued = remarks.filter((remark) => remark.issued)
  const written = remarks.length - issued.length
  if (remarks.length === 0) return null
  const left = issued.filter(({ state }) => state === 'open').length
  return (
    <Card
      title="Замечания к ячейкам"
      id="remarks"
      count={left > 0 ? <Count value={left} tone="bad" /> : undefined}
      foot={
        written > 0 && may.decide ? (
          <Row>
            <Text>{`Записано замечаний, которых организация ещё не видит: ${written}.`}</Text>
            <LinkButton size="small" href={`/reports/${report.id}/remarks`}>
              Открыть
            </LinkButton>
          </Row>
        ) : undefined
      }
    >
      {issued.length === 0 ? (
        <Text>Организация увидит их, когда отчёт отклонят.</Text>
      ) : (
        <List label="Замечания">
          {issued.map((remark) => (
            <ListItem key={remark.id} end={<RemarkBadge remark={remark} />}>
              <Stack space="small">
                <RemarkWords form={view.form} remark={remark} href={cellHref(remark.cell, section)} />
                {may.fill ? <Settling reportId={report.id} section={section} remark={remark} /> : null}
              </Stack>
            </ListItem>
          ))}
        </List>
      )}
    </Card>
  )
}

export const RemarkBadge = ({ remark }: { remark: Remark }) => (
  <Badge tone={remarkTones[remark.state]} text={remarkStates[remark.state]} />
)

type WordsProps = { form: StatisticalForm; remark: Remark; href: string }

/** Where, what, and whether the number is another by now. */
export function RemarkWords({ form, remark, href }: WordsProps) {
  return (
    <Stack space="small">
      <Text>
        <a href={href}>{placeText(form, remark.cell)}</a>: {remark.text}
      </Text>
      <Text>
        <Quiet>{changeWords(remark)}</Quiet>
      </Text>
      {remark.answer ? <Text>{`Ответ организации: «${remark.answer}»`}</Text> : null}
    </Stack>
  )
}

const shown = (value: string | null): string => (value ? formatNumber(value) : 'пусто')

export function changeWords({ was, is }: Pick<Remark, 'was' | 'is'>): string {
  return (was ?? '') === (is ?? '')
    ? `Число не менялось: ${shown(is)}`
    : `Число изменено: было ${shown(was)}, стало ${shown(is)}`
}

type SettlingProps = { reportId: string; section: string; remark: Remark }

function Settling({ reportId, section, remark }: SettlingProps) {
  const action = `/reports/${reportId}/remarks/${remark.id}/state`
  if (remark.state !== 'open')
    return (
      <Form action={action} label={`Замечание: ${remark.text}`} hidden={{ state: 'open', section }}>
        <Button size="small" kind="quiet" about={remark.text}>
          Снять отметку
        </Button>
      </Form>
    )
  return (
    <Stack space="small">
      <Form action={action} label={`Исправлено: ${remark.text}`} hidden={{ state: 'mended', section }}>
        <Button size="small" icon="check" about={remark.text}>
          Исправлено
        </Button>
      </Form>
      <Disclosure title="Ответить, не меняя числа">
        <Form action={action} label={`Ответ: ${remark.text}`} hidden={{ state: 'answered', section }}>
          <Stack space="small">
            <TextField name="answer" id={`answer-${remark.id}`} label="Почему число верное" maxLength={500} />
            <Button size="small">Сохранить ответ</Button>
          </Stack>
        </Form>
      </Disclosure>
    </Stack>
  )
}
