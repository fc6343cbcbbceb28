import { z } from 'zod'
import {
  Card,
  Columns,
  type Frame,
  LinkButton,
  List,
  ListItem,
  Masthead,
  Muted,
  Page,
  Prose,
  Section,
  Stack,
  Text,
  Timeline,
} from '../../web/kit/index.ts'
import type { Db } from '../kernel/db/index.ts'
import { type Endpoint, pages, Redirect, seeOther } from '../kernel/http/index.ts'
import type { FrontLink, Room } from '../kernel/room.ts'
import { guideEndpoints } from './guide.page.tsx'

/** A path of this site and nothing else: a foreign address would make us a stepping stone for fraud. */
const PathBack = z
  .string()
  .regex(/^\/(?![/\\])[^\\]*$/)
  .max(500)
  .catch('/')
const Vision = z.object({
  set: z
    .string()
    .regex(/^(off|on|[a-z0-9 -]{1,80})$/)
    .default('on'),
  back: PathBack,
})

const oneYear = 31_536_000

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0b5c78"/>' +
  '<path d="M7 16h18M13.5 10.5h5M13.5 21.5h5" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/></svg>'
const iconHeaders = { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'public, max-age=86400' }

/** The front door; rooms put there what everybody may read. */
const frontPages = (rooms: readonly Room[]) =>
  pages('').get('/', { needs: 'public' }, async (ctx) =>
    ctx.signedIn ? seeOther('/cabinet') : <Landing frame={ctx.frame} links={await frontLinksOf(rooms, ctx.db)} />,
  )

/** The door opens without them too: they are there again when the database is. */
const frontLinksOf = async (rooms: readonly Room[], db: Db): Promise<FrontLink[]> =>
  (await Promise.all(rooms.map((room) => room.frontLinks?.(db).catch(() => []) ?? []))).flat()

/** Pages that belong to no room: the version for the visually impaired, help. */
const sitePages = pages('')
  .get('/favicon.ico', { needs: 'public' }, async () => new Response(icon, { headers: iconHeaders }))
  .get('/vision', { needs: 'public', query: Vision }, async (ctx, _params, { set, back }) => {
    ctx.setPreference(
      'kabinet_vision',
      set === 'off' ? '' : set.includes('on') ? set : `on ${set}`,
      set === 'off' ? 0 : oneYear,
    )
    return new Redirect(back, undefined)
  })
  .get('/support', { needs: 'public' }, async (ctx) => (
    <Page
      title="Техническая поддержка"
      lead="Что сделать, если что-то не получается."
      crumbs={[{ text: 'Главная', href: '/' }, { text: 'Техническая поддержка' }]}
      frame={ctx.frame}
    >
      <Prose>
        <h2>Не приходит письмо</h2>
        <Text>
          Проверьте папку «Спам». Если письма нет и там, войдите со своим логином и паролем: страница предложит
          отправить письмо ещё раз.
        </Text>
        <h2>Не получается войти</h2>
        <Text>
          Проверьте раскладку и клавишу Caps Lock. Новый пароль можно задать самостоятельно:{' '}
          <a href="/password-reset">«Восстановить пароль»</a>.
        </Text>
        <h2>Нет нужной организации или отчёта</h2>
        <Text>
          Отчёты видны тем, кто прикреплён к организации. Подайте заявку в личном кабинете: её рассмотрит вышестоящая
          организация, ответ придёт в кабинет и на почту.
        </Text>
        <h2>На странице ошибка</h2>
        <Text>Сообщите администратору номер, который показан на странице ошибки: по нему видно, что произошло.</Text>
      </Prose>
    </Page>
  ))

const Landing = ({ frame, links }: { frame: Frame; links: readonly FrontLink[] }) => (
  <Page
    title="Личный кабинет информационных систем"
    heading={null}
    frame={frame}
    mast={
      <Masthead
        title="Личный кабинет информационных систем"
        lead="Отчёты, заявки и организации в одном месте. Всегда видно, у кого документ сейчас и что будет дальше."
        actions={
          <>
            <LinkButton href="/sign-in" kind="main">
              Вход в личный кабинет
            </LinkButton>
            <LinkButton href="/registration">Регистрация</LinkButton>
            <LinkButton kind="quiet" href="/applications/without-account">
              Заявка без учётной записи
            </LinkButton>
          </>
        }
      />
    }
  >
    <Stack>
      {links.length > 0 ? (
        <Section id="open" title="Открытые сведения">
          <Card>
            <List label="Открытые сведения">
              {links.map(({ title, href, text }) => (
                <ListItem key={href} title={title} href={href} strong>
                  {text}
                </ListItem>
              ))}
            </List>
          </Card>
        </Section>
      ) : null}
      <Columns shape="half">
        <Section id="first" title="Если вы здесь впервые">
          <Card>
            <Timeline
              steps={[
                { title: 'Зарегистрируйтесь по служебной почте', state: 'now', icon: 'pen', when: 'две минуты' },
                { title: 'Перейдите по ссылке из письма', state: 'next', icon: 'mail', when: 'письмо приходит сразу' },
                {
                  title: 'Попросите прикрепить вас к организации',
                  state: 'next',
                  icon: 'house',
                  when: 'решение — за два рабочих дня, звонить никуда не нужно',
                },
                { title: 'Заполняйте и отправляйте отчёты', state: 'next', icon: 'table', when: 'сразу после решения' },
              ]}
            />
          </Card>
        </Section>
        <Section id="what" title="Что здесь делают">
          <Card>
            <List label="Что здесь делают">
              <ListItem title="Организации" strong>
                Заполняют статистические отчёты, проверяют и отправляют их; видят срок и состояние каждого.
              </ListItem>
              <ListItem title="Вышестоящие организации" strong>
                Проверяют отчёты, принимают их или возвращают с причиной; решают, кого прикрепить.
              </ListItem>
              <ListItem title="Всем понятно, что дальше" strong>
                <Muted>
                  О каждом событии приходит сообщение и письмо. Как что сделать, рассказывает{' '}
                  <a href="/guide">руководство</a>.
                </Muted>
              </ListItem>
            </List>
          </Card>
        </Section>
      </Columns>
    </Stack>
  </Page>
)

export const siteEndpoints = (rooms: readonly Room[]): Endpoint[] => [
  ...frontPages(rooms).endpoints,
  ...sitePages.endpoints,
  ...guideEndpoints,
]
