import { z } from 'zod'
import {
  ContactChangeCodes,
  ContactCode,
  ContactConfirmation,
  ContactKind,
  type Contacts,
  NewContact,
} from '../../../../contracts/contacts.ts'
import { Button, cabinetCrumb, Form, LinkButton, Note, Page, Row, Stack } from '../../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { localPath } from '../sign-in/local-path.ts'
import { afterStep } from '../steps/pages.ts'
import { askChange, cancelChange, confirmChange, sendChangeCodesAgain } from './changes.ts'
import { type CardFailure, ContactCard, type Place } from './contact-cards.tsx'
import { askConfirmation, confirmContact, correctContact, goOn, viewContacts } from './contacts.ts'

const Next = z.object({ next: z.string().max(2000).optional().catch(undefined) })
const unconfirmed = { needs: 'signed-in', stage: 'contacts', params: { kind: ContactKind } } as const
const own = { needs: 'signed-in', params: { kind: ContactKind } } as const
const again = (path: Place['path']) => (ctx: PageContext, _: unknown, failure: FormFailure) =>
  path === '/profile/contacts' ? profilePage(ctx, failure) : stepPage(ctx, failure.values.next, failure)

/** What is done with an address that is not confirmed yet, on the way in and in the profile alike. */
const confirmingPages = (path: Place['path']) => {
  const back = (next: string | undefined) =>
    path === '/profile/contacts' || !localPath(next) ? path : `${path}?${new URLSearchParams({ next: next ?? '' })}`
  return pages(path)
    .post(
      '/{kind}/send',
      { ...unconfirmed, form: ContactConfirmation.extend(Next.shape), again: again(path) },
      async (ctx, { kind }, { way, next }) => {
        await askConfirmation(ctx, ContactKind.parse(kind), way)
        return seeOther(back(next), way === 'link' ? 'contacts.letter-sent' : 'contacts.code-sent')
      },
    )
    .post(
      '/{kind}/code',
      { ...unconfirmed, form: ContactCode.extend(Next.shape), again: again(path) },
      async (ctx, { kind }, { code, next }) => {
        const stage = await confirmContact(ctx, ContactKind.parse(kind), code)
        return seeOther(path === '/profile/contacts' ? path : afterStep(stage, next), 'contacts.confirmed')
      },
    )
    .post(
      '/{kind}/correct',
      { ...unconfirmed, form: NewContact.extend(Next.shape), again: again(path) },
      async (ctx, { kind }, { value, next }) => {
        await correctContact(ctx, ContactKind.parse(kind), value)
        return seeOther(back(next), 'contacts.corrected')
      },
    )
}

export const contactsStepPages = confirmingPages('/sign-in/contacts')
  .get('/', { needs: 'signed-in', stage: 'contacts', query: Next }, async (ctx, _, { next }) =>
    ctx.signedIn.stage === 'contacts' ? stepPage(ctx, next) : seeOther(afterStep(ctx.signedIn.stage, next)),
  )
  .post('/', { needs: 'signed-in', stage: 'contacts', form: Next }, async (ctx, _, { next }) =>
    seeOther(afterStep(await goOn(ctx), next)),
  )

export const contactsPages = confirmingPages('/profile/contacts')
  .get('/', { needs: 'signed-in', stage: 'contacts' }, (ctx) => profilePage(ctx))
  .post(
    '/{kind}/change',
    { ...own, form: NewContact, again: again('/profile/contacts') },
    async (ctx, { kind }, { value }) => {
      await askChange(ctx, ContactKind.parse(kind), value)
      return seeOther('/profile/contacts', 'contacts.change-begun')
    },
  )
  .post(
    '/{kind}/confirm',
    { ...own, form: ContactChangeCodes, again: again('/profile/contacts') },
    async (ctx, { kind }, codes) => {
      const done = await confirmChange(ctx, ContactKind.parse(kind), codes)
      return seeOther('/profile/contacts', done ? 'contacts.changed' : 'contacts.half-done')
    },
  )
  .post('/{kind}/again', { ...own, form: z.object({}), again: again('/profile/contacts') }, async (ctx, { kind }) => {
    await sendChangeCodesAgain(ctx, ContactKind.parse(kind))
    return seeOther('/profile/contacts', 'contacts.change-begun')
  })
  .post('/{kind}/cancel', { ...own, form: z.object({}), again: again('/profile/contacts') }, async (ctx, { kind }) => {
    await cancelChange(ctx, ContactKind.parse(kind))
    return seeOther('/profile/contacts', 'contacts.cancelled')
  })

const failedIn = (failure: FormFailure | undefined): CardFailure | undefined =>
  failure && { kind: failure.values.kind ?? '', act: failure.values.act ?? '', failure }

async function stepPage(ctx: PageContext, next: string | undefined, failure?: FormFailure) {
  const contacts = await viewContacts(ctx)
  const place: Place = { path: '/sign-in/contacts', next }
  return (
    <Page
      title="Подтвердите контакты"
      lead="Пока контакты не подтверждены, часть возможностей личного кабинета закрыта."
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Stack>
        {isEnough(contacts) ? (
          <Note tone="ok" title="Контакт подтверждён">
            <Form action="/sign-in/contacts" id="send-at-once" hidden={{ next }} label="Продолжение входа">
              <Button kind="main">Продолжить</Button>
            </Form>
          </Note>
        ) : null}
        {kindsOf(contacts).map((kind) => (
          <ContactCard key={kind} kind={kind} contacts={contacts} place={place} failed={failedIn(failure)} />
        ))}
        <Row>
          <LinkButton kind="quiet" href="/cabinet">
            Пока войти с ограничениями
          </LinkButton>
        </Row>
      </Stack>
    </Page>
  )
}

const kindsOf = ({ demanded }: Contacts): ContactKind[] =>
  demanded === 'email' ? ['email'] : demanded === 'sms' ? ['phone'] : ['email', 'phone']

function isEnough({ demanded, emailConfirmed, phoneConfirmed }: Contacts): boolean {
  switch (demanded) {
    case 'email':
      return emailConfirmed
    case 'sms':
      return phoneConfirmed
    case 'either':
      return emailConfirmed || phoneConfirmed
  }
}

async function profilePage(ctx: PageContext, failure?: FormFailure) {
  const contacts = await viewContacts(ctx)
  const place: Place = { path: '/profile/contacts', next: undefined }
  return (
    <Page
      title="Почта и телефон"
      crumbs={[cabinetCrumb, { text: 'Настройки аккаунта', href: '/profile/settings' }, { text: 'Почта и телефон' }]}
      lead="На них приходят письма и коды, по ним можно войти и восстановить пароль."
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Stack>
        {(['email', 'phone'] as const).map((kind) => (
          <ContactCard key={kind} kind={kind} contacts={contacts} place={place} failed={failedIn(failure)} />
        ))}
      </Stack>
    </Page>
  )
}
