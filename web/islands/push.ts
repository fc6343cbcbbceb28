/**
 * Notifications on this device: asks the person, has the browser subscribe with the installation's key, and sends the
 * subscription with the form of the page. Where the browser cannot, it says why; letters come without it.
 */
const form = document.querySelector<HTMLFormElement>('form#push')
if (form) void prepare(form)

async function prepare(form: HTMLFormElement): Promise<void> {
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) {
    tell(form, 'Этот браузер не умеет показывать уведомления портала. Письма приходят и без них.')
    return
  }
  const registration = await navigator.serviceWorker.getRegistration('/')
  const standing = await registration?.pushManager?.getSubscription()
  if (standing && field(form, 'known').value.split(' ').includes(standing.endpoint)) {
    tell(form, 'На этом устройстве уведомления включены.')
    return
  }
  for (const button of form.querySelectorAll('button[disabled]')) button.removeAttribute('disabled')
  form.addEventListener('submit', (event) => {
    if (field(form, 'endpoint').value !== '') return
    event.preventDefault()
    void subscribe(form)
  })
}

let asking = false

async function subscribe(form: HTMLFormElement): Promise<void> {
  if (asking) return
  asking = true
  tell(form, 'Подтвердите в окне браузера…')
  try {
    if ((await Notification.requestPermission()) !== 'granted') throw new DOMException('refused', 'NotAllowedError')
    await navigator.serviceWorker.register('/push-worker.js', { scope: '/' })
    const { pushManager } = await navigator.serviceWorker.ready
    // One that was made with other keys, or for another person, gives way.
    await (await pushManager.getSubscription())?.unsubscribe()
    const subscription = await pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: field(form, 'publicKey').value,
    })
    const { endpoint, keys } = subscription.toJSON()
    field(form, 'endpoint').value = endpoint ?? ''
    field(form, 'p256dh').value = keys?.p256dh ?? ''
    field(form, 'auth').value = keys?.auth ?? ''
    tell(form, '')
    form.requestSubmit()
  } catch (error) {
    tell(form, whyNot(error))
  } finally {
    asking = false
  }
}

function whyNot(error: unknown): string {
  if (error instanceof DOMException && error.name === 'NotAllowedError')
    return 'Браузер не разрешает уведомления этого портала. Разрешите их в настройках сайта (значок слева от адреса) и нажмите ещё раз.'
  return 'Не получилось: служба уведомлений браузера не отвечает. Попробуйте позже; письма приходят и без них.'
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

export {}
