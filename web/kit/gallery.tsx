import type { Frame } from './frame.ts'
import { FormsShown } from './gallery/forms.tsx'
import { ListsShown } from './gallery/lists.tsx'
import { PartsShown } from './gallery/parts.tsx'
import { PicturesShown } from './gallery/pictures.tsx'
import { ReportShown } from './gallery/report.tsx'
import { StatesShown } from './gallery/states.tsx'
import { Button, LinkButton, Page } from './index.ts'

/** Every part of the kit in every state, with names as long as they really are. People and institutions are fictional. */
export function Gallery({ frame }: { frame: Frame }) {
  return (
    <Page
      title="Детали интерфейса"
      lead="Все части набора во всех состояниях: чтобы увидеть их вместе и сверить после правки."
      crumbs={[
        { text: 'Мой профиль', href: '/profile' },
        { text: 'Стенд', href: '/_stand' },
        { text: 'Детали интерфейса' },
      ]}
      help={{ href: '/guide', text: 'устройство страниц' }}
      actions={
        <>
          <LinkButton href="#forms" icon="pen">
            К формам
          </LinkButton>
          <Button kind="main" type="button">
            Главное действие
          </Button>
        </>
      }
      frame={frame}
      notice={{ text: 'Отчёт отправлен', more: 'Состояние: на проверке в вышестоящей организации.' }}
    >
      <PartsShown />
      <ListsShown />
      <FormsShown />
      <StatesShown />
      <ReportShown />
      <PicturesShown />
    </Page>
  )
}
