import { z } from 'zod'
import { type CodeWay, codeWays, FactorCode, PasskeyFactor } from '../../../../contracts/second-factor.ts'
import {
  Button,
  Card,
  Checkbox,
  Form,
  FormEnd,
  List,
  ListItem,
  Note,
  Page,
  PasskeyForm,
  Stack,
  Text,
  TextField,
} from '../../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { Problems, problemOf } from '../form-problems.tsx'
import { afterStep, stepPages } from '../steps/pages.ts'
import { sendFactorSms } from './codes.ts'
import { passByPasskey } from './passkey-entry.ts'
import { answerOf, PasskeyPost } from './passkey-post.ts'
import { passByCode, type StepView, type StepWay, viewStep } from './step.ts'

const root = stepPages['second-factor']
const stage = 'second-factor'
export const Next = z.string().max(2000).optional().catch(undefined)
const Trust = z.literal('on').optional().catch(undefined)
const Way = z.object({
  next: Next,
  way: z
    .enum([...codeWays, 'passkey'])
    .optional()
    .catch(undefined),
})

export const stepPagesOfFactor = pages(root)
  .get('/', { needs: 'signed-in', stage, query: Way }, async (ctx, _, { next, way }) =>
    ctx.signedIn.stage === stage ? stepPage(ctx, next, way) : seeOther(afterStep(ctx.signedIn.stage, next)),
  )
  .post(
    '/',
    {
      needs: 'signed-in',
      stage,
      secret: true,
      form: FactorCode.extend({ next: Next }),
      again: async (ctx, _, failure) => {
        const { next, way } = Way.parse(failure.values)
        return stepPage(ctx, next, way, failure)
      },
    },
    async (ctx, _, { next, ...code }) => {
      const passed = await passByCode(ctx, code)
      return seeOther(afterStep(passed.stage, next), passed.fewCodes ? 'identity.recovery-codes-few' : undefined)
    },
  )
  .post(
    '/sms',
    {
      needs: 'signed-in',
      stage,
      form: z.object({ next: Next }),
      again: async (ctx, _, failure) => stepPage(ctx, failure.values.next, 'sms', failure),
    },
    async (ctx, _, { next }) => {
      await sendFactorSms(ctx)
      return seeOther(addressOf('sms', next), 'identity.code-sent')
    },
  )
  .post(
    '/passkey',
    {
      needs: 'signed-in',
      stage,
      secret: true,
      form: PasskeyPost.extend({ next: Next, trust: Trust }),
      again: async (ctx, _, failure) => stepPage(ctx, failure.values.next, 'passkey', failure),
    },
    async (ctx, _, { next, ...posted }) =>
      seeOther(afterStep(await passByPasskey(ctx, answerOf(PasskeyFactor, posted)), next)),
  )

const addressOf = (way: StepWay, next: string | undefined): string =>
  `${root}?${new URLSearchParams({ way, ...(next ? { next } : {}) })}`

async function stepPage(ctx: PageContext, next: string | undefined, asked?: StepWay, failure?: FormFailure) {
  const view = await viewStep(ctx)
  const way = asked && view.ways.includes(asked) ? asked : view.ways[0]
  const island = ctx.frame.assets.islands?.passkey
  return (
    <Page
      title="Подтверждение входа"
      lead={
        way
          ? 'Остался второй шаг: он защищает вашу учётную запись, даже если пароль узнает кто-то другой.'
          : 'Для вашей роли вход подтверждают вторым способом. Настройте его сейчас, это займёт пару минут.'
      }
      frame={ctx.frame}
      hasErrors={failure !== undefined}
      scripts={way === 'passkey' && island ? [island] : []}
    >
      <Stack>
        {way ? (
          <WayCard way={way} view={view} next={next} failure={failure} />
        ) : (
          <SetUpChoice sms={view.canSetUpSms} phone={view.phone} next={next} failure={failure} />
        )}
        <OtherWays ways={view.ways.filter((other) => other !== way)} next={next} />
        <Form action="/sign-out" label="Выход">
          <Button kind="quiet" icon="exit">
            Выйти, не продолжая
          </Button>
        </Form>
      </Stack>
    </Page>
  )
}

type WayProps = { way: StepWay; view: StepView; next: string | undefined; failure: FormFailure | undefined }

