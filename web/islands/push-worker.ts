/**
 * What stays in the browser when the portal is closed: shows a notification when one comes, and opens the messages when it
 * is pressed. Nothing else: it fetches no page and keeps none. Served as /push-worker.js, so that its scope is the portal.
 */

// What a service worker has and a page has not; the library of pages does not know it.
interface Waiting {
  waitUntil: (work: Promise<unknown>) => void
}
interface PushCame extends Waiting {
  data: { json: () => { text?: string } } | null
}
interface Pressed extends Waiting {
  notification: Notification
}
interface Opened {
  url: string
  focus: () => Promise<unknown>
  navigate: (address: string) => Promise<unknown>
}
interface Self {
  registration: ServiceWorkerRegistration
  skipWaiting: () => Promise<void>
  clients: {
    matchAll: (options: { type: 'window' }) => Promise<Opened[]>
    openWindow: (address: string) => Promise<unknown>
  }
  addEventListener: ((type: 'push', listener: (event: PushCame) => void) => void) &
    ((type: 'notificationclick', listener: (event: Pressed) => void) => void) &
    ((type: 'install', listener: (event: Waiting) => void) => void)
}

// as: this script runs as a service worker, never in a page
const worker = self as unknown as Self
const messages = '/messages?unread=yes'

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()))

worker.addEventListener('push', (event) => {
  event.waitUntil(
    worker.registration.showNotification('Кабинет', {
      body: textOf(event) ?? 'Новое сообщение в кабинете',
      lang: 'ru',
      icon: '/favicon.ico',
      // The next one stands in the place of this.
      tag: 'messages',
    }),
  )
})

worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(openMessages())
})

async function openMessages(): Promise<void> {
  const [window] = await worker.clients.matchAll({ type: 'window' })
  if (!window) await worker.clients.openWindow(messages)
  else {
    await window.focus()
    await window.navigate(messages)
  }
}

function textOf({ data }: PushCame): string | undefined {
  try {
    return data?.json().text
  } catch {
    return undefined
  }
}

export {}
