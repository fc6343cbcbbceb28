import type { OwnFactors } from '../../../../contracts/second-factor.ts'
import {
  Badge,
  Button,
  Card,
  type Children,
  type Crumb,
  cabinetCrumb,
  Form,
  FormEnd,
  formatDate,
  formatDateTime,
  LinkButton,
  List,
  ListItem,
  Muted,
  Note,
  Page,
  PasskeyForm,
  PasswordField,
  Row,
  Stack,
  Text,
  TextField,
} from '../../../../web/kit/index.ts'
import { counted } from '../../../../web/kit/text.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { Problems, problemOf } from '../form-problems.tsx'
import { fewRecoveryCodes } from './recovery-codes.ts'

export const securityRoot = '/profile/security'

const crumbsTo = (...rest: Crumb[]): Crumb[] => [
  cabinetCrumb,
  { text: 'Настройки аккаунта', href: '/profile/settings' },
  { text: 'Безопасность входа', href: securityRoot },
  ...rest,
]

type Props = { ctx: PageContext; factors: OwnFactors }

export function SecurityPage({ ctx, factors }: Props) {
  const { authenticatorSince, smsSince, passkeys } = factors
  const hasFactor = authenticatorSince !== null || smsSince !== null || passkeys.length > 0
  return (
    <Page
      title="Безопасность входа"
      lead="Второй способ защищает учётную запись, даже если пароль узнает кто-то другой."
      crumbs={crumbsTo()}
      frame={ctx.frame}
    >
      <Stack>
        <Standing demanded={factors.demanded} hasFactor={hasFactor} />
        <CodesCard ctx={ctx} factors={factors} />
        <PasskeysCard ctx={ctx} factors={factors} />
        {hasFactor ? <RecoveryCard factors={factors} /> : null}
        {hasFactor ? <DevicesCard ctx={ctx} factors={factors} /> : null}
      </Stack>
    </Page>
  )
}

function Standing({ demanded, hasFactor }: { demanded: boolean; hasFactor: boolean }) {
  if (hasFactor) return null
  return demanded ? (
    <Note tone="warn" title="Второй способ входа для вашей роли обязателен">
      Настройте его сейчас, или мы попросим об этом при следующем входе.
    </Note>
  ) : (
    <Note tone="warn" title="Сейчас вход защищён только паролем">
      Добавьте приложение для кодов или ключ доступа: это занимает пару минут.
    </Note>
  )
}

const On = () => <Badge tone="ok" text="Включено" />

function CodesCard({ ctx, factors: { authenticatorSince, smsSince, phone } }: Props) {
  const since = (moment: string) => `с ${formatDate(moment, ctx.timeZone)}`
  return (
    <Card title="Одноразовые коды">
      <List label="Одноразовые коды">
        <ListItem
          title="Приложение для кодов"
          under={authenticatorSince ? [since(authenticatorSince)] : ['Работает без связи и бесплатно']}
          end={
            authenticatorSince ? (
              <Row>
                <On />
                <LinkButton size="small" href={`${securityRoot}/authenticator`}>
                  Заменить
                </LinkButton>
                <LinkButton size="small" kind="quiet" href={`${securityRoot}/authenticator/removal`}>
                  Отключить
                </LinkButton>
              </Row>
            ) : (
              <LinkButton size="small" href={`${securityRoot}/authenticator`} about="приложение для кодов">
                Настроить
              </LinkButton>
            )
          }
        />
        <ListItem
          title="Коды по SMS"
          under={smsUnder(phone, smsSince && since(smsSince))}
          end={
            smsSince ? (
              <Row>
                <On />
                <LinkButton size="small" kind="quiet" href={`${securityRoot}/sms-codes/removal`}>
                  Отключить
                </LinkButton>
              </Row>
            ) : phone ? (
              <LinkButton size="small" href={`${securityRoot}/sms-codes`} about="коды по SMS">
                Включить
              </LinkButton>
            ) : (
              <Badge tone="wait" text="Нет телефона" />
            )
          }
        />
      </List>
    </Card>
  )
}

const smsUnder = (phone: string | null, since: string | null): string[] =>
  phone ? [phone, ...(since ? [since] : [])] : ['Сначала подтвердите телефон в профиле']

function PasskeysCard({ ctx, factors: { passkeys } }: Props) {
  const when = (moment: string) => formatDateTime(moment, ctx.timeZone)
  return (
    <Card
      title="Ключи доступа"
      foot={
        <LinkButton href={`${securityRoot}/passkeys/new`} icon="plus">
          Добавить ключ доступа
        </LinkButton>
      }
    >
      <Stack space="small">
        <Muted>
          Вход по отпечатку, лицу, PIN-коду устройства или ключу безопасности: без пароля и без кодов, и на поддельном
          сайте он не сработает.
        </Muted>
        {passkeys.length === 0 ? (
          <Text>Ключей доступа пока нет.</Text>
        ) : (
          <List label="Ключи доступа">
            {passkeys.map(({ id, name, createdAt, lastUsedAt }) => (
              <ListItem
                key={id}
                title={name}
                under={[
                  `добавлен ${when(createdAt)}`,
                  lastUsedAt ? `последний вход ${when(lastUsedAt)}` : 'ещё не использован',
                ]}
                end={
                  <LinkButton size="small" kind="quiet" href={`${securityRoot}/passkeys/${id}/removal`} about={name}>
                    Удалить
                  </LinkButton>
                }
              />
            ))}
          </List>
        )}
      </Stack>
    </Card>
  )
}

