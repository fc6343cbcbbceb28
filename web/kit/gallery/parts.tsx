import {
  Badge,
  Button,
  Card,
  Columns,
  Count,
  Disclosure,
  Facts,
  Figure,
  Letter,
  LinkButton,
  List,
  ListItem,
  Menu,
  Note,
  Progress,
  Quiet,
  Row,
  Section,
  Stack,
  Tabs,
  Tick,
  Timeline,
  Unbroken,
} from '../index.ts'

export function PartsShown() {
  return (
    <Section id="parts" title="Кнопки, состояния, карточки">
      <Stack>
        <Card title="Раскрывается по нажатию">
          <Disclosure title="85-К" under="Сведения о деятельности дошкольной образовательной организации" open>
            <List label="Периоды">
              <ListItem title="2026 год" href="#parts" under={['срок 20.01.2027', 'осталось 2 дня']} />
            </List>
          </Disclosure>
          <Disclosure title="1-энергосбережение" under="Сведения об энергосбережении">
            Периодов пока нет.
          </Disclosure>
        </Card>
        <Letter
          id="shown"
          subject="Подтвердите почту для входа в личный кабинет"
          top={['18.01.2027, 09:12', 'кому: ds14@verhneozersk.example']}
          text={'Ссылка действует 3 дня.\n\nПодтвердить почту:\nhttps://kabinet.example/activation?token=a1b2c3'}
        />
        <Card>
          <Stack>
            <Tabs
              label="Части кабинета организации"
              tabs={[
                { text: 'Отчёты о деятельности', href: '#parts', current: true },
                { text: 'Реквизиты', href: '#parts-1' },
                { text: 'Люди', href: '#parts-2', count: <Count value={5} /> },
                { text: 'Журнал действий', href: '#parts-3' },
              ]}
            />
            <Row>
              <Button kind="main" type="button">
                Главное действие
              </Button>
              <Button type="button">Обычное</Button>
              <Button type="button" icon="bell">
                С картинкой
              </Button>
              <Button kind="quiet" type="button">
                Тихое
              </Button>
              <Button kind="bad" type="button">
                Опасное
              </Button>
              <Button type="button" disabled>
                Недоступно
              </Button>
              <Button type="button" icon="turn" busy>
                Собирается…
              </Button>
              <Button size="small" type="button">
                Мелкое
              </Button>
              <Menu
                text="Действия"
                items={[
                  { text: 'Сохранить', icon: 'save', href: '#save' },
                  { text: 'Отправить отчёт', icon: 'send', href: '#send' },
                  'line',
                  { text: 'Выгрузить в Excel', icon: 'download', href: '#excel' },
                  { text: 'Печатная форма', icon: 'file', href: '#print' },
                ]}
              />
            </Row>
            <Row>
              <Badge text="Не начат" />
              <Badge icon="pen" text="Заполняется" />
              <Badge tone="wait" text="На проверке в вышестоящей организации" />
              <Badge tone="ok" text="Принято" />
              <Badge tone="warn" text="Требуется исправление" />
              <Badge tone="bad" text="Отклонено" />
              <Count value={3} />
              <Count value={27} tone="hot" unit="новых" />
              <Count value={2} tone="bad" unit="ошибки" />
            </Row>
            <Row>
              <Figure value={1937532} text="человека вовлечено в проект" />
              <Figure value="3 856" text="рабочих часов осталось" />
              <Figure value={296} text="человек работают над проектом" />
              <Figure value={2} text="Просрочено" href="#parts" current tone="bad" />
            </Row>
          </Stack>
        </Card>
        <Notes />
        <Columns>
          <Stack>
            <Messages />
            <Applications />
            <AsksFor />
          </Stack>
          <Stack>
            <Profile />
            <Story />
          </Stack>
        </Columns>
      </Stack>
    </Section>
  )
}

const Notes = () => (
  <Stack space="small">
    <Note>
      <p>
        <b>С 1 февраля форма 85-К меняется.</b> Добавлен раздел 13; введённое останется на месте.{' '}
        <a href="#news">Что изменится</a>
      </p>
    </Note>
    <Note tone="ok" title="Черновик сохранён в 14:32" icon="save">
      Можно уйти и вернуться с любого устройства.
    </Note>
    <Note tone="warn" title="Связь пропала в 14:36. Работайте дальше" icon="off">
      Введённое хранится в этом браузере и уйдёт само, как только связь появится.
    </Note>
    <Note tone="bad" title="Отклонено 18.01.2027 в 09:12" icon="x">
      «Численность в разделах 4 и 7 расходится на 2. Проверьте разновозрастную группу». Вознесенский А. П.
    </Note>
  </Stack>
)

