import { Button } from './buttons.tsx'
import { Form } from './form.tsx'
import { NeedsScript } from './layout.tsx'
import type { Children } from './types.ts'

export interface PasskeyFormProps {
  /** what the browser is asked for; the island finds the form by it */
  kind: 'registration' | 'sign-in' | 'second-factor'
  action: string
  hidden?: Readonly<Record<string, string | undefined>>
  submit: string
  main?: boolean
  children?: Children
}

/** The island asks the browser for the key, writes its answer into the form and sends it; until then the button rests. */
export function PasskeyForm({ kind, action, hidden, submit, main, children }: PasskeyFormProps) {
  return (
    <Form id={`passkey-${kind}`} action={action} hidden={{ ...hidden, challenge: '', credential: '' }} label={submit}>
      <div class="stack-s">
        {children}
        <NeedsScript>
          <p>
            Ключам доступа нужны сценарии (JavaScript), а в этом браузере они выключены. Включите их или выберите другой
            способ.
          </p>
        </NeedsScript>
        <div class="row">
          <Button kind={main ? 'main' : 'plain'} icon="key" disabled>
            {submit}
          </Button>
        </div>
        <p class="muted" role="status" data-told />
      </div>
    </Form>
  )
}