function RecoveryCard({ factors: { recoveryCodesLeft: left } }: { factors: OwnFactors }) {
  return (
    <Card
      title="Резервные коды"
      foot={<LinkButton href={`${securityRoot}/recovery-codes`}>Выпустить новые</LinkButton>}
    >
      {left <= fewRecoveryCodes ? (
        <Note tone="warn" title={left === 0 ? 'Резервных кодов не осталось' : `Осталось мало: ${codesOf(left)}`}>
          Выпустите новые, чтобы не потерять доступ вместе с телефоном.
        </Note>
      ) : (
        <Text>{`Осталось ${codesOf(left)}. Каждый срабатывает один раз, когда телефона нет под рукой.`}</Text>
      )}
    </Card>
  )
}

const codesOf = (left: number): string => counted(left, ['код', 'кода', 'кодов'])

function DevicesCard({ ctx, factors: { trustedDevices } }: Props) {
  const when = (moment: string) => formatDate(moment, ctx.timeZone)
  return (
    <Card
      title="Доверенные устройства"
      foot={
        trustedDevices.length > 1 ? (
          <Form action={`${securityRoot}/devices/revoke-all`} label="Все доверенные устройства">
            <Button size="small">Не доверять ни одному</Button>
          </Form>
        ) : undefined
      }
    >
      {trustedDevices.length === 0 ? (
        <Text>Таких устройств нет: второй шаг спрашивается при каждом входе.</Text>
      ) : (
        <List label="Доверенные устройства">
          {trustedDevices.map(({ id, device, current, createdAt, expiresAt }) => (
            <ListItem
              key={id}
              title={device}
              under={[current ? 'это устройство' : undefined, `с ${when(createdAt)}`, `до ${when(expiresAt)}`]}
              end={
                <Form action={`${securityRoot}/devices/${id}/revoke`} label={`Доверие: ${device}`}>
                  <Button size="small" about={device}>
                    Не доверять
                  </Button>
                </Form>
              }
            />
          ))}
        </List>
      )}
    </Card>
  )
}

type ProofPageProps = Props & {
  failure: FormFailure | undefined
  title: string
  text: string
  action: string
  submit: string
  bad?: boolean
}

/** Before a change of the ways in: says what will happen, and asks who sits there. */
export const ProofPage = ({ ctx, factors, failure, title, text, action, submit, bad }: ProofPageProps) => (
  <Page title={title} crumbs={crumbsTo({ text: title })} frame={ctx.frame} hasErrors={failure !== undefined}>
    <Card>
      <Form action={action} label={title}>
        <Problems title="Ничего не изменено" failure={failure} kept="Введите пароль или код ещё раз." />
        <Stack>
          <Text>{text}</Text>
          <ProofFields failure={failure} withCode={hasCodes(factors)} />
        </Stack>
        <FormEnd>
          <Button kind={bad ? 'bad' : 'main'}>{submit}</Button>
          <LinkButton kind="quiet" href={securityRoot}>
            Ничего не менять
          </LinkButton>
        </FormEnd>
      </Form>
    </Card>
  </Page>
)

const hasCodes = ({ authenticatorSince, recoveryCodesLeft }: OwnFactors): boolean =>
  authenticatorSince !== null || recoveryCodesLeft > 0

const ProofFields = ({ failure, withCode }: { failure: FormFailure | undefined; withCode: boolean }) => (
  <>
    <PasswordField
      name="password"
      label="Ваш пароль"
      hint="Чтобы никто не сделал этого за вас на открытом компьютере"
      autocomplete="current-password"
      error={problemOf(failure, 'password')}
    />
    {withCode ? (
      <TextField
        name="code"
        label="Или код вместо пароля"
        hint="Из приложения или резервный"
        autocomplete="one-time-code"
        error={problemOf(failure, 'code')}
        width={14}
        optional
      />
    ) : null}
  </>
)

export function NewPasskeyPage({ ctx, failure }: { ctx: PageContext; failure?: FormFailure }) {
  const island = ctx.frame.assets.islands?.passkey
  return (
    <Page
      title="Новый ключ доступа"
      crumbs={crumbsTo({ text: 'Новый ключ доступа' })}
      frame={ctx.frame}
      hasErrors={failure !== undefined}
      scripts={island ? [island] : []}
    >
      <Card>
        <Problems title="Ключ не добавлен" failure={failure} />
        <PasskeyForm kind="registration" action={`${securityRoot}/passkeys/new`} submit="Создать ключ доступа" main>
          <Text>
            Браузер предложит сохранить ключ на этом устройстве, на телефоне или на ключе безопасности. Потом им можно
            входить без пароля.
          </Text>
          <TextField
            name="name"
            label="Как назвать ключ"
            hint="Например, «Рабочий ноутбук»; не назовёте — назовём по браузеру"
            value={failure?.values.name}
            error={problemOf(failure, 'name')}
            maxLength={60}
            optional
          />
          <ProofFields failure={failure} withCode={false} />
        </PasskeyForm>
      </Card>
      <LinkButton kind="quiet" href={securityRoot}>
        Не добавлять
      </LinkButton>
    </Page>
  )
}

type CodePageProps = { ctx: PageContext; title: string; failure: FormFailure | undefined; children: Children }

export const CodePage = ({ ctx, title, failure, children }: CodePageProps) => (
  <Page title={title} crumbs={crumbsTo({ text: title })} frame={ctx.frame} hasErrors={failure !== undefined}>
    {children}
  </Page>
)
