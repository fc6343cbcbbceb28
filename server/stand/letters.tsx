/** Every letter that the program can send, with made-up data, and the day's digests without waiting for the morning. */
import { z } from 'zod'
import { Button, Form, Letter, LinkButton, Page, Row, Stack } from '../../web/kit/index.ts'
import { NotFound } from '../kernel/errors/index.ts'
import { pages, seeOther } from '../kernel/http/index.ts'
import { type LetterSample, renderLetter } from '../kernel/mail/index.ts'
import type { Room } from '../kernel/room.ts'
import { sendDigestsNow } from '../modules/messages/index.ts'

const address = '/_stand/letters-gallery'

export async function listLetterSamples(rooms: readonly Room[], baseUrl: string): Promise<LetterSample[]> {
  return (await Promise.all(rooms.map(async (room) => (await room.letterSamples?.(baseUrl)) ?? []))).flat()
}

export const standLettersPages = (rooms: readonly Room[]) =>
  pages('/_stand')
    .get('/letters-gallery', { needs: 'public' }, async (ctx) => {
      const samples = await listLetterSamples(rooms, ctx.baseUrl)
      return (
        <Page
          title="Все письма программы"
          lead="Каждое письмо с вымышленными данными: текстом здесь, свёрстанное — по ссылке. На рабочей установке этой страницы нет."
          crumbs={[{ text: 'Почта стенда', href: '/_stand/mail' }, { text: 'Все письма программы' }]}
          frame={ctx.frame}
          actions={
            <Form action="/_stand/digests">
              <Button>Разослать сводки сейчас</Button>
            </Form>
          }
        >
          <Stack>
            {samples.map(({ name, letter }, number) => (
              <Stack key={number} space="small">
                <Letter
                  id={String(number)}
                  subject={letter.subject}
                  top={[name, `кому: ${letter.to}`]}
                  text={renderLetter(letter).text}
                />
                <Row>
                  <LinkButton size="small" kind="quiet" href={`${address}/${number}`} about={letter.subject}>
                    Свёрстанное письмо
                  </LinkButton>
                </Row>
              </Stack>
            ))}
          </Stack>
        </Page>
      )
    })
    .get(
      '/letters-gallery/{number}',
      { needs: 'public', params: { number: z.coerce.number().int() } },
      async (ctx, params) => {
        const sample = (await listLetterSamples(rooms, ctx.baseUrl))[Number(params.number)]
        if (!sample) throw new NotFound({ what: 'page' })
        return new Response(renderLetter(sample.letter).html, { headers: letterHeaders })
      },
    )
    .post('/digests', { needs: 'public' }, async (ctx) => {
      await sendDigestsNow(ctx.db)
      return seeOther('/_stand/mail', 'messages.digests-sent')
    })

/** As a mail program shows it: its own styles, nothing fetched, no script. */
const letterHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}
