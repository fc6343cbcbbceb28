import type { ContactKind, Contacts } from '../../../../contracts/contacts.ts'
import {
  Badge,
  Button,
  Card,
  Disclosure,
  Form,
  FormEnd,
  Muted,
  Row,
  Stack,
  Text,
  TextField,
} from '../../../../web/kit/index.ts'
import type { FormFailure } from '../../../kernel/http/index.ts'
import { isSmsAvailable } from '../../../kernel/sms/index.ts'
import { Problems, problemOf } from '../form-problems.tsx'

/** Where the forms of a card post to: the step of signing in, or the profile. */
export type Place = { path: '/sign-in/contacts' | '/profile/contacts'; next: string | undefined }
export type CardFailure = { kind: string; act: string; failure: FormFailure }

type CardProps = { kind: ContactKind; contacts: Contacts; place: Place; failed: CardFailure | undefined }

const titles: Record<ContactKind, string> = { email: 'Электронная почта', phone: 'Телефон' }
const isConfirmed = (contacts: Contacts, kind: ContactKind) =>
  kind === 'email' ? contacts.emailConfirmed : contacts.phoneConfirmed

/** The refusal of this very form, of the several that the page has. */
const failureOf = (failed: CardFailure | undefined, kind: ContactKind, act: string): FormFailure | undefined =>
  failed?.kind === kind && failed.act === act ? failed.failure : undefined

export function ContactCard(props: CardProps) {
  const { kind, contacts } = props
  const change = contacts.changes.find((one) => one.kind === kind)
  return (
    <Card title={titles[kind]}>
      <Stack>
        <Row>
          <b>{contacts[kind] || 'не указан'}</b>
          {isConfirmed(contacts, kind) ? <Badge tone="ok" text="Подтверждено" /> : null}
          {!isConfirmed(contacts, kind) && contacts[kind] ? <Badge tone="wait" text="Не подтверждено" /> : null}
        </Row>
        {isConfirmed(contacts, kind) ? (
          change ? (
            <ChangeCodes {...props} change={change} />
          ) : (
            <NewValue {...props} act="change" words="Сменить" />
          )
        ) : (
          <Unconfirmed {...props} />
        )}
      </Stack>
    </Card>
  )
}

function Unconfirmed(props: CardProps) {
  const { kind, contacts, place, failed } = props
  if (kind === 'phone' && !isSmsAvailable())
    return <Muted>Подтвердить телефон пока нельзя: эта установка не отправляет SMS.</Muted>
  if (!contacts[kind]) return <NewValue {...props} act="correct" words="Указать" open />
  const failure = failureOf(failed, kind, 'send')
  return (
    <>
      {failure ? <Problems title="Не отправлено" failure={failure} /> : null}
      <Row>
        {kind === 'email' ? (
          <SendForm {...props} way="link" label="Письмо со ссылкой" words="Подтвердить адрес" main />
        ) : null}
        <SendForm {...props} way="code" label={`Код: ${titles[kind]}`} words="Прислать код" main={kind === 'phone'} />
      </Row>
      <Muted>
        {kind === 'email'
          ? 'По кнопке «Подтвердить адрес» придёт письмо со ссылкой. Если его нет во «Входящих», посмотрите в папках «Спам» и «Промо». Вместо ссылки можно ввести код.'
          : 'Код придёт в SMS в течение нескольких минут.'}
      </Muted>
      <CodeForm kind={kind} place={place} failure={failureOf(failed, kind, 'code')} />
      <NewValue {...props} act="correct" words="Исправить" />
    </>
  )
}

type SendProps = CardProps & { way: 'link' | 'code'; label: string; words: string; main: boolean }

const SendForm = ({ kind, place: { path, next }, way, label, words, main }: SendProps) => (
  <Form action={`${path}/${kind}/send`} hidden={{ way, next, kind, act: 'send' }} label={label}>
    {main ? <Button kind="main">{words}</Button> : <Button>{words}</Button>}
  </Form>
)

