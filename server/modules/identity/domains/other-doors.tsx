import { LinkButton, Row, Under } from '../../../../web/kit/index.ts'
import { listDomains } from './domains.ts'
import { listSignInProviders } from './ties.ts'

type OtherDoorsProps = { next: string | undefined; byPassword: boolean }

/** On the sign-in page: where a login of a domain is proved, and a button for each provider. */
export function OtherDoors({ next, byPassword }: OtherDoorsProps) {
  const [domains, providers] = [listDomains(), listSignInProviders()]
  const asked = new URLSearchParams(next ? { next } : {})
  return (
    <>
      {domains.length > 0 ? (
        <DomainHint titles={domains.map(({ title }) => title)} asked={asked} byPassword={byPassword} />
      ) : null}
      {providers.length > 0 ? (
        <Row>
          {providers.map(({ name, title, address }) => (
            <LinkButton key={name} href={`${address}?${asked}`}>
              Войти: {title}
            </LinkButton>
          ))}
        </Row>
      ) : null}
    </>
  )
}

type DomainHintProps = { titles: string[]; asked: URLSearchParams; byPassword: boolean }

function DomainHint({ titles, asked, byPassword }: DomainHintProps) {
  const where = titles.map((title) => `«${title}»`).join(', ')
  const other = new URLSearchParams([...asked, ...(byPassword ? [] : [['door', 'password']])])
  return (
    <Under>
      {byPassword
        ? 'Сейчас любой логин проверяется паролем кабинета. '
        : `Рабочий логин вида имя@домен или ДОМЕН\\имя и его пароль подойдут: ${where}. `}
      <a href={`/sign-in?${other}`}>{byPassword ? 'Войти через домен' : 'Войти паролем кабинета'}</a>
    </Under>
  )
}
