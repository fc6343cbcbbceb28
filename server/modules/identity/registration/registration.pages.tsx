import { z } from 'zod'
import { type Audience, type AudienceRule, audienceNames, audiences } from '../../../../contracts/audiences.ts'
import { LetterTicket } from '../../../../contracts/identity.ts'
import { RegistrationCode, RegistrationTicket, registrationFormOf } from '../../../../contracts/registration.ts'
import { Button, Card, Form, List, ListItem, Muted, Note, Page, Stack, Text } from '../../../../web/kit/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import { type FormFailure, type PageVisitor, pages, seeOther, validated } from '../../../kernel/http/index.ts'
import { getRule, isRegistrationOpen, listByEsia, listOpenAudiences } from '../audiences/audiences.ts'
import { Problems } from '../form-problems.tsx'
import { CodePage } from './code.page.tsx'
import { confirmByCode, findRegistered, sendCodeAgain } from './phone-confirmation.ts'
import { audienceWords } from './registration.phrases.ts'
import { findTicket, register, sendLetterAgain } from './registration.ts'
import { RegistrationPage } from './registration-form.page.tsx'

const pageWith = (path: string, ticket: string): string => `${path}?${new URLSearchParams({ ticket })}`
const letterPage = (ticket: string): string => pageWith('/registration/letter', ticket)
const codePage = (ticket: string): string => pageWith('/registration/code', ticket)
const TicketQuery = z.object({ ticket: z.string().max(200).catch('') })
const params = { audience: z.enum(audiences) }

export const registrationPages = pages('')
  .get('/registration', { needs: 'public' }, async (ctx) => {
    const open = await listOpenAudiences(ctx.db)
    const [only, ...others] = open
    return only && others.length === 0 ? (
      <RegistrationPage ctx={ctx} {...only} />
    ) : (
      <ChoicePage ctx={ctx} open={open.map(({ audience }) => audience)} byEsia={await listByEsia(ctx.db)} />
    )
  })
  .get('/registration/letter', { needs: 'public', query: TicketQuery }, async (ctx, _, { ticket }) => (
    <LetterPage ctx={ctx} ticket={ticket} email={(await findTicket(ctx, ticket))?.email} />
  ))
  .get('/registration/code', { needs: 'public', query: TicketQuery }, (ctx, _, { ticket }) => showCode(ctx, ticket))
  .post(
    '/registration/code',
    {
      needs: 'public',
      form: RegistrationCode,
      again: (ctx, _, failure) => showCode(ctx, failure.values.ticket ?? '', failure),
    },
    async (ctx, _, { ticket, code }) => {
      const { waits } = await confirmByCode(ctx, ticket, code)
      return seeOther('/sign-in', waits ? 'registration.confirmed-waits' : 'registration.phone-confirmed')
    },
  )
  .post(
    '/registration/code/again',
    {
      needs: 'public',
      form: RegistrationTicket,
      again: (ctx, _, failure) => showCode(ctx, failure.values.ticket ?? '', failure),
    },
    async (ctx, _, { ticket }) => {
      await sendCodeAgain(ctx, ticket)
      return seeOther(codePage(ticket), 'registration.code-sent')
    },
  )
  .get('/registration/{audience}', { needs: 'public', params }, async (ctx, { audience }) => (
    <RegistrationPage ctx={ctx} {...(await openOf(ctx, audience))} />
  ))
  .post(
    '/registration/{audience}',
    {
      needs: 'public',
      params,
      secret: true,
      // What is asked depends on the rule of the audience, which a contract does not know: it is read below.
      form: z.record(z.string(), z.string()),
      again: async (ctx, { audience }, failure) => (
        <RegistrationPage ctx={ctx} {...(await openOf(ctx, audience))} failure={failure} />
      ),
    },
    async (ctx, params, form) => {
      const { audience, rule } = await openOf(ctx, params.audience)
      const { ticket, confirmBy } = await register(ctx, validated(registrationFormOf(audience, rule), form))
      return seeOther(confirmBy === 'sms' ? codePage(ticket) : letterPage(ticket))
    },
  )
  .post(
    '/activation/letter',
    {
      needs: 'public',
      form: LetterTicket,
      again: async (ctx, _, failure) => <LetterRefused ctx={ctx} failure={failure} />,
    },
    async (ctx, _, { ticket }) =>
      seeOther(letterPage((await sendLetterAgain(ctx, ticket)).ticket), 'identity.letter-sent'),
  )

