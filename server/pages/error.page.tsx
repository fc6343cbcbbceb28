import { ErrorPage, type Frame, LinkButton, Page } from '../../web/kit/index.ts'
import type { AppError } from '../kernel/errors/index.ts'

type ErrorScreenProps = { frame: Frame; error: AppError; text: string; requestId: string }

/** A whole page for what went wrong: what happened, why, what to do. */
export function ErrorScreen({ frame, error, text, requestId }: ErrorScreenProps) {
  return (
    <Page title={titles[error.status] ?? 'Не получилось'} frame={frame} hasErrors>
      <ErrorPage
        status={error.status}
        requestId={error.status >= 500 ? requestId : undefined}
        actions={
          <>
            {frame.person ? (
              <LinkButton href="/cabinet">В личный кабинет</LinkButton>
            ) : (
              <LinkButton href="/">На главную</LinkButton>
            )}
            <a href="/support">Техническая поддержка</a>
          </>
        }
      >
        {text}
      </ErrorPage>
    </Page>
  )
}

const titles: Record<number, string> = {
  403: 'Это действие вам не разрешено',
  404: 'Здесь ничего нет',
  409: 'Сведения уже изменились',
  413: 'Слишком большой запрос',
  422: 'Проверьте введённое',
  429: 'Слишком много попыток',
  500: 'В программе ошибка',
  503: 'Программа перегружена',
}
