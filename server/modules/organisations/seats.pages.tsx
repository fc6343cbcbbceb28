import { type Seat, type SeatOffer, SeatOfferForm } from '../../../contracts/seats.ts'
import {
  Button,
  Card,
  Columns,
  cabinetCrumb,
  EmptyState,
  Facts,
  Form,
  formatDateTime,
  LinkButton,
  List,
  ListItem,
  Muted,
  Note,
  Page,
  Row,
  Stack,
  Text,
  TextField,
} from '../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../kernel/http/index.ts'
import type { Organisation } from './organisations.queries.ts'
import { viewOrganisation } from './organisations.ts'
import { acceptSeat, offerSeat, refuseSeat, seatOf, viewOffer, withdrawOffer } from './seats.ts'

export const seatsPages = pages('')
  .get('/organisations/{id}/seat', { needs: 'organisation.read' }, (ctx, { id }) => showSeat(ctx, id))
  .post(
    '/organisations/{id}/seat',
    {
      needs: 'organisation.read',
      form: SeatOfferForm,
      again: (ctx, { id }, failure) => showSeat(ctx, id, failure),
    },
    async (ctx, { id }, { email }) => {
      await offerSeat(ctx, id, email)
      return seeOther(`/organisations/${id}/seat`, 'seat.offered')
    },
  )
  .get('/seat-offers/{id}', { needs: 'signed-in' }, async (ctx, { id }) => (
    <OfferPage ctx={ctx} offer={await viewOffer(ctx, id)} />
  ))
  .post('/seat-offers/{id}/acceptance', { needs: 'signed-in', again: showOffer }, async (ctx, { id }) => {
    const { organisation } = await acceptSeat(ctx, id)
    return seeOther(`/organisations/${organisation.id}`, 'seat.accepted')
  })
  .post('/seat-offers/{id}/refusal', { needs: 'signed-in', again: showOffer }, async (ctx, { id }) => {
    await refuseSeat(ctx, id)
    return seeOther('/cabinet', 'seat.refused')
  })
  .post('/seat-offers/{id}/withdrawal', { needs: 'signed-in', again: showOffer }, async (ctx, { id }) =>
    seeOther(`/organisations/${await withdrawOffer(ctx, id)}/seat`, 'seat.withdrawn'),
  )

async function showSeat(ctx: PageContext, id: string, failure?: FormFailure) {
  const organisation = await viewOrganisation(ctx, id)
  return <SeatPage ctx={ctx} organisation={organisation} seat={await seatOf(ctx, organisation)} failure={failure} />
}

async function showOffer(ctx: PageContext, { id }: { id: string }, failure: FormFailure) {
  return <OfferPage ctx={ctx} offer={await viewOffer(ctx, id)} failure={failure} />
}

/** On the organisation's page: who holds its one account. */
export function SeatCard({ ctx, organisationId, seat }: { ctx: PageContext; organisationId: string; seat: Seat }) {
  if (!seat.kept && !seat.holder) return null
  const { holder } = seat
  return (
    <Card
      title="Единая учётная запись"
      foot={<a href={`/organisations/${organisationId}/seat`}>{seat.mayOffer ? 'Передать, история' : 'История'}</a>}
    >
      {holder ? (
        <Facts
          narrow
          facts={[
            ['Держит', holder.fullName],
            ['С', formatDateTime(holder.heldFrom, ctx.timeZone)],
          ]}
        />
      ) : (
        <Muted>Никто не держит: первый прикреплённый станет ответственным.</Muted>
      )}
    </Card>
  )
}

type SeatProps = { ctx: PageContext; organisation: Organisation; seat: Seat; failure: FormFailure | undefined }

function SeatPage({ ctx, organisation, seat, failure }: SeatProps) {
  return (
    <Page
      title="Единая учётная запись"
      frame={ctx.frame}
      crumbs={[
        cabinetCrumb,
        { text: 'Организации', href: '/organisations' },
        { text: organisation.shortName, href: `/organisations/${organisation.id}` },
        { text: 'Единая учётная запись' },
      ]}
      lead="Одна на организацию: её держит один ответственный человек и передаёт другому. Общим паролем не пользуются."
      hasErrors={failure !== undefined}
    >
      <Columns>
        <Stack>
          <Card title="Кто держит">
            {seat.holder ? (
              <Facts
                facts={[
                  ['Ответственный', seat.holder.fullName],
                  ['С', formatDateTime(seat.holder.heldFrom, ctx.timeZone)],
                ]}
              />
            ) : (
              <Muted>Сейчас никто.</Muted>
            )}
          </Card>
          <Card title="Кто держал прежде">
            {seat.history.length === 0 ? (
              <Muted>Передач ещё не было.</Muted>
            ) : (
              <List label="Прежние ответственные">
                {seat.history.map(({ accountId, fullName, heldFrom, heldUntil }) => (
                  <ListItem
                    key={`${accountId}${heldFrom}`}
                    title={fullName}
                    under={[
                      `с ${formatDateTime(heldFrom, ctx.timeZone)}`,
                      heldUntil ? `по ${formatDateTime(heldUntil, ctx.timeZone)}` : '',
                    ]}
                  />
                ))}
              </List>
            )}
          </Card>
        </Stack>
        <HandOver ctx={ctx} organisation={organisation} seat={seat} failure={failure} />
      </Columns>
    </Page>
  )
}

