/** Remarks of the coordinator to a measure, and what its region answers. */
import type { MeasureRemark, MeasureRemarkState } from '../../../../../contracts/measure-progress.ts'
import {
  Badge,
  Button,
  Card,
  Count,
  Disclosure,
  Form,
  formatDateTime,
  List,
  ListItem,
  Muted,
  Quiet,
  Row,
  Stack,
  Text,
  TextArea,
  type Tone,
} from '../../../../../web/kit/index.ts'
import type { FormFailure, PageContext } from '../../../../kernel/http/index.ts'
import type { MeasureRow } from '../measures.queries.ts'

type Props = {
  ctx: PageContext
  measure: MeasureRow
  remarks: readonly MeasureRemark[]
  may: { report: boolean; coordinate: boolean }
  failure?: FormFailure | undefined
}

const stateNames: Record<MeasureRemarkState, string> = { open: 'Ждёт ответа', answered: 'Есть ответ', settled: 'Снято' }
const stateTones: Record<MeasureRemarkState, Tone | undefined> = { open: 'warn', answered: 'wait', settled: 'ok' }

export function RemarksCard(props: Props) {
  const { ctx, measure, remarks, may } = props
  const left = remarks.filter(({ state }) => state !== 'settled').length
  if (remarks.length === 0 && !may.coordinate) return null
  return (
    <Card
      title="Замечания координатора"
      id="remarks"
      count={left > 0 ? <Count value={left} tone="bad" unit="не снято" /> : undefined}
      foot={may.coordinate && !measure.cancelledAt ? <NewRemark {...props} /> : undefined}
    >
      {remarks.length === 0 ? (
        <Muted>Замечаний нет.</Muted>
      ) : (
        <List label="Замечания">
          {remarks.map((remark) => (
            <ListItem
              key={remark.id}
              top={[formatDateTime(remark.at, ctx.timeZone), remark.by]}
              end={<Badge tone={stateTones[remark.state]} text={stateNames[remark.state]} />}
            >
              <Stack space="small">
                <Text>{remark.text}</Text>
                <Answer ctx={ctx} remark={remark} />
                {measure.cancelledAt ? null : <Acts {...props} remark={remark} />}
              </Stack>
            </ListItem>
          ))}
        </List>
      )}
    </Card>
  )
}

function Answer({
  ctx,
  remark: { answer, answeredAt, answeredBy, state },
}: {
  ctx: PageContext
  remark: MeasureRemark
}) {
  if (answer === null) return null
  const when = answeredAt ? `, ${formatDateTime(answeredAt, ctx.timeZone)}` : ''
  return (
    <Stack space="small">
      <Text>
        <Quiet>{`${state === 'open' ? 'Прежний ответ' : 'Ответ'}: ${answeredBy ?? 'регион'}${when}`}</Quiet>
      </Text>
      <Text>{`«${answer}»`}</Text>
    </Stack>
  )
}

function Acts({ measure, remark, may, failure }: Props & { remark: MeasureRemark }) {
  const address = `/measures/${measure.id}/remarks/${remark.id}`
  const mine = failure?.values.remark === remark.id ? failure : undefined
  return (
    <>
      {may.report && remark.state !== 'settled' ? (
        <Disclosure
          title={remark.state === 'open' ? 'Ответить' : 'Ответить иначе'}
          open={mine !== undefined || remark.state === 'open'}
        >
          <Form
            action={`${address}/answer`}
            label={`Ответ на замечание: ${remark.text}`}
            hidden={{ remark: remark.id }}
          >
            <Stack space="small">
              <TextArea
                name="answer"
                id={`answer-${remark.id}`}
                label="Ответ"
                maxLength={2000}
                value={mine?.values.answer}
                error={mine && (mine.problems[0]?.text ?? mine.message)}
              />
              <Row>
                <Button size="small" icon="send" about={remark.text}>
                  Ответить
                </Button>
              </Row>
            </Stack>
          </Form>
        </Disclosure>
      ) : null}
      {may.coordinate ? (
        <Row>
          {remark.state === 'settled' ? null : (
            <Settling address={address} settled="yes" words="Снять замечание" about={remark.text} />
          )}
          {remark.state === 'open' ? null : (
            <Settling address={address} settled="no" words="Открыть снова" about={remark.text} />
          )}
        </Row>
      ) : null}
    </>
  )
}

const Settling = (props: { address: string; settled: 'yes' | 'no'; words: string; about: string }) => (
  <Form
    action={`${props.address}/settlement`}
    label={`${props.words}: ${props.about}`}
    hidden={{ settled: props.settled }}
  >
    <Button size="small" kind="quiet" icon={props.settled === 'yes' ? 'check' : 'turn'} about={props.about}>
      {props.words}
    </Button>
  </Form>
)

function NewRemark({ measure, failure }: Props) {
  const mine = failure?.values.text === undefined || failure.values.percent !== undefined ? undefined : failure
  return (
    <Form action={`/measures/${measure.id}/remarks`} label="Новое замечание">
      <Stack space="small">
        <TextArea
          name="text"
          id="new-remark"
          label="Новое замечание"
          hint="Регион увидит его и получит сообщение"
          maxLength={2000}
          value={mine?.values.text}
          error={mine && (mine.problems[0]?.text ?? mine.message)}
        />
        <Row>
          <Button size="small" icon="plus">
            Добавить замечание
          </Button>
        </Row>
      </Stack>
    </Form>
  )
}
