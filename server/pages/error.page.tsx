import { Button, ErrorPage, LinkButton, Page, tied } from '../../web/kit/index.ts'
import { FilesUnavailable } from '../kernel/errors/index.ts'
import type { ShownProblem } from '../kernel/http/services.ts'
import type { UnsentPost } from '../kernel/http/unsent.ts'

/** A whole page for what went wrong: what happened, why, what to do. */
export function ErrorScreen({ frame, error, text, requestId, unsent }: ShownProblem) {
  return (
    <Page title={titlesOfErrors[error.code] ?? titles[error.status] ?? 'Не получилось'} frame={frame} hasErrors>
      <ErrorPage
        status={error.status}
        requestId={error.status >= 500 ? requestId : undefined}
        actions={
          <>
            {unsent?.by === 'page' ? <SendAgain post={unsent} /> : null}
            {frame.person ? (
              <LinkButton href="/cabinet">В личный кабинет</LinkButton>
            ) : (
              <LinkButton href="/">На главную</LinkButton>
            )}
            <a href="/support">Техническая поддержка</a>
          </>
        }
      >
        <p>{tied(text)}</p>
        {unsent ? <p>{tied(whatIsKept[unsent.by])}</p> : null}
      </ErrorPage>
    </Page>
  )
}

const whatIsKept: Record<UnsentPost['by'], string> = {
  page: 'Введённое не потеряно, оно осталось на этой странице: не закрывайте её и нажмите «Отправить ещё раз».',
  'going-back': 'Вернитесь на прошлую страницу кнопкой браузера «Назад», проверьте введённое и отправьте ещё раз.',
}

/** As it was posted, with its own guards. */
function SendAgain({ post: { path, fields } }: { post: Extract<UnsentPost, { by: 'page' }> }) {
  return (
    <form method="post" action={path}>
      {fields.map(([name, value], at) => (
        <input key={at} type="hidden" name={name} value={value} />
      ))}
      <Button>Отправить ещё раз</Button>
    </form>
  )
}

const titlesOfErrors: Record<string, string> = { [FilesUnavailable.code]: 'Файлы сейчас недоступны' }

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
