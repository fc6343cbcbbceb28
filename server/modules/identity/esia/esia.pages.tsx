/** «Войти через Госуслуги»: out, back, the choice of whom to act for, and what went wrong. */
import { z } from 'zod'
import {
  Button,
  Card,
  Form,
  FormEnd,
  LinkButton,
  Note,
  Page,
  Radios,
  Row,
  Stack,
  Text,
} from '../../../../web/kit/index.ts'
import { AppError } from '../../../kernel/errors/index.ts'
import { type FormFailure, type PageVisitor, pages, type Redirect, seeOther } from '../../../kernel/http/index.ts'
import { ExternalSignInDead } from '../external/external.errors.ts'
import { externalPhrases } from '../external/external.phrases.ts'
import { problemOf } from '../form-problems.tsx'
import { localPath } from '../sign-in/local-path.ts'
import { afterStep } from '../steps/pages.ts'
import { stepsPhrasesOfCodes } from '../steps/steps.phrases.ts'
import {
  awaitChoice,
  comeIn,
  comeInAs,
  type EsiaAnswer,
  leaveForEsia,
  mustChoose,
  noteRefusal,
  proveByEsia,
  type Returned,
  takeReturn,
  viewChoice,
} from './entering.ts'
import { EsiaOff } from './esia.errors.ts'
import { esiaPhrases } from './esia.phrases.ts'
import { addressOfSignOut } from './exchange.ts'
import type { EsiaPerson } from './person.ts'
import { getEsia } from './provider.ts'
import { tieAccount } from './tie.ts'

const text = (most: number) => z.string().max(most).optional().catch(undefined)
const Way = z.object({ next: text(2000) })
const Answer = z.object({ state: text(100), code: text(10_000), error: text(300), error_description: text(2000) })
const Waiting = z.object({ state: z.string().max(100).catch('') })
/** «self», or the identifier of an organisation. */
const Choice = z.object({ state: z.string().max(100), acts: z.string('Выберите, от чьего имени войти').max(30) })
const Problem = z.object({ why: z.string().max(100).catch(''), tie: z.literal('yes').optional().catch(undefined) })

export const esiaPages = pages('/esia')
  .get('/sign-in', { needs: 'public', query: Way }, async (ctx, _, { next }) =>
    seeOther(await leaveForEsia(ctx, 'enter', localPath(next))),
  )
  .get('/callback', { needs: 'public', query: Answer }, async (ctx, _, answer) => {
    const { state, ...rest } = answer
    let returned: Returned | undefined
    return orProblem(
      ctx,
      () => returned?.purpose,
      async () => {
        returned = await takeReturn(ctx, state)
        return comeBackWith(ctx, rest, returned)
      },
    )
  })
  .get('/organisation', { needs: 'public', query: Waiting }, async (ctx, _, { state }) =>
    orProblem(
      ctx,
      () => 'enter',
      async () => <ChoicePage ctx={ctx} state={state} person={await viewChoice(ctx, state)} />,
    ),
  )
  .post(
    '/organisation',
    {
      needs: 'public',
      form: Choice,
      again: async (ctx, _, failure) => {
        const { state } = Waiting.parse(failure.values)
        return <ChoicePage ctx={ctx} state={state} person={await viewChoice(ctx, state)} failure={failure} />
      },
    },
    async (ctx, _, { state, acts }) =>
      orProblem(
        ctx,
        () => 'enter',
        async () => {
          const { stage, next } = await comeInAs(ctx, state, acts === 'self' ? undefined : acts)
          return seeOther(afterStep(stage, next))
        },
      ),
  )
  .get('/problem', { needs: 'public', query: Problem }, async (ctx, _, { why, tie }) => (
    <ProblemPage ctx={ctx} why={why} tying={tie === 'yes'} />
  ))
  .get('/signed-out', { needs: 'public' }, async (ctx) => <SignedOutPage ctx={ctx} />)

async function comeBackWith(ctx: PageVisitor, answer: EsiaAnswer, { purpose, next }: Returned): Promise<Redirect> {
  const proof = await proveByEsia(answer)
  if (purpose === 'tie') {
    const { signedIn } = ctx
    // `takeReturn` has seen that it is the account that began; a session that has not come far enough ties nothing.
    if (signedIn?.stage !== 'full') throw new ExternalSignInDead()
    await tieAccount(ctx, signedIn.account, proof)
    return seeOther('/profile/gosuslugi', 'esia.tied')
  }
  if (await mustChoose(ctx, proof)) {
    const state = await awaitChoice(ctx, proof, next)
    return seeOther(`/esia/organisation?${new URLSearchParams({ state })}`)
  }
  const { stage } = await comeIn(ctx, proof, undefined)
  return seeOther(afterStep(stage, next))
}

