import {
  Button,
  Columns,
  Confirmation,
  EmptyState,
  ErrorPage,
  LinkButton,
  Loading,
  NeedsScript,
  Note,
  Section,
  Stack,
  TextArea,
  WorkProgress,
} from '../index.ts'

export function StatesShown() {
  return (
    <>
      <Section id="states" title="Пусто, загружается, готовится">
        <Stack>
          <EmptyState
            title="Обращений пока нет"
            icon="chat"
            actions={
              <>
                <LinkButton href="#new" kind="main">
                  Новое обращение
                </LinkButton>
                <a href="/guide">Сначала посмотреть руководство</a>
              </>
            }
          >
            Если что-то не работает или непонятно, напишите в техническую поддержку: ответ придёт сюда и на почту,
            обычно в течение 4 рабочих часов.
          </EmptyState>
          <Columns shape="half">
            <Loading label="Список отчётов загружается" />
            <WorkProgress
              title="Собирается свод 85-К за 2026 год"
              value={212}
              max={343}
              text="212 из 343 отчётов"
              secondsLeft={38}
              actions={
                <Button size="small" kind="bad" type="button">
                  Прервать
                </Button>
              }
            />
          </Columns>
          <NeedsScript>Сетке отчёта нужны скрипты. Без них заполняйте отчёт по разделам.</NeedsScript>
          <Note tone="bad" title="Неверная почта или пароль">
            Проверьте раскладку и клавишу Caps Lock. Осталось 3 попытки, затем вход закроется на 15 минут.
          </Note>
        </Stack>
      </Section>
      <Section id="errors-shown" title="Нельзя, не найдено, ошибка">
        <Stack>
          <ErrorPage status={404} actions={<LinkButton href="#lists">Найти отчёт</LinkButton>}>
            Возможно, ссылка устарела или относится к другой организации. Проверьте адрес или найдите отчёт по названию.
          </ErrorPage>
          <ErrorPage status={500} requestId="req_01jhx4-7c2q-9f0mw" moment="18.01.2027, 14:37:09 (МСК+5)">
            Введённое осталось в черновике. Попробуйте ещё раз через минуту; если повторится, сообщите в поддержку
            номер.
          </ErrorPage>
        </Stack>
      </Section>
      <Section id="confirm" title="Удалить образовательный элемент?">
        <Confirmation
          action="#confirm"
          submit="Удалить курс"
          cancel={{ text: 'Не удалять', href: '#states' }}
          bad
          once="gallery"
        >
          <p>
            Вместе с курсом «Неотложная помощь в педиатрии» из кабинета уйдут 6 оценок и 1 сертификат. Администратор
            сможет вернуть их до 18.04.2027.
          </p>
          <TextArea name="reason" label="Причина" hint="Останется в журнале действий" />
        </Confirmation>
      </Section>
    </>
  )
}
