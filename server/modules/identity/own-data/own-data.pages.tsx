/** «Мои данные и удаление»: what is kept and for what, one's own copy of it, and the way out. */
import { ErasureAsked, type ErasureView, OwnCopyAsked, type WaitingErasure } from '../../../../contracts/own-data.ts'
import {
  Button,
  Card,
  CopyCode,
  counted,
  Form,
  FormEnd,
  formatDate,
  LinkButton,
  List,
  ListItem,
  Note,
  Page,
  PasswordField,
  Prose,
  Stack,
  Text,
  TextField,
} from '../../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages } from '../../../kernel/http/index.ts'
import { Problems, problemOf } from '../form-problems.tsx'
import { crumbsToSettings } from '../profile/settings.pages.tsx'
import { askErasure, viewErasure } from './erasure.ts'
import { hasPassword, takeOwnCopy } from './own-copy.ts'
import { keptData } from './own-data.phrases.ts'

const address = '/profile/data'
const title = 'Мои данные и удаление'

export const ownDataPages = pages(address)
  .get('/', { needs: 'signed-in' }, (ctx) => dataPage(ctx))
  .post(
    '/',
    { needs: 'signed-in', form: OwnCopyAsked, secret: true, again: (ctx, _, failure) => dataPage(ctx, failure) },
    async (ctx, _, { password }) => asFile(await takeOwnCopy(ctx, password)),
  )
  .get('/erasure', { needs: 'signed-in' }, (ctx) => erasurePage(ctx))
  .post(
    '/erasure',
    { needs: 'signed-in', form: ErasureAsked, secret: true, again: (ctx, _, failure) => erasurePage(ctx, failure) },
    async (ctx, _, given) => <AskedPage ctx={ctx} asked={await askErasure(ctx, given)} />,
  )

/** Kept nowhere: whoever sends the same form again is led back to the page. */
const asFile = (copy: Record<string, unknown>): Response =>
  new Response(JSON.stringify(copy, null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="moi-dannye.json"',
      'content-location': address,
      'cache-control': 'no-store',
    },
  })

async function dataPage(ctx: PageContext, failure?: FormFailure) {
  return <DataPage ctx={ctx} asksPassword={await hasPassword(ctx)} failure={failure} />
}

type DataPageProps = { ctx: PageContext; asksPassword: boolean; failure: FormFailure | undefined }

const DataPage = ({ ctx, asksPassword, failure }: DataPageProps) => (
  <Page
    title={title}
    lead={
      <>
        Данные обрабатываются на основании вашего <a href="/consent">согласия</a>. Его можно отозвать в любой момент.
      </>
    }
    crumbs={crumbsToSettings({ text: title })}
    frame={ctx.frame}
    hasErrors={failure !== undefined}
  >
    <Stack>
      <Card title="Скачать мои данные">
        <Form action={address} label="Скачать мои данные">
          <Problems title="Файл не собран" failure={failure} kept="Введите пароль ещё раз." />
          <Stack>
            <Text>Один файл JSON со всем, что кабинет хранит о вас: от профиля до журнала входов.</Text>
            {asksPassword ? (
              <PasswordField
                name="password"
                label="Ваш пароль"
                hint="В файле много личного, поэтому проверяем, что это вы"
                autocomplete="current-password"
                error={problemOf(failure, 'password')}
              />
            ) : null}
          </Stack>
          <FormEnd>
            <Button icon="download">Скачать</Button>
          </FormEnd>
        </Form>
      </Card>
      <Card title="Что хранится, зачем и сколько">
        <List label="Что хранится">
          {keptData.map(({ what, why, how }) => (
            <ListItem key={what} title={what} strong under={[`Срок: ${how}`]}>
              {why}
            </ListItem>
          ))}
        </List>
      </Card>
      <Card
        title="Отозвать согласие и удалить учётную запись"
        foot={<LinkButton href={`${address}/erasure`}>Перейти к удалению</LinkButton>}
      >
        <Text>Без согласия хранить данные нельзя, поэтому отозвать его значит удалить учётную запись.</Text>
      </Card>
    </Stack>
  </Page>
)

async function erasurePage(ctx: PageContext, failure?: FormFailure) {
  return <ErasurePage ctx={ctx} view={await viewErasure(ctx)} failure={failure} />
}

