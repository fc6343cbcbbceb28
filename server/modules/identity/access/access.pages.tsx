import { Card, cabinetCrumb, List, ListItem, Page } from '../../../../web/kit/index.ts'
import { pages } from '../../../kernel/http/index.ts'

/** What an administrator decides about ways in; each line is a section with pages of its own. */
const parts = [
  {
    href: '/access/audiences',
    title: 'Аудитории',
    text: 'Кто какими способами входит, что указывает при регистрации и чем её подтверждает.',
  },
  {
    href: '/access/second-factor',
    title: 'Второй фактор',
    text: 'Каким ролям он обязателен, и просьбы снять его с учётной записи.',
  },
  {
    href: '/access/free-mail',
    title: 'Бесплатная почта',
    text: 'Почтовые службы, с адресами которых сотрудники не регистрируются.',
  },
] as const

export const accessPages = pages('/access').get('/', { needs: 'audience.manage' }, async (ctx) => (
  <Page
    title="Доступ"
    frame={ctx.frame}
    crumbs={[cabinetCrumb, { text: 'Доступ' }]}
    lead="Правила входа и регистрации. Изменение действует сразу после сохранения."
  >
    <Card>
      <List label="Разделы доступа">
        {parts.map(({ href, title, text }) => (
          <ListItem key={href} title={title} href={href} strong>
            {text}
          </ListItem>
        ))}
      </List>
    </Card>
  </Page>
))
