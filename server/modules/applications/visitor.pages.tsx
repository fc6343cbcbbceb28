/** Asking without an account: the form, the letter, and the page that its link opens. */
import { z } from 'zod'
import { ApplicationAnswer, ApplicationVisitor, FollowingKey } from '../../../contracts/applications.ts'
import {
  Aside,
  Button,
  Card,
  Columns,
  Facts,
  Form,
  FormEnd,
  formatDate,
  LinkButton,
  List,
  ListItem,
  Note,
  Page,
  Stack,
  Text,
} from '../../../web/kit/index.ts'
import { InvalidInput, NotFound } from '../../kernel/errors/index.ts'
import { type FormFailure, type PageVisitor, pages, seeOther, validated } from '../../kernel/http/index.ts'
import { largestUpload } from './application-files.ts'
import { type ApplicationType, findType, listTypes, typeOf } from './application-type.ts'
import { StateBadge } from './applications.badges.tsx'
import type { Field } from './fields.tsx'
import { WholeForm } from './new.pages.tsx'
import { History, Where } from './progress.tsx'
import { AnswerForm, FilesCard } from './thread.tsx'
import type { Shown } from './viewing.ts'
import { followingAddress } from './visitors.letters.ts'
import {
  addFollowedFile,
  answerFollowed,
  confirmFollowed,
  downloadFollowedFile,
  mayStillAdd,
  submitAsVisitor,
  viewFollowed,
  withdrawFollowed,
} from './visitors.ts'
import { WhatNext } from './what-next.tsx'

const kind = z.string().regex(/^[a-z][a-z-]{1,40}$/)
const Followed = z.object({ token: FollowingKey })
const Answer = ApplicationAnswer.extend({ token: FollowingKey })

export const visitorPages = pages('/applications')
  .get('/without-account', { needs: 'public' }, async (ctx) => <KindsPage ctx={ctx} />)
  .get('/without-account/sent', { needs: 'public' }, async (ctx) => <SentPage ctx={ctx} />)
  .get('/without-account/{kind}', { needs: 'public', params: { kind } }, async (ctx, params) =>
    showForm(ctx, getType(params.kind)),
  )
  .post(
    '/without-account/{kind}',
    {
      needs: 'public',
      params: { kind },
      form: z.looseObject({}),
      again: (ctx, params, failure) => showForm(ctx, getType(params.kind), failure),
    },
    async (ctx, params, typed) => {
      const type = getType(params.kind)
      await submitAsVisitor(ctx, { kind: type.kind, form: typed, ...visitorOf(type, typed) })
      return seeOther('/applications/without-account/sent')
    },
  )
  .get('/followed', { needs: 'public', query: Followed }, async (ctx, _params, { token }) => (
    <FollowedPage ctx={ctx} token={token} application={await viewFollowed(ctx, token)} />
  ))
  .post('/followed', { needs: 'public', form: Followed, again }, async (ctx, _params, { token }) => {
    await confirmFollowed(ctx, token)
    return seeOther(followingAddress(token))
  })
  .post('/followed/answer', { needs: 'public', form: Answer, again }, async (ctx, _params, { token, text }) => {
    await answerFollowed(ctx, token, text)
    return seeOther(followingAddress(token))
  })
  .post(
    '/followed/files',
    { needs: 'public', form: Followed.extend({ file: z.unknown() }), largest: largestUpload, again },
    async (ctx, _params, { token, file }) => {
      await addFollowedFile(ctx, token, file)
      return seeOther(followingAddress(token))
    },
  )
  .get('/followed/files/{fileId}', { needs: 'public', query: Followed }, (ctx, { fileId }, { token }) =>
    downloadFollowedFile(ctx, token, fileId),
  )
  .post('/followed/withdrawal', { needs: 'public', form: Followed, again }, async (ctx, _params, { token }) => {
    await withdrawFollowed(ctx, token)
    return seeOther(followingAddress(token))
  })

async function again(ctx: PageVisitor, _params: object, failure: FormFailure) {
  const token = failure.values.token ?? ''
  return <FollowedPage ctx={ctx} token={token} application={await viewFollowed(ctx, token)} failure={failure} />
}

function getType(name: string): ApplicationType {
  const type = findType(name)
  if (!type?.byVisitors) throw new NotFound({ what: 'page' })
  return type
}

/** All that is wrong at once: the form of the kind and who asks. */
function visitorOf(type: ApplicationType, typed: unknown) {
  const form = type.form.safeParse(typed)
  if (type.visitorOf) {
    const { name, email } = type.visitorOf(validated(type.form, typed))
    return { visitorName: name, visitorEmail: email }
  }
  const visitor = ApplicationVisitor.safeParse(typed)
  if (visitor.success) return visitor.data
  const fields = [...visitor.error.issues, ...(form.error?.issues ?? [])].map(({ path, code, message }) => ({
    field: path.join('.'),
    code,
    text: /[а-яё]/i.test(message) ? message : 'Заполните это поле',
  }))
  throw new InvalidInput({ fields })
}

const crumbs = (title?: string) => [
  { text: 'Главная', href: '/' },
  ...(title
    ? [{ text: 'Заявка без учётной записи', href: '/applications/without-account' }, { text: title }]
    : [{ text: 'Заявка без учётной записи' }]),
]

