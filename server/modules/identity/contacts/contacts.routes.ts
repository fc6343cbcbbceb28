import { z } from 'zod'
import {
  ContactChangeCodes,
  ContactCode,
  ContactConfirmation,
  ContactKind,
  Contacts,
  NewContact,
} from '../../../../contracts/contacts.ts'
import { ReachedStage } from '../../../../contracts/identity.ts'
import { routes } from '../../../kernel/http/index.ts'
import { askChange, cancelChange, confirmChange, sendChangeCodesAgain } from './changes.ts'
import { askConfirmation, confirmContact, correctContact, goOn, viewContacts } from './contacts.ts'

const unconfirmed = { needs: 'signed-in', stage: 'contacts', params: { kind: ContactKind } } as const
const own = { needs: 'signed-in', params: { kind: ContactKind } } as const

export const contactsRoutes = routes('/profile/contacts')
  .get('/', { needs: 'signed-in', stage: 'contacts', summary: 'Мои почта и телефон', replies: Contacts }, (ctx) =>
    viewContacts(ctx),
  )
  .put(
    '/{kind}',
    { ...unconfirmed, summary: 'Исправить неподтверждённый контакт', body: NewContact },
    (ctx, { kind }, { value }) => correctContact(ctx, ContactKind.parse(kind), value),
  )
  .post(
    '/{kind}/confirmations',
    { ...unconfirmed, summary: 'Прислать ссылку или код для подтверждения', body: ContactConfirmation },
    (ctx, { kind }, { way }) => askConfirmation(ctx, ContactKind.parse(kind), way),
  )
  .put(
    '/{kind}/confirmation',
    { ...unconfirmed, summary: 'Подтвердить контакт кодом', body: ContactCode, replies: ReachedStage },
    async (ctx, { kind }, { code }) => ({ stage: await confirmContact(ctx, ContactKind.parse(kind), code) }),
  )
  .post(
    '/{kind}/change',
    { ...own, summary: 'Начать смену подтверждённого контакта', body: NewContact },
    (ctx, { kind }, { value }) => askChange(ctx, ContactKind.parse(kind), value),
  )
  .post('/{kind}/change/codes', { ...own, summary: 'Прислать коды для смены ещё раз' }, (ctx, { kind }) =>
    sendChangeCodesAgain(ctx, ContactKind.parse(kind)),
  )
  .put(
    '/{kind}/change',
    {
      ...own,
      summary: 'Подтвердить смену кодами с прежнего и нового контакта',
      body: ContactChangeCodes,
      replies: z.object({ done: z.boolean() }),
    },
    async (ctx, { kind }, codes) => ({ done: await confirmChange(ctx, ContactKind.parse(kind), codes) }),
  )
  .delete('/{kind}/change', { ...own, summary: 'Отменить смену контакта' }, (ctx, { kind }) =>
    cancelChange(ctx, ContactKind.parse(kind)),
  )

export const contactsStepRoutes = routes('/session').put(
  '/contacts',
  {
    needs: 'signed-in',
    stage: 'contacts',
    summary: 'Продолжить вход, когда контакт подтверждён по ссылке',
    replies: ReachedStage,
  },
  async (ctx) => ({ stage: await goOn(ctx) }),
)
