import { Button } from './buttons.tsx'
import { Form } from './form.tsx'
import { NeedsScript } from './layout.tsx'

export interface PushFormProps {
  action: string
  /** the installation's key, with which the browser subscribes */
  publicKey: string
  /** subscriptions that the person has already, wherever they are */
  known: readonly string[]
}

/** The island asks the browser for a subscription, writes it into the form and sends it; until then the button rests. */
export function PushForm({ action, publicKey, known }: PushFormProps) {
  return (
    <Form
      id="push"
      action={action}
      hidden={{ endpoint: '', p256dh: '', auth: '', publicKey, known: known.join(' ') }}
      label="Уведомления на этом устройстве"
    >
      <div class="stack-s">
        <NeedsScript>
          <p>
            Уведомлениям на устройстве нужны сценарии (JavaScript), а в этом браузере они выключены. Письма и сообщения
            в кабинете приходят и без них.
          </p>
        </NeedsScript>
        <div class="row">
          <Button icon="bell" disabled>
            Включить на этом устройстве
          </Button>
        </div>
        <p class="muted" role="status" data-told />
      </div>
    </Form>
  )
}