const KindsPage = ({ ctx }: { ctx: PageVisitor }) => (
  <Page
    title="Заявка без учётной записи"
    frame={ctx.frame}
    crumbs={crumbs()}
    lead="Об этом можно попросить, не входя в личный кабинет. Понадобится почта: на неё придёт ссылка."
  >
    <Card title="О чём вы просите">
      <List label="Виды заявок">
        {listTypes()
          .filter(({ byVisitors }) => byVisitors)
          .map(({ kind: name, title, told }) => (
            <ListItem key={name} title={title} href={`/applications/without-account/${name}`}>
              {told}
            </ListItem>
          ))}
      </List>
    </Card>
  </Page>
)

const visitorFields: readonly Field[] = [
  {
    group: 'Кто просит',
    name: 'visitorName',
    label: 'Ваши фамилия, имя и отчество',
    kind: 'text',
    maxLength: 200,
  },
  {
    name: 'visitorEmail',
    label: 'Ваша электронная почта',
    kind: 'email',
    hint: 'На неё придёт ссылка: без подтверждения заявку не рассматривают',
  },
]

async function showForm(ctx: PageVisitor, type: ApplicationType, failure?: FormFailure) {
  const asking = { db: ctx.db, asker: undefined, organisation: undefined, timeZone: ctx.timeZone }
  const fields = [...(type.visitorOf ? [] : visitorFields), ...(await type.fields(asking))]
  return (
    <Page
      title={type.title}
      frame={ctx.frame}
      crumbs={crumbs(type.title)}
      lead={type.told}
      hasErrors={failure !== undefined}
    >
      <Columns shape="form">
        <WholeForm
          draft={`visitor-${type.kind}`}
          fields={fields}
          values={failure?.values ?? {}}
          failure={failure}
          cancel="/applications/without-account"
        />
        <WhatNext type={type} letter />
      </Columns>
    </Page>
  )
}

const SentPage = ({ ctx }: { ctx: PageVisitor }) => (
  <Page title="Проверьте почту" frame={ctx.frame} crumbs={crumbs('Письмо отправлено')}>
    <Card>
      <Stack>
        <Text>
          Мы отправили письмо со ссылкой. Откройте её и подтвердите заявку: до этого её никто не рассматривает. Ссылка
          действует 3 дня.
        </Text>
        <Text>Письма нет? Загляните в папку «Спам» и проверьте, верно ли указана почта.</Text>
        <Text>
          <LinkButton href="/">На главную</LinkButton>
        </Text>
      </Stack>
    </Card>
  </Page>
)

type FollowedProps = { ctx: PageVisitor; token: string; application: Shown; failure?: FormFailure }

function FollowedPage({ ctx, token, application, failure }: FollowedProps) {
  const { number, createdAt, state, facts, organisationName, reason, steps, files } = application
  const zone = ctx.timeZone
  return (
    <Page
      title={`Заявка № ${number}`}
      heading={typeOf(application).title}
      frame={ctx.frame}
      crumbs={[{ text: 'Главная', href: '/' }, { text: `Заявка № ${number}` }]}
      lead={`Заявка № ${number} от ${formatDate(createdAt, zone)}: ${organisationName}`}
      actions={<StateBadge application={application} zone={zone} due />}
      hasErrors={failure !== undefined}
    >
      <Columns>
        <Stack>
          {failure?.message ? (
            <Note tone="bad" title="Не записано" live="alert">
              {failure.message}
            </Note>
          ) : null}
          {state === 'unconfirmed' ? <ConfirmForm token={token} /> : <Where application={application} zone={zone} />}
          {state === 'asked' ? (
            <AnswerForm action="/applications/followed/answer" steps={steps} failure={failure} hidden={{ token }} />
          ) : null}
          {(state === 'refused' || state === 'closed') && reason ? (
            <Note
              tone={state === 'refused' ? 'bad' : 'warn'}
              title={state === 'refused' ? 'Отказано' : 'Закрыта без решения'}
            >
              {reason}
            </Note>
          ) : null}
          <Card title="О чём вы просите">
            <Facts facts={facts} />
          </Card>
          <FilesCard
            files={files}
            hrefOf={(fileId) => `/applications/followed/files/${fileId}?${new URLSearchParams({ token })}`}
            action={mayStillAdd(application) ? '/applications/followed/files' : undefined}
            hidden={{ token }}
            failure={failure}
          />
          {mayStillAdd(application) ? (
            <Form action="/applications/followed/withdrawal" label="Отзыв заявки" hidden={{ token }}>
              <Button icon="turn">Отозвать заявку</Button>
            </Form>
          ) : null}
        </Stack>
        <Aside label="Ход заявки">
          <History application={application} zone={zone} />
        </Aside>
      </Columns>
    </Page>
  )
}

const ConfirmForm = ({ token }: { token: string }) => (
  <Card title="Подтвердите заявку">
    <Form action="/applications/followed" label="Подтверждение заявки" hidden={{ token }}>
      <Text>Проверьте, всё ли верно. После подтверждения заявку увидит тот, кто по ней решает.</Text>
      <FormEnd>
        <Button kind="main">Подтвердить</Button>
      </FormEnd>
    </Form>
  </Card>
)