function WayCard({ way, view, next, failure }: WayProps) {
  switch (way) {
    case 'passkey':
      return (
        <Card title="Ключ доступа">
          <Problems title="Вход не подтверждён" failure={failure} />
          <PasskeyForm
            kind="second-factor"
            action={`${root}/passkey`}
            hidden={{ next }}
            submit="Подтвердить ключом"
            main
          >
            <Text>Понадобится отпечаток, лицо, PIN-код устройства или ключ безопасности.</Text>
            <TrustBox />
          </PasskeyForm>
        </Card>
      )
    case 'sms':
      return (
        <Card title="Код из SMS">
          <Stack>
            <Form action={`${root}/sms`} hidden={{ next }} label="Отправить код">
              <Stack space="small">
                <Text>{`Код придёт на телефон ${view.phone ?? ''} и будет действовать 10 минут.`}</Text>
                <Button>Отправить код</Button>
              </Stack>
            </Form>
            <CodeForm way={way} next={next} failure={failure} label="Код из SMS" hint="Шесть цифр" />
          </Stack>
        </Card>
      )
    case 'authenticator':
      return (
        <Card title="Код из приложения">
          <CodeForm
            way={way}
            next={next}
            failure={failure}
            label="Код из приложения"
            hint="Шесть цифр, меняются каждые 30 секунд"
          />
        </Card>
      )
    case 'recovery-code':
      return (
        <Card title="Резервный код">
          <CodeForm
            way={way}
            next={next}
            failure={failure}
            label="Резервный код"
            hint="Один из десяти, которые вы сохранили при настройке, например k7mqa-9xtrb"
          />
        </Card>
      )
  }
}

type CodeFormProps = Pick<WayProps, 'next' | 'failure'> & { way: CodeWay; label: string; hint: string }

const CodeForm = ({ way, next, failure, label, hint }: CodeFormProps) => (
  <Form action={root} hidden={{ next, way }} label="Подтверждение входа">
    <Problems title="Вход не подтверждён" failure={failure} kept="Введите код ещё раз." />
    <Stack>
      <TextField
        name="code"
        label={label}
        hint={hint}
        error={problemOf(failure, 'code')}
        autocomplete={way === 'recovery-code' ? 'off' : 'one-time-code'}
        inputMode={way === 'recovery-code' ? 'text' : 'numeric'}
        width={14}
      />
      <TrustBox />
    </Stack>
    <FormEnd>
      <Button kind="main">Подтвердить вход</Button>
    </FormEnd>
  </Form>
)

const TrustBox = () => (
  <Checkbox
    name="trust"
    label="Доверять этому устройству 30 дней"
    hint="Второй шаг на нём спрашивать не будем. Не отмечайте на общем компьютере."
  />
)

const wayNames: Record<StepWay, string> = {
  authenticator: 'Код из приложения',
  passkey: 'Ключ доступа',
  sms: 'Код из SMS',
  'recovery-code': 'Резервный код',
}

const OtherWays = ({ ways, next }: { ways: StepWay[]; next: string | undefined }) =>
  ways.length === 0 ? null : (
    <Card title="Другой способ">
      <List label="Другие способы подтвердить вход">
        {ways.map((way) => (
          <ListItem key={way} title={wayNames[way]} href={addressOf(way, next)} />
        ))}
      </List>
    </Card>
  )

type ChoiceProps = { sms: boolean; phone: string | null; next: string | undefined; failure: FormFailure | undefined }

const SetUpChoice = ({ sms, phone, next, failure }: ChoiceProps) => (
  <Stack>
    {failure?.message ? (
      <Note tone="bad" live="alert" title="Вход не подтверждён">
        {failure.message}
      </Note>
    ) : null}
    <Card title="Приложение для кодов">
      <Form action={`${root}/authenticator`} hidden={{ next }} label="Приложение для кодов">
        <Stack space="small">
          <Text>Приложение на телефоне показывает шесть цифр. Работает без связи и бесплатно.</Text>
          <Button kind="main">Настроить приложение</Button>
        </Stack>
      </Form>
    </Card>
    {sms ? (
      <Card title="Коды по SMS">
        <Form action={`${root}/sms-codes`} hidden={{ next }} label="Коды по SMS">
          <Stack space="small">
            <Text>{`Код будет приходить на подтверждённый телефон ${phone ?? ''}.`}</Text>
            <Button>Получать коды по SMS</Button>
          </Stack>
        </Form>
      </Card>
    ) : null}
  </Stack>
)

export const setUpFailed = (ctx: PageContext, failure: FormFailure) =>
  stepPage(ctx, failure.values.next, undefined, failure)