/** @throws NotFound 404 when the audience does not register by itself */
async function openOf(ctx: PageVisitor, name: string): Promise<{ audience: Audience; rule: AudienceRule }> {
  const audience = audiences.find((known) => known === name)
  const rule = audience && (await getRule(ctx.db, audience))
  if (!rule || !isRegistrationOpen(rule)) throw new NotFound({ what: 'page' })
  return { audience, rule }
}

async function showCode(ctx: PageVisitor, ticket: string, failure?: FormFailure) {
  const account = await findRegistered(ctx, ticket)
  const { confirmation } = await getRule(ctx.db, account.audience)
  return (
    <CodePage ctx={ctx} ticket={ticket} phone={account.phone} byLetter={confirmation === 'either'} failure={failure} />
  )
}

type ChoiceProps = {
  ctx: PageVisitor
  open: readonly Audience[]
  /** Whose first sign-in through Госуслуги makes an account. */
  byEsia: readonly Audience[]
}

/** Who one is: plain links, so that it works anywhere. */
function ChoicePage({ ctx, open, byEsia }: ChoiceProps) {
  return (
    <Page
      title="Регистрация"
      help={{ href: '/guide/registratsiya', text: 'регистрация' }}
      lead="Учётная запись одна на человека. Сначала выберите, кто вы: от этого зависит, что нужно указать."
      frame={ctx.frame}
    >
      <Stack>
        <Card title="Кто вы?">
          {open.length === 0 ? (
            <Muted>Самостоятельная регистрация закрыта: учётную запись создаёт администратор или оператор.</Muted>
          ) : (
            <List label="Кто регистрируется">
              {open.map((audience) => (
                <ListItem
                  key={audience}
                  title={audienceWords[audience].choice}
                  href={`/registration/${audience}`}
                  strong
                >
                  {audienceWords[audience].about}
                </ListItem>
              ))}
            </List>
          )}
        </Card>
        <ByOtherDoors open={open} byEsia={byEsia} />
      </Stack>
    </Page>
  )
}

/** Those who do not register: how they come in instead, as their rules stand. */
const ByOtherDoors = ({ open, byEsia }: { open: readonly Audience[]; byEsia: readonly Audience[] }) => (
  <Card title="Кому регистрация не нужна">
    <Stack space="small">
      {byEsia.includes('citizen') ? (
        <Text>
          Граждане, коммерческие и федеральные организации входят через Госуслуги: учётная запись появится при первом
          входе. <a href="/sign-in">Перейти к входу</a>
        </Text>
      ) : null}
      {open.includes('company') ? null : (
        <Text>{audienceNames.company} получают доступ после принятого подписанного соглашения.</Text>
      )}
      {byEsia.includes('staff') ? null : (
        <Muted>
          Вход через Госуслуги не предназначен для сотрудников государственных и муниципальных учреждений: им нужна
          регистрация.
        </Muted>
      )}
    </Stack>
  </Card>
)

type LetterPageProps = { ctx: PageVisitor; ticket: string; email: string | undefined }

/** The same for everyone: what the owner of a taken address gets is told by letter only. */
function LetterPage({ ctx, ticket, email }: LetterPageProps) {
  return (
    <Page title="Письмо отправлено" heading="Проверьте почту" frame={ctx.frame}>
      <Card>
        <Stack>
          <Note tone="ok" title="Данные приняты, письмо отправлено">
            {email ? `Адрес: ${email}` : 'На адрес, который вы указали.'}
          </Note>
          <Text>Перейдите по ссылке из письма: она активирует учётную запись. Ссылка действует 3 дня.</Text>
          <Muted>Письма нет во «Входящих» через несколько минут? Посмотрите в папке «Спам».</Muted>
          {ticket ? (
            <Form action="/activation/letter" hidden={{ ticket }} label="Письмо ещё раз">
              <Button>Отправить письмо ещё раз</Button>
            </Form>
          ) : null}
          <Text>
            Ошиблись в адресе? <a href="/registration">Зарегистрируйтесь заново</a>: неподтверждённая учётная запись
            удалится сама. Логин придумайте другой.
          </Text>
        </Stack>
      </Card>
    </Page>
  )
}

function LetterRefused({ ctx, failure }: { ctx: PageVisitor; failure: FormFailure }) {
  return (
    <Page title="Письмо не отправлено" frame={ctx.frame} hasErrors>
      <Card>
        <Stack>
          <Problems title="Письмо не отправлено" failure={failure} />
          <Text>
            <a href="/sign-in">Войти</a> · <a href="/registration">Зарегистрироваться</a>
          </Text>
        </Stack>
      </Card>
    </Page>
  )
}
