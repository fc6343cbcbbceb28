/** Who decides instead of whom: what colleagues have handed over to one, what one has handed over, and a new handover. */
import type { Handover } from '../../../../contracts/decisions.ts'
import {
  Button,
  Card,
  Count,
  cabinetCrumb,
  DateField,
  EmptyState,
  ErrorSummary,
  FieldRow,
  Form,
  FormEnd,
  formatDate,
  formatDateTime,
  List,
  ListItem,
  Note,
  Page,
  Select,
  Stack,
  Table,
  TextField,
  Under,
} from '../../../../web/kit/index.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import type { QueueRow } from './handovers.queries.ts'
import type { viewHandoverChoices } from './handovers.ts'

export type HandoversProps = {
  ctx: PageContext
  handovers: Handover[]
  queue: QueueRow[]
  choices: Awaited<ReturnType<typeof viewHandoverChoices>>
  failure?: FormFailure | undefined
}

export function HandoversPage(props: HandoversProps) {
  const { ctx, handovers, choices, failure } = props
  const toMe = handovers.filter(({ mine }) => !mine)
  return (
    <Page
      title="Передача проверки"
      lead="На время отпуска проверку отчётов можно передать коллеге. После последнего дня передача кончится сама."
      crumbs={[cabinetCrumb, { text: 'Отчёты', href: '/reports' }, { text: 'Передача проверки' }]}
      help={{ href: '/guide/proverka', text: 'передача проверки' }}
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Stack>
        <ErrorSummary title="Проверка не передана" errors={failure?.problems ?? []} />
        {failure?.message ? (
          <Note tone="bad" live="alert">
            {failure.message}
          </Note>
        ) : null}
        {toMe.length > 0 ? <HandedToMe {...props} handovers={toMe} /> : null}
        {choices.mayHandOver ? (
          <>
            <HandedByMe handovers={handovers.filter(({ mine }) => mine)} />
            <NewHandover choices={choices} failure={failure} />
          </>
        ) : null}
        {toMe.length === 0 && !choices.mayHandOver ? (
          <Card>
            <EmptyState title="Вам ничего не передано" icon="check">
              Когда коллега передаст вам проверку отчётов, они появятся здесь, и придёт сообщение.
            </EmptyState>
          </Card>
        ) : null}
      </Stack>
    </Page>
  )
}

const daysOf = ({ startsOn, endsOn }: Handover): string => `${formatDate(startsOn)} — ${formatDate(endsOn)}`
const partOf = ({ form, organisation }: Handover): string =>
  [form ? `форма ${form}` : 'все формы', organisation ?? 'все организации'].join(', ')

function HandedToMe({ ctx, handovers, queue }: HandoversProps) {
  return (
    <>
      <Card title="Вам передали">
        <List label="Кто вам передал проверку">
          {handovers.map((handover) => (
            <ListItem
              key={handover.id}
              title={handover.from}
              under={[
                daysOf(handover),
                partOf(handover),
                handover.active ? undefined : 'ещё не началась',
                handover.reason ?? undefined,
              ]}
            />
          ))}
        </List>
      </Card>
      <Card title="Ждут вашего решения" count={<Count value={queue.length} />} flush={queue.length > 0}>
        <Table
          label="Переданные отчёты"
          rows={queue}
          rowKey={({ id }) => id}
          empty={
            <EmptyState title="Все переданные отчёты проверены" icon="check">
              Новый отчёт появится здесь, и придёт сообщение.
            </EmptyState>
          }
          columns={[
            {
              key: 'organisation',
              title: 'Организация и отчёт',
              cell: ({ id, organisation, cipher, title, level }) => (
                <>
                  <a href={`/reports/${id}`}>{organisation}</a>
                  <Under>
                    {[`${cipher} за ${title}`, level ? `уровень: ${level}` : ''].filter(Boolean).join(', ')}
                  </Under>
                </>
              ),
            },
            { key: 'from', title: 'За кого', cell: ({ inNameOf }) => inNameOf },
            {
              key: 'sent',
              title: 'Отправлен',
              unbroken: true,
              cell: ({ sentAt }) => formatDateTime(sentAt, ctx.timeZone),
            },
          ]}
        />
      </Card>
    </>
  )
}

const HandedByMe = ({ handovers }: { handovers: Handover[] }) => (
  <Card title="Вы передали">
    {handovers.length === 0 ? (
      <EmptyState title="Вы проверяете отчёты сами" icon="check">
        Ниже можно передать проверку коллеге из вашей организации.
      </EmptyState>
    ) : (
      <List label="Кому вы передали проверку">
        {handovers.map((handover) => (
          <ListItem
            key={handover.id}
            title={handover.to}
            under={[
              daysOf(handover),
              partOf(handover),
              handover.active ? 'действует' : 'ещё не началась',
              handover.reason ?? undefined,
            ]}
            end={
              <Form action={`/handovers/${handover.id}/ending`} label={`Закончить передачу: ${handover.to}`}>
                <Button size="small" kind="quiet" about={handover.to}>
                  Закончить сейчас
                </Button>
              </Form>
            }
          />
        ))}
      </List>
    )}
  </Card>
)

function NewHandover({ choices, failure }: Pick<HandoversProps, 'choices' | 'failure'>) {
  const typed = (field: string) => failure?.values[field]
  const errorOf = (field: string) => failure?.problems.find((problem) => problem.field === field)?.text
  if (choices.colleagues.length === 0)
    return (
      <Card title="Передать проверку">
        <EmptyState title="Передать некому" icon="user">
          В вашей организации больше никто не работает в кабинете. Коллегу можно прикрепить по заявке.
        </EmptyState>
      </Card>
    )
  return (
    <Card title="Передать проверку">
      <Form action="/handovers">
        <Select
          name="toId"
          label="Кому"
          empty="Выберите коллегу"
          options={choices.colleagues.map(({ id, fullName, position }) => ({
            value: id,
            text: position ? `${fullName}, ${position}` : fullName,
          }))}
          value={typed('toId')}
          error={errorOf('toId')}
        />
        <FieldRow>
          <DateField name="startsOn" label="Первый день" value={typed('startsOn')} error={errorOf('startsOn')} />
          <DateField name="endsOn" label="Последний день" value={typed('endsOn')} error={errorOf('endsOn')} />
        </FieldRow>
        <Select
          name="formId"
          label="Какие отчёты"
          empty="Все формы"
          optional
          options={choices.forms.map(({ id, cipher }) => ({ value: id, text: cipher }))}
          value={typed('formId')}
          error={errorOf('formId')}
        />
        <Select
          name="organisationId"
          label="Каких организаций"
          empty="Всех, чьи отчёты вы проверяете"
          optional
          options={choices.organisations.map(({ id, name }) => ({ value: id, text: name }))}
          value={typed('organisationId')}
          error={errorOf('organisationId')}
        />
        <TextField
          name="reason"
          label="Почему"
          hint="Например, отпуск"
          optional
          maxLength={300}
          value={typed('reason')}
          error={errorOf('reason')}
        />
        <FormEnd>
          <Button kind="main">Передать проверку</Button>
        </FormEnd>
      </Form>
    </Card>
  )
}
