/** «Настройки аккаунта»: the one page that leads to everything a person can set about its account. */
import { Card, type Crumb, cabinetCrumb, List, ListItem, Page, Stack } from '../../../../web/kit/index.ts'
import { type PageContext, pages } from '../../../kernel/http/index.ts'
import { hasDomains } from '../domains/domains.ts'
import { isEsiaConfigured } from '../esia/provider.ts'

const address = '/profile/settings'
const title = 'Настройки аккаунта'

export const settingsPages = pages(address).get('/', { needs: 'signed-in', stage: 'contacts' }, async (ctx) => (
  <SettingsPage ctx={ctx} />
))

/** The way to a page that stands under the settings. */
export const crumbsToSettings = (...rest: Crumb[]): Crumb[] => [cabinetCrumb, { text: title, href: address }, ...rest]

type Setting = { title: string; href: string; about: string }

const groups = (): { title: string; settings: Setting[] }[] => [
  {
    title: 'О вас',
    settings: [
      {
        title: 'Учётная запись',
        href: '/profile',
        about: 'Фамилия, имя, отчество, должность, роли и открытые сеансы.',
      },
      { title: 'Контакты', href: '/profile/contacts', about: 'Почта и телефон: подтвердить или сменить.' },
      {
        title: 'Уведомления',
        href: '/profile/messages',
        about: 'О чём писать сразу, о чём раз в день; уведомления на этом устройстве.',
      },
      {
        title: 'Персональные данные',
        href: '/profile/personal-data',
        about: 'Дата и место рождения, паспорт, адреса; проверка по реестру.',
      },
    ],
  },
  {
    title: 'Вход и безопасность',
    settings: [
      {
        title: 'Безопасность входа',
        href: '/profile/security',
        about: 'Ключи доступа, коды из приложения, резервные коды, доверенные устройства.',
      },
      { title: 'Смена пароля', href: '/profile/password', about: 'Остальные сеансы при смене завершатся.' },
      ...(isEsiaConfigured()
        ? [
            {
              title: 'Синхронизация с Госуслугами',
              href: '/profile/gosuslugi',
              about: 'Вход через Госуслуги и обновление личных данных по ним.',
            },
          ]
        : []),
      ...(hasDomains()
        ? [{ title: 'Вход через домен', href: '/profile/domains', about: 'Учётная запись вашей организации.' }]
        : []),
      { title: 'Журнал входов', href: '/profile/sign-ins', about: 'Кто, когда и откуда входил под вашим именем.' },
      { title: 'Токены API', href: '/profile/tokens', about: 'Доступ для ваших программ: часть ваших прав на срок.' },
    ],
  },
  {
    title: 'Копия данных и удаление',
    settings: [
      {
        title: 'Мои данные и удаление',
        href: '/profile/data',
        about: 'Что о вас хранится и зачем, скачать всё одним файлом, отозвать согласие и удалить учётную запись.',
      },
    ],
  },
]

const SettingsPage = ({ ctx }: { ctx: PageContext }) => (
  <Page title={title} crumbs={[cabinetCrumb, { text: title }]} frame={ctx.frame}>
    <Stack>
      {groups().map(({ title, settings }) => (
        <Card key={title} title={title}>
          <List label={title}>
            {settings.map(({ title, href, about }) => (
              <ListItem key={href} title={title} href={href} strong>
                {about}
              </ListItem>
            ))}
          </List>
        </Card>
      ))}
    </Stack>
  </Page>
)