/** What is foreseen to go wrong gets a page of its own, which can be opened anew; it is noted in the journal. */
async function orProblem<T>(ctx: PageVisitor, purpose: () => 'enter' | 'tie' | undefined, act: () => Promise<T>) {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof AppError) || !(error.code in told)) throw error
    // Anyone can call with a state that never was: the journal is not for that.
    if (error.code !== ExternalSignInDead.code && error.code !== EsiaOff.code) await noteRefusal(ctx, error)
    const query = new URLSearchParams({ why: error.code, ...(purpose() === 'tie' ? { tie: 'yes' } : {}) })
    return seeOther(`/esia/problem?${query}`)
  }
}

/** Everything that the page of problems can say. */
const told: Record<string, string> = { ...esiaPhrases, ...externalPhrases, ...stepsPhrasesOfCodes }

type ChoiceProps = { ctx: PageVisitor; state: string; person: EsiaPerson; failure?: FormFailure }

function ChoicePage({ ctx, state, person, failure }: ChoiceProps) {
  const self = [person.surname, person.name, person.patronymic].filter(Boolean).join(' ')
  return (
    <Page
      title="От чьего имени войти"
      lead="На Госуслугах вы указаны и как сотрудник организации."
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Card>
        <Form action="/esia/organisation" hidden={{ state }} label="От чьего имени войти">
          <Radios
            name="acts"
            label="Войти"
            labelHidden
            value={failure?.values.acts}
            error={failure && problemOf(failure, 'acts')}
            options={[
              { value: 'self', text: 'От своего имени', hint: self },
              ...person.organisations.map(({ oid, shortName, ogrn, chief }) => ({
                value: oid,
                text: shortName,
                hint: `ОГРН ${ogrn}${chief ? ', вы руководитель' : ''}`,
              })),
            ]}
          />
          <FormEnd>
            <Button kind="main">Войти</Button>
            <LinkButton kind="quiet" href="/sign-in">
              Не входить
            </LinkButton>
          </FormEnd>
        </Form>
      </Card>
    </Page>
  )
}

function ProblemPage({ ctx, why, tying }: { ctx: PageVisitor; why: string; tying: boolean }) {
  const [what = '', ...more] = (Object.hasOwn(told, why) ? (told[why] ?? '') : esiaPhrases['esia-refused']).split(
    /(?<=[а-яё])\. /u,
  )
  return (
    <Page title={tying ? 'Госуслуги не привязаны' : 'Войти через Госуслуги не получилось'} frame={ctx.frame} hasErrors>
      <Card>
        <Stack>
          <Note tone="bad" title={what}>
            {more.join('. ')}
          </Note>
          {tying ? <WaysOfTying /> : <WaysIn why={why} />}
        </Stack>
      </Card>
    </Page>
  )
}

/** Who must go through another door is shown that one first; another try would end the same. */
const elsewhere = ['esia-staff', 'esia-account-exists', 'esia-not-tied', 'door-closed']

const WaysIn = ({ why }: { why: string }) =>
  elsewhere.includes(why) ? (
    <Row>
      <LinkButton kind="main" href="/sign-in">
        {why === 'esia-staff' ? 'Войти по паролю или через домен' : 'Войти другим способом'}
      </LinkButton>
      <a href="/support">Техническая поддержка</a>
    </Row>
  ) : (
    <Row>
      <LinkButton kind="main" href="/esia/sign-in">
        Начать ещё раз
      </LinkButton>
      <LinkButton href="/sign-in">Другие способы входа</LinkButton>
      <a href="/support">Техническая поддержка</a>
    </Row>
  )

const WaysOfTying = () => (
  <Row>
    <LinkButton kind="main" href="/profile/gosuslugi">
      Синхронизация с Госуслугами
    </LinkButton>
    <a href="/support">Техническая поддержка</a>
  </Row>
)

const SignedOutPage = ({ ctx }: { ctx: PageVisitor }) => (
  <Page title="Вы вышли из личного кабинета" frame={ctx.frame}>
    <Card>
      <Stack>
        <Text>
          На Госуслугах сеанс ещё открыт: с этого компьютера в кабинет можно войти снова без пароля. Если компьютером
          пользуетесь не только вы, выйдите и там.
        </Text>
        <Row>
          <LinkButton kind="main" href={addressOfSignOut(getEsia(), `${ctx.baseUrl}/`)}>
            Выйти и из Госуслуг
          </LinkButton>
          <LinkButton href="/">На главную</LinkButton>
        </Row>
      </Stack>
    </Card>
  </Page>
)
