/** What setting up a factor looks like, on the way in and in the profile alike. */
import { encode } from 'uqr'
import {
  Button,
  Card,
  CopyCode,
  CopyCodes,
  Form,
  FormEnd,
  LinkButton,
  Muted,
  Page,
  QrCode,
  Stack,
  Text,
  TextField,
} from '../../../../web/kit/index.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { Problems, problemOf } from '../form-problems.tsx'
import type { AuthenticatorSetUp } from './authenticator.ts'
import { inGroups } from './totp.ts'

type CodeFormProps = {
  action: string
  next: string | undefined
  failure: FormFailure | undefined
  back: { text: string; href: string }
}

export function AuthenticatorCard({ setUp, ...form }: CodeFormProps & { setUp: AuthenticatorSetUp }) {
  return (
    <Card title="Приложение для кодов">
      <Stack>
        <Text>
          1. Откройте на телефоне приложение для одноразовых кодов. Подойдёт любое с кодами TOTP: Яндекс Ключ, Google
          Authenticator, Aegis, FreeOTP.
        </Text>
        <Text>2. Добавьте в нём запись: наведите камеру на картинку или введите ключ вручную.</Text>
        <QrCode modules={encode(setUp.uri, { ecc: 'M', border: 4 }).data} label="Картинка с ключом для приложения" />
        <CopyCode label="Ключ для ввода вручную" code={inGroups(setUp.secret)} />
        <Muted>Вид ключа: по времени, 6 цифр. Никому его не показывайте: с ним можно получать ваши коды.</Muted>
        <CodeForm {...form} label="3. Введите код из приложения" hint="Шесть цифр, меняются каждые 30 секунд" />
      </Stack>
    </Card>
  )
}

export const SmsCard = ({ phone, ...form }: CodeFormProps & { phone: string | null }) => (
  <Card title="Коды по SMS">
    <Stack>
      <Text>{`Мы отправили код на ваш подтверждённый телефон${phone ? ` ${phone}` : ''}. Он действует 10 минут.`}</Text>
      <CodeForm {...form} label="Код из SMS" hint="Шесть цифр" />
    </Stack>
  </Card>
)

function CodeForm({ action, next, failure, back, label, hint }: CodeFormProps & { label: string; hint: string }) {
  return (
    <Form action={action} hidden={{ next }} label="Проверка кода">
      <Problems title="Код не принят" failure={failure} kept="Введите код ещё раз." />
      <TextField
        name="code"
        label={label}
        hint={hint}
        error={problemOf(failure, 'code')}
        autocomplete="one-time-code"
        inputMode="numeric"
        width={10}
      />
      <FormEnd>
        <Button kind="main">Подтвердить</Button>
        <LinkButton kind="quiet" href={back.href}>
          {back.text}
        </LinkButton>
      </FormEnd>
    </Form>
  )
}

/** The only time that the codes are shown. */
export function RecoveryCodesPage({ ctx, codes, href }: { ctx: PageContext; codes: readonly string[]; href: string }) {
  return (
    <Page
      title="Резервные коды"
      lead="Сохраните их сейчас: второй раз мы их не покажем. Они пригодятся, если телефон потеряется или сломается."
      frame={ctx.frame}
    >
      <Card
        foot={
          <LinkButton kind="main" href={href}>
            Коды сохранены, продолжить
          </LinkButton>
        }
      >
        <Stack>
          <CopyCodes codes={codes} label="Резервные коды" />
          <Text>
            Распечатайте эту страницу (Ctrl+P) или перепишите коды и держите их там же, где важные бумаги. Каждый код
            срабатывает один раз вместо кода из приложения или SMS.
          </Text>
          <Muted>Прежние резервные коды, если они были, больше не действуют.</Muted>
        </Stack>
      </Card>
    </Page>
  )
}