const Messages = () => (
  <Card
    title="Мои сообщения"
    count={<Count value={2} tone="hot" unit="новых" />}
    aside={<a href="#all">Все сообщения</a>}
  >
    <List>
      <ListItem
        unread
        top={['18.01.2027, 09:12', 'Управление образования Верхнеозёрского муниципального района']}
        title="Отчёт 85-К отклонён: численность в разделах 4 и 7 расходится на 2"
        href="#message-1"
      >
        Исправьте строку 401 или 701, сохраните, выполните проверку и отправьте отчёт ещё раз.
      </ListItem>
      <ListItem
        unread
        top={['15.01.2027, 16:48', 'Заявка № 2026-04817']}
        title="Пользователь Преображенская А. К. просит подключить её к вашей организации"
        href="#message-2"
      />
      <ListItem
        top={['11.01.2027, 14:05', 'Питание воспитанников, декабрь']}
        title="Отчёт отправлен на проверку в вышестоящую организацию"
        href="#message-3"
      />
    </List>
  </Card>
)

const Applications = () => (
  <Card title="Мои заявки" aside={<a href="#apps">Сервис заявок</a>} foot={<a href="#new">Подать новую заявку</a>}>
    <List>
      <ListItem
        title="Подключение пользователя к профилю организации"
        href="#app-1"
        under={['№ 2026-04817', 'от Преображенской А. К.', 'решить до 19.01.2027']}
        end={<Badge tone="wait" text="У вышестоящего оператора" />}
      />
      <ListItem
        title="Возвращение отчёта на редактирование: питание, ноябрь 2026"
        href="#app-2"
        under={['№ 2026-04702', 'исполнена 21.12.2026']}
        end={<Badge tone="ok" text="Исполнена" />}
      />
    </List>
  </Card>
)

const AsksFor = () => (
  <Card title="О чём просит заявитель">
    <Facts
      facts={[
        ['Пользователь', <b key="b">Преображенская Аполлинария Константиновна</b>],
        ['Должность', 'делопроизводитель, приказ о приёме № 4-л от 11.01.2027'],
        [
          'Организация',
          <>
            <a href="#org">
              Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад комбинированного вида № 14
              „Ромашка“» Верхнеозёрского муниципального района
            </a>
            <br />
            <Quiet>ИНН 3907142010 · ОГРН 1023900847310</Quiet>
          </>,
        ],
        ['Заполнено', <Progress key="p" value={412} max={446} label="Заполнено 85-К" text="412 из 446" />],
        [
          'Проверено',
          <ul key="l">
            <Tick>Почта в служебном домене учреждения</Tick>
            <Tick tone="warn">К организации уже прикреплены 3 человека с этой ролью</Tick>
          </ul>,
        ],
      ]}
    />
  </Card>
)

const Profile = () => (
  <Card
    title="Мой профиль"
    foot={
      <Row>
        <LinkButton size="small" href="#edit">
          Изменить
        </LinkButton>
        <LinkButton size="small" href="#exit" icon="exit">
          Выйти
        </LinkButton>
      </Row>
    }
  >
    <Facts
      narrow
      facts={[
        ['Фамилия, имя, отчество', 'Добронравова Светлана Викторовна'],
        ['Должность', 'заместитель заведующего по воспитательной и методической работе'],
        [
          'Почта',
          <>
            ds14@verhneozersk.example{' '}
            <Unbroken>
              <Badge tone="ok" text="Подтверждена" />
            </Unbroken>
          </>,
        ],
      ]}
    />
  </Card>
)

const Story = () => (
  <Card title="История">
    <Timeline
      steps={[
        { state: 'done', title: 'Заявка подана', when: '15.01.2027, 16:48 · Преображенская А. К.' },
        {
          state: 'done',
          title: 'Согласовано организацией',
          when: '16.01.2027, 10:05 · Добронравова С. В.',
          quote: 'Подтверждаю, приказ приложен.',
        },
        { state: 'bad', title: 'Возвращена: нет печати на приказе', when: '17.01.2027, 11:20 · Вознесенский А. П.' },
        { state: 'now', title: 'Решение вышестоящего оператора', when: 'до 19.01.2027, 18:00' },
        { state: 'next', title: 'Пользователь прикреплён', when: 'сразу после решения' },
      ]}
    />
  </Card>
)
