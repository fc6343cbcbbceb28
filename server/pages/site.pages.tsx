import { z } from 'zod'
import { Card, LinkButton, Page, Pair, Prose } from '../../web/kit/index.ts'
import { type Endpoint, pages, Redirect, seeOther } from '../kernel/http/index.ts'
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

/** Pages that belong to no room: the front door, the version for the visually impaired, help. */
const sitePages = pages('')
  .get('/', { needs: 'public' }, async (ctx) =>
    ctx.signedIn ? (
      seeOther('/cabinet')
    ) : (
      <Page
        title="Кабинет"
        heading="Личный кабинет информационных систем"
        lead="Отчёты, заявки и организации в одном месте. Всегда видно, у кого документ сейчас и что будет дальше."
        frame={ctx.frame}
      >
        <Pair>
          <Card
            title="Я уже зарегистрирован"
            foot={
              <LinkButton href="/sign-in" kind="main">
                Вход в личный кабинет
              </LinkButton>
            }
          >
            <p>Войдите, чтобы заполнить отчёт, подать заявку или ответить на неё.</p>
          </Card>
          <Card title="Я здесь впервые" foot={<LinkButton href="/registration">Регистрация</LinkButton>}>
            <p>
              Зарегистрируйтесь по служебной почте и попросите прикрепить вас к организации. Звонить никуда не нужно.
            </p>
          </Card>
        </Pair>
      </Page>
    ),
  )
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
        <p>
          Проверьте папку «Спам». Если письма нет и там, войдите со своим логином и паролем: страница предложит
          отправить письмо ещё раз.
        </p>
        <h2>Не получается войти</h2>
        <p>
          Проверьте раскладку и клавишу Caps Lock. Новый пароль можно задать самостоятельно:{' '}
          <a href="/password-reset">«Восстановить пароль»</a>.
        </p>
        <h2>Нет нужной организации или отчёта</h2>
        <p>
          Отчёты видны тем, кто прикреплён к организации. Подайте заявку в личном кабинете: её рассмотрит вышестоящая
          организация, ответ придёт в кабинет и на почту.
        </p>
        <h2>На странице ошибка</h2>
        <p>Сообщите администратору номер, который показан на странице ошибки: по нему видно, что произошло.</p>
      </Prose>
    </Page>
  ))

export const siteEndpoints: Endpoint[] = [...sitePages.endpoints, ...guideEndpoints]