function HandOver({ ctx, organisation, seat, failure }: SeatProps) {
  if (!seat.mayOffer) {
    return (
      <Card title="Передача">
        <Text>Передаёт тот, кто держит учётную запись, или вышестоящая организация.</Text>
      </Card>
    )
  }
  if (seat.offer) return <Waiting ctx={ctx} offer={seat.offer} />
  return (
    <Card title="Передать другому">
      <Form action={`/organisations/${organisation.id}/seat`} label="Передача учётной записи">
        <Stack>
          {failure?.message ? (
            <Note tone="bad" live="alert" title="Предложение не отправлено">
              {failure.message}
            </Note>
          ) : null}
          <TextField
            name="email"
            label="Электронная почта того, кому передаёте"
            hint="С которой человек входит в кабинет"
            type="email"
            check="email"
            value={failure?.values.email}
            error={failure?.problems.find(({ field }) => field === 'email')?.text}
          />
          <Muted>
            Когда человек согласится, организация сразу перейдёт к нему, а у всех прежних права на неё закончатся.
          </Muted>
          <div>
            <Button kind="main">Предложить</Button>
          </div>
        </Stack>
      </Form>
    </Card>
  )
}

const Waiting = ({ ctx, offer }: { ctx: PageContext; offer: SeatOffer }) => (
  <Card title="Ждём ответа">
    <Stack>
      <Facts
        narrow
        facts={[
          ['Кому', offer.to.fullName],
          ['Предложено', formatDateTime(offer.offeredAt, ctx.timeZone)],
        ]}
      />
      <Form action={`/seat-offers/${offer.id}/withdrawal`} label="Отзыв предложения">
        <Button>Отозвать предложение</Button>
      </Form>
    </Stack>
  </Card>
)

const answered: Record<Exclude<SeatOffer['state'], 'waiting'>, string> = {
  accepted: 'Предложение принято',
  refused: 'От предложения отказались',
  withdrawn: 'Предложение отозвано',
}

function OfferPage({ ctx, offer, failure }: { ctx: PageContext; offer: SeatOffer; failure?: FormFailure }) {
  const { organisation, by, state } = offer
  return (
    <Page
      title="Передача учётной записи организации"
      frame={ctx.frame}
      crumbs={[cabinetCrumb, { text: 'Передача' }]}
      hasErrors={failure !== undefined}
    >
      {state !== 'waiting' ? (
        <EmptyState title={answered[state]} actions={<LinkButton href="/cabinet">В личный кабинет</LinkButton>}>
          {organisation.shortName}: {offer.to.fullName}. Отвечать больше не нужно.
        </EmptyState>
      ) : (
        <Card>
          <Stack>
            {failure?.message ? (
              <Note tone="bad" live="alert" title="Не получилось">
                {failure.message}
              </Note>
            ) : null}
            <Facts
              facts={[
                ['Организация', organisation.shortName],
                ['Предлагает', by.fullName],
                ['Кому', offer.to.fullName],
                ['Когда', formatDateTime(offer.offeredAt, ctx.timeZone)],
              ]}
            />
            <Text>
              Если вы согласитесь, единая учётная запись организации перейдёт к вам: вы станете ответственным, а у всех
              прежних права на неё закончатся. Вернуть её можно только такой же передачей.
            </Text>
            {offer.to.accountId === ctx.account.id ? (
              <Row>
                <Form action={`/seat-offers/${offer.id}/acceptance`} label="Согласие">
                  <Button kind="main">Принять учётную запись</Button>
                </Form>
                <Form action={`/seat-offers/${offer.id}/refusal`} label="Отказ">
                  <Button>Отказаться</Button>
                </Form>
              </Row>
            ) : (
              <Form action={`/seat-offers/${offer.id}/withdrawal`} label="Отзыв предложения">
                <Button>Отозвать предложение</Button>
              </Form>
            )}
          </Stack>
        </Card>
      )}
    </Page>
  )
}
