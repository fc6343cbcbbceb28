/**
 * Passkeys: asks the server for a question, the browser for the key's answer, and sends it with the form of the page.
 * The page without it says that a script is needed; so does a browser that knows no passkeys. What speaks with the key
 * is fetched when the button is pressed: most people sign in otherwise.
 */
const questions = {
  'passkey-registration': '/api/v1/profile/passkeys/challenge',
  'passkey-sign-in': '/api/v1/session/passkey-challenge',
  'passkey-second-factor': '/api/v1/session/second-factor/passkey-challenge',
} as const

for (const [id, question] of Object.entries(questions)) {
  const form = document.querySelector<HTMLFormElement>(`form#${id}`)
  if (form) prepare(form, question)
}

function prepare(form: HTMLFormElement, question: string): void {
  if (typeof PublicKeyCredential !== 'function') {
    tell(form, 'Этот браузер не умеет работать с ключами доступа. Обновите его или выберите другой способ.')
    return
  }
  for (const button of form.querySelectorAll('button[disabled]')) button.removeAttribute('disabled')
  form.addEventListener('submit', (event) => {
    if (field(form, 'credential').value !== '') return
    event.preventDefault()
    void ask(form, question)
  })
  // Back from the next page: the answer of before is used up.
  addEventListener('pageshow', () => {
    field(form, 'credential').value = ''
  })
}

let asking = false

async function ask(form: HTMLFormElement, question: string): Promise<void> {
  if (asking) return
  asking = true
  tell(form, 'Подтвердите в окне браузера…')
  try {
    const [{ id, options }, { startAuthentication, startRegistration }] = await Promise.all([
      questionOf(form, question),
      import('@simplewebauthn/browser'),
    ])
    const registers = form.id === 'passkey-registration'
    const credential = registers
      ? await startRegistration({ optionsJSON: options })
      : await startAuthentication({ optionsJSON: options })
    field(form, 'challenge').value = id
    field(form, 'credential').value = JSON.stringify(credential)
    for (const secret of form.querySelectorAll<HTMLInputElement>('input[type=password]')) secret.value = ''
    tell(form, '')
    form.requestSubmit()
  } catch (error) {
    tell(form, whyNot(error))
  } finally {
    asking = false
  }
}

class Refusal extends Error {}

async function questionOf(form: HTMLFormElement, address: string) {
  const typed = (name: string) => form.querySelector<HTMLInputElement>(`input[name=${name}]`)?.value || undefined
  const reply = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ password: typed('password'), code: typed('code') }),
  })
  const body = await reply.json()
  if (!reply.ok) throw new Refusal(body.errors?.[0]?.text ?? body.title)
  return body
}

function whyNot(error: unknown): string {
  if (error instanceof Refusal) return error.message
  switch (error instanceof Error ? error.name : '') {
    case 'InvalidStateError':
      return 'На этом устройстве ваш ключ доступа уже есть.'
    case 'NotAllowedError':
    case 'AbortError':
      return 'Ключ не выбран, или вышло время. Нажмите кнопку ещё раз или выберите другой способ.'
    case 'SecurityError':
      return 'По этому адресу портала ключи доступа не работают. Сообщите администратору системы.'
    default:
      return 'Не получилось: нет связи с сервером или ключ не ответил. Нажмите кнопку ещё раз.'
  }
}

function field(form: HTMLFormElement, name: string): HTMLInputElement {
  const found = form.querySelector<HTMLInputElement>(`input[name=${name}]`)
  if (!found) throw new Error(`The form has no ${name}`)
  return found
}

function tell(form: HTMLFormElement, text: string): void {
  const place = form.querySelector('[data-told]')
  if (place) place.textContent = text
}
