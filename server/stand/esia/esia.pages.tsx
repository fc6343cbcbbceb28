/** The page of the stand-in ЕСИА: who signs in, or what is refused. */
import { z } from 'zod'
import {
  Badge,
  Button,
  Card,
  Form,
  LinkButton,
  List,
  ListItem,
  Note,
  Page,
  Row,
  Stack,
  Text,
} from '../../../web/kit/index.ts'
import { type PageVisitor, pages, seeOther } from '../../kernel/http/index.ts'
import type { StandEsiaPerson } from './persons.ts'
import { getStandEsia } from './place.ts'
import { type StandEsia, StandRefusal, type StandRefusalNumber, standRefusals } from './stand-esia.ts'

const Asked = z.record(z.string().max(100), z.string().max(20_000))
const Chosen = z.object({ request: z.string().max(30_000), person: z.string().max(50) })
const Refused = z.object({ request: z.string().max(30_000), refusal: z.string().max(10) })

const isNumber = (value: string): value is StandRefusalNumber => Object.hasOwn(standRefusals, value)

export const standEsiaPages = pages('/_stand/esia')
  .get('/aas/oauth2/v2/ac', { needs: 'public', query: Asked }, async (ctx, _, asked) => answer(ctx, asked))
  .get('/aas/oauth2/ac', { needs: 'public', query: Asked }, async (ctx, _, asked) => answer(ctx, asked))
  .post('/person', { needs: 'public', form: Chosen }, async (_ctx, _, { request, person }) =>
    backBy(new URLSearchParams(request), (esia, query) => esia.choose(query, person)),
  )
  .post('/refusal', { needs: 'public', form: Refused }, async (_ctx, _, { request, refusal }) =>
    backBy(new URLSearchParams(request), (esia, query) => esia.refuse(query, isNumber(refusal) ? refusal : '007003')),
  )

/** What is wrong with a request goes back to its portal; without an address to go back to, it is shown. */
async function answer(ctx: PageVisitor, asked: Record<string, string>) {
  const esia = getStandEsia()
  const query = new URLSearchParams(asked)
  try {
    esia.checkRequest(query)
    return <PersonsPage ctx={ctx} esia={esia} request={query.toString()} />
  } catch (error) {
    if (!(error instanceof StandRefusal)) throw error
    if (error.number === '007023' || !asked.redirect_uri) return <StrangersPage ctx={ctx} why={error.message} />
    return seeOther(esia.refuse(query, error.number))
  }
}

function backBy(query: URLSearchParams, go: (esia: StandEsia, query: URLSearchParams) => string) {
  const esia = getStandEsia()
  try {
    return seeOther(go(esia, query))
  } catch (error) {
    if (!(error instanceof StandRefusal)) throw error
    return seeOther(esia.refuse(query, error.number))
  }
}

type PersonsProps = { ctx: PageVisitor; esia: StandEsia; request: string }

const PersonsPage = ({ ctx, esia, request }: PersonsProps) => (
  <Page
    title="Госуслуги стенда"
    lead="Вместо Госуслуг на стенде отвечает эта страница. Выберите, кто входит. На рабочей установке её нет."
    frame={ctx.frame}
  >
    <Stack>
      <Card title="Кто входит" aside={<Badge tone="warn" icon="flag" text="Стенд" />}>
        <List label="Вымышленные люди">
          {esia.persons.map((person) => (
            <ListItem
              key={person.key}
              title={nameOf(person)}
              under={[person.about, `СНИЛС ${person.snils}`, ...person.roles.map(({ shortName }) => shortName)]}
              end={
                <Form action="/_stand/esia/person" hidden={{ request, person: person.key }} label={nameOf(person)}>
                  <Button size="small" about={nameOf(person)}>
                    Войти
                  </Button>
                </Form>
              }
            />
          ))}
        </List>
      </Card>
      <Card title="Или отказ">
        <List label="Отказы Госуслуг">
          {Object.entries(standRefusals).map(([number, text]) => (
            <ListItem
              key={number}
              title={text}
              under={[`ESIA-${number}`]}
              end={
                <Form action="/_stand/esia/refusal" hidden={{ request, refusal: number }} label={`ESIA-${number}`}>
                  <Button size="small" about={`ESIA-${number}`}>
                    Отказать
                  </Button>
                </Form>
              }
            />
          ))}
        </List>
      </Card>
    </Stack>
  </Page>
)

const StrangersPage = ({ ctx, why }: { ctx: PageVisitor; why: string }) => (
  <Page title="Госуслуги стенда" frame={ctx.frame} hasErrors>
    <Card>
      <Stack>
        <Note tone="bad" title="Запрос портала не принят">
          {why}
        </Note>
        <Text>Адреса, на который можно вернуть отказ, в запросе нет.</Text>
        <Row>
          <LinkButton href="/sign-in">К странице входа</LinkButton>
        </Row>
      </Stack>
    </Card>
  </Page>
)

const nameOf = ({ lastName, firstName, middleName }: StandEsiaPerson) => `${lastName} ${firstName} ${middleName}`