type ErasurePageProps = { ctx: PageContext; view: ErasureView; failure: FormFailure | undefined }

const dayForms = ['день', 'дня', 'дней'] as const

const ErasurePage = ({ ctx, view, failure }: ErasurePageProps) => (
  <Page
    title="Удалить учётную запись?"
    crumbs={crumbsToSettings({ text: title, href: address }, { text: 'Удаление' })}
    frame={ctx.frame}
    hasErrors={failure !== undefined}
  >
    <Stack>
      <Card title="Что произойдёт">
        <Prose>
          <h3>Сразу</h3>
          <ul>
            <li>Согласие на обработку персональных данных отозвано, учётная запись закрыта.</li>
            <li>Все сеансы завершены, токены и доверенные устройства отозваны.</li>
            <li>На почту приходит письмо со ссылкой, по которой удаление можно отменить.</li>
          </ul>
          <h3>Через {counted(view.days, dayForms)}, без возможности вернуть</h3>
          <ul>
            <li>
              Удаляются имя, должность, почта, телефон, логин, СНИЛС и ИНН, персональные данные, ключи доступа и
              привязки, сообщения и письма. Почта освобождается для новой регистрации.
            </li>
            <li>Роли и прикрепления к организациям прекращаются.</li>
          </ul>
          <h3>Что останется и почему</h3>
          <ul>
            <li>
              Отправленные отчёты и поданные заявки: они принадлежат организации, вместо имени в них «Удалённая учётная
              запись».
            </li>
            <li>Журнал действий: этого требует закон. В нём номер учётной записи и сетевые адреса, имени нет.</li>
          </ul>
        </Prose>
      </Card>
      {view.mustHandOver.length > 0 ? (
        <HandOver what={view.mustHandOver} />
      ) : (
        <ErasureForm view={view} failure={failure} />
      )}
    </Stack>
  </Page>
)

const HandOver = ({ what }: { what: string[] }) => (
  <Note tone="warn" title="Сначала передайте дела">
    <Prose>
      <ul>
        {what.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Prose>
    <Text>После этого вернитесь на эту страницу.</Text>
  </Note>
)

const ErasureForm = ({ view, failure }: { view: ErasureView; failure: FormFailure | undefined }) => (
  <Card title="Подтверждение">
    <Form action={`${address}/erasure`} label="Удаление учётной записи">
      <Problems title="Учётная запись не удалена" failure={failure} kept="Ничего не изменилось." />
      {view.hasPassword ? (
        <PasswordField
          name="password"
          label="Ваш пароль"
          autocomplete="current-password"
          error={problemOf(failure, 'password')}
        />
      ) : (
        <TextField
          name="confirmation"
          label="Напечатайте слово «удалить»"
          autocomplete="off"
          width={14}
          error={problemOf(failure, 'confirmation')}
        />
      )}
      <FormEnd>
        <Button kind="bad">Отозвать согласие и удалить</Button>
        <LinkButton kind="quiet" href={address}>
          Не удалять
        </LinkButton>
      </FormEnd>
    </Form>
  </Card>
)

/** The session has ended in this very call, so the page is that of a visitor. */
function AskedPage({ ctx, asked }: { ctx: PageContext; asked: WaitingErasure }) {
  const { person: _, ...frame } = ctx.frame
  const until = formatDate(asked.until, ctx.timeZone)
  return (
    <Page title="Учётная запись закрыта" frame={{ ...frame, sections: [], unread: 0 }}>
      <Card>
        <Stack>
          <Note tone="ok" live="status" title={`${until} данные будут удалены`}>
            {asked.cancelling
              ? 'До этого дня удаление можно отменить. Подтверждённой почты у вас нет, поэтому сохраните ссылку: больше мы её не покажем.'
              : 'До этого дня удаление можно отменить по ссылке из письма, которое пришло на вашу почту.'}
          </Note>
          {asked.cancelling ? (
            <CopyCode
              code={`${ctx.baseUrl}/erasure-cancellation?${new URLSearchParams({ token: asked.cancelling })}`}
              label="Ссылка, которая отменяет удаление"
            />
          ) : null}
          <div>
            <LinkButton href="/">На главную</LinkButton>
          </div>
        </Stack>
      </Card>
    </Page>
  )
}
