import { z } from 'zod'
import { Gallery } from '../../web/kit/gallery.tsx'
import { EmptyState, formatDateTime, Letter, LinkButton, Page, Stack } from '../../web/kit/index.ts'
import type { Endpoint } from '../kernel/http/index.ts'
import { pages } from '../kernel/http/index.ts'
import { listSentLetters } from '../kernel/mail/index.ts'
import type { Room } from '../kernel/room.ts'
import { standAccounts } from '../seeds/stand.people.ts'
import { standEsiaPages } from './esia/index.ts'
import { standLettersPages as standIncomingLetters } from './letters.pages.tsx'
import { standLettersPages } from './letters.tsx'
import { standRegistryPages } from './registry.tsx'

const MailboxQuery = z.object({
  to: z.string().max(300).optional(),
  since: z.iso.datetime({ offset: true }).optional(),
})

type SentLetter = Awaited<ReturnType<typeof listSentLetters>>[number]

const asJson = (letter: SentLetter) => ({
  id: letter.id,
  channel: letter.channel,
  to: letter.recipient,
  subject: letter.subject,
  text: letter.text,
  html: letter.html,
  links: linksOf(letter.text),
  sentAt: letter.sentAt.toISOString(),
})

const linksOf = (text: string): string[] => [...text.matchAll(/https?:\/\/\S+/g)].map(([link]) => link)

const standPages = pages('/_stand')
  .get('/accounts.json', { needs: 'public' }, async () =>
    Response.json(standAccounts.map(({ login, password, role, name }) => ({ login, password, role, name }))),
  )
  .get('/mail.json', { needs: 'public', query: MailboxQuery }, async (ctx, _params, query) =>
    Response.json((await listSentLetters(ctx.db, query)).map(asJson)),
  )
  .get('/mail', { needs: 'public', query: MailboxQuery }, async (ctx, _params, query) => {
    const letters = (await listSentLetters(ctx.db, query)).reverse()
    return (
      <Page
        title="Почта стенда"
        lead="Здесь все письма и SMS, которые отправила бы программа. Новые сверху. На рабочей установке этой страницы нет."
        actions={<LinkButton href="/_stand/letters-gallery">Все письма программы</LinkButton>}
        frame={ctx.frame}
      >
        {letters.length === 0 ? (
          <EmptyState icon="mail" title="Писем пока нет">
            Зарегистрируйтесь или отправьте отчёт, и письмо появится здесь.
          </EmptyState>
        ) : (
          <Stack>
            {letters.map(({ id, channel, subject, recipient, sentAt, text }) => (
              <Letter
                key={id}
                id={id}
                subject={subject}
                top={[
                  formatDateTime(sentAt, ctx.timeZone),
                  `${channel === 'sms' ? 'SMS на номер' : 'кому:'} ${recipient}`,
                ]}
                text={text}
              />
            ))}
          </Stack>
        )}
      </Page>
    )
  })
  .get('/kit', { needs: 'public' }, async (ctx) => <Gallery frame={ctx.frame} />)

export const standEndpointsOf = (rooms: readonly Room[]): Endpoint[] => [
  ...standPages.endpoints,
  ...standEsiaPages.endpoints,
  ...standLettersPages(rooms).endpoints,
  ...standRegistryPages.endpoints,
  ...standIncomingLetters.endpoints,
]