const CodeForm = ({ kind, place, failure }: { kind: ContactKind; place: Place; failure: FormFailure | undefined }) => (
  <Form
    action={`${place.path}/${kind}/code`}
    hidden={{ next: place.next, kind, act: 'code' }}
    label={`Код подтверждения: ${titles[kind]}`}
  >
    <Problems title="Контакт не подтверждён" failure={failure?.message ? failure : undefined} />
    <TextField
      id={`${kind}-code`}
      name="code"
      label={kind === 'email' ? 'Код из письма' : 'Код из SMS'}
      hint="6 цифр, действует 10 минут"
      autocomplete="one-time-code"
      inputMode="numeric"
      width={10}
      value={failure?.values.code}
      error={problemOf(failure, 'code')}
    />
    <FormEnd>
      <Button>Подтвердить</Button>
    </FormEnd>
  </Form>
)

type NewValueProps = CardProps & { act: 'correct' | 'change'; words: string; open?: boolean }

function NewValue({ kind, place, failed, act, words, open = false }: NewValueProps) {
  const failure = failureOf(failed, kind, act)
  const what = kind === 'email' ? 'почту' : 'телефон'
  const form = (
    <Form action={`${place.path}/${kind}/${act}`} hidden={{ next: place.next, kind, act }} label={`${words} ${what}`}>
      <Problems title="Не сохранено" failure={failure?.message ? failure : undefined} />
      <TextField
        id={`${kind}-value`}
        name="value"
        label={kind === 'email' ? 'Новая почта' : 'Новый телефон'}
        type={kind === 'email' ? 'email' : 'tel'}
        autocomplete={kind === 'email' ? 'email' : 'tel'}
        check={kind}
        value={failure?.values.value}
        error={problemOf(failure, 'value')}
      />
      {act === 'change' ? (
        <Muted>
          Коды придут и на прежний, и на новый контакт: нужны оба. Если прежний вам больше не доступен, сменить его
          может только администратор: <a href="/support">как обратиться</a>.
        </Muted>
      ) : null}
      <FormEnd>
        <Button>{words}</Button>
      </FormEnd>
    </Form>
  )
  return open ? (
    form
  ) : (
    <Disclosure title={`${words} ${what}`} open={failure !== undefined}>
      {form}
    </Disclosure>
  )
}

function ChangeCodes({ kind, place, failed, change }: CardProps & { change: Contacts['changes'][number] }) {
  const failure = failureOf(failed, kind, 'confirm')
  const field = (name: 'oldCode' | 'newCode', label: string) => (
    <TextField
      id={`${kind}-${name}`}
      name={name}
      label={label}
      hint="6 цифр, действует 10 минут"
      autocomplete="one-time-code"
      inputMode="numeric"
      width={10}
      value={failure?.values[name]}
      error={problemOf(failure, name)}
    />
  )
  return (
    <>
      <Text>
        Меняется на <b>{change.newValue}</b>. Введите коды из обоих сообщений; можно сначала один, потом другой.
      </Text>
      <Form action={`${place.path}/${kind}/confirm`} hidden={{ kind, act: 'confirm' }} label="Подтверждение смены">
        <Problems title="Контакт не изменён" failure={failure?.message ? failure : undefined} />
        <Stack>
          {change.oldConfirmed ? null : field('oldCode', 'Код с прежнего контакта')}
          {change.newConfirmed ? null : field('newCode', 'Код с нового контакта')}
        </Stack>
        <FormEnd>
          <Button kind="main">Подтвердить смену</Button>
        </FormEnd>
      </Form>
      <Row>
        <Form action={`${place.path}/${kind}/again`} hidden={{ kind, act: 'confirm' }} label="Коды ещё раз">
          <Button size="small">Прислать коды ещё раз</Button>
        </Form>
        <Form action={`${place.path}/${kind}/cancel`} hidden={{ kind, act: 'confirm' }} label="Отмена смены">
          <Button size="small" kind="quiet">
            Не менять
          </Button>
        </Form>
      </Row>
    </>
  )
}
