import type { AccountView } from '../../../../contracts/accounts.ts'
import { Confirmation, Page, Text, TextArea } from '../../../../web/kit/index.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { Problems, problemOf } from '../form-problems.tsx'
import { crumbsTo } from './account.page.tsx'
import { accountName } from './account.ts'

/** What is done with an account after a page of its own that asks. */
export const deedPages = {
  blocking: {
    title: 'Закрыть учётную запись?',
    text: 'Войти в неё будет нельзя, открытые сеансы завершатся. Человек получит письмо с причиной. Открыть её снова можно в любой момент.',
    submit: 'Закрыть',
    cancel: 'Не закрывать',
    failed: 'Учётная запись не закрыта',
    bad: true,
    reason: 'Причина',
  },
  unblocking: {
    title: 'Открыть учётную запись снова?',
    text: 'Человек снова сможет войти с прежним паролем и получит письмо.',
    submit: 'Открыть',
    cancel: 'Не открывать',
    failed: 'Учётная запись не открыта',
    bad: false,
    reason: 'Причина',
  },
  'approval-refusal': {
    title: 'Отказать в доступе?',
    text: 'Войти будет нельзя. Причина уйдёт человеку письмом; когда она устранена, он зарегистрируется ещё раз.',
    submit: 'Отказать',
    cancel: 'Не отказывать',
    failed: 'Решение не принято',
    bad: true,
    reason: 'Причина отказа',
  },
  'factor-reset': {
    title: 'Снять второй фактор?',
    text: 'Просьбу должен подтвердить другой администратор. После этого коды, ключи доступа и резервные коды перестанут действовать, сеансы завершатся. Убедитесь, что просит сам человек: перезвоните ему.',
    submit: 'Попросить снять',
    cancel: 'Не снимать',
    failed: 'Просьба не записана',
    bad: false,
    reason: 'Почему и как проверили, что просит сам человек',
  },
  'temporary-password': {
    title: 'Выдать временный пароль?',
    text: 'Нынешний пароль перестанет действовать, сеансы завершатся. Новый пароль вы увидите один раз и передадите человеку сами; при входе он придумает свой.',
    submit: 'Выдать пароль',
    cancel: 'Не выдавать',
    failed: 'Пароль не выдан',
    bad: false,
    reason: undefined,
  },
  revocation: {
    title: 'Отозвать роль?',
    text: 'Человек сразу потеряет всё, что она разрешала, и получит письмо. Помощники, которым он её передал, потеряют её тоже.',
    submit: 'Отозвать',
    cancel: 'Не отзывать',
    failed: 'Роль не отозвана',
    bad: true,
    reason: undefined,
  },
} as const
export type Deed = keyof typeof deedPages

type DeedProps = {
  ctx: PageContext
  account: AccountView
  deed: Deed
  about?: string
  action?: string
  failure?: FormFailure
}

export function DeedPage({ ctx, account, deed, about, action, failure }: DeedProps) {
  const { title, text, submit, cancel, failed, bad, reason } = deedPages[deed]
  const home = `/accounts/${account.id}`
  return (
    <Page
      title={title}
      frame={ctx.frame}
      crumbs={crumbsTo(account, { text: submit })}
      hasErrors={failure !== undefined}
    >
      <Confirmation
        action={action ?? `${home}/${deed}`}
        submit={submit}
        cancel={{ text: cancel, href: home }}
        bad={bad}
        hidden={{ version: String(account.version) }}
      >
        <Problems title={failed} failure={failure} />
        <Text>{`${accountName(account)}, ${account.email}${about ? `. ${about}` : ''}`}</Text>
        <Text>{text}</Text>
        {reason ? (
          <TextArea
            name="reason"
            label={reason}
            value={failure?.values.reason}
            error={problemOf(failure, 'reason')}
            maxLength={1000}
          />
        ) : null}
      </Confirmation>
    </Page>
  )
}
