import { Button, Card, Checkboxes, Form, FormEnd, LinkButton, Page, Row, Stack } from '../../../../web/kit/index.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { RoadmapTabs, roadmapCrumbs } from './roadmap.tabs.tsx'
import type { RoadmapRow } from './roadmaps.queries.ts'
import { Refused } from './settings.parts.tsx'

export function RegionsPage(props: {
  ctx: PageContext
  roadmap: RoadmapRow
  all: readonly { code: string; name: string }[]
  chosen: readonly string[]
  version: string
  failure?: FormFailure
}) {
  const { ctx, roadmap, all, chosen, version, failure } = props
  const back = `/roadmaps/${roadmap.id}/settings`
  return (
    <Page
      title="Регионы дорожной карты"
      lead="Кто присоединяется, получает все мероприятия шаблона плана. Убрать можно регион, который ещё ничего не сделал: его план удалится."
      frame={ctx.frame}
      crumbs={roadmapCrumbs(roadmap, { text: 'Настройки', href: back }, { text: 'Регионы' })}
      help={{ href: '/guide/dorozhnaya-karta#t-настройка', text: 'регионы дорожной карты' }}
      hasErrors={failure !== undefined}
    >
      <Stack>
        <RoadmapTabs ctx={ctx} roadmap={roadmap} current="settings" />
        <Refused title="Регионы не сохранены" failure={failure} />
        <Card>
          <Form action={`${back}/regions`} hidden={{ version }} label="Регионы, которые участвуют">
            <Stack>
              <Row>
                <Button size="small" name="do" value="all">
                  Отметить все
                </Button>
                <Button size="small" kind="quiet" name="do" value="none">
                  Снять все отметки
                </Button>
              </Row>
              <Checkboxes
                name="regions"
                label={`Участвуют: ${chosen.length} из ${all.length}`}
                columns
                options={all.map(({ code, name }) => ({ value: code, text: name }))}
                values={chosen}
              />
            </Stack>
            <FormEnd>
              <Button kind="main" name="do" value="save">
                Сохранить
              </Button>
              <LinkButton kind="quiet" href={back}>
                Не менять
              </LinkButton>
            </FormEnd>
          </Form>
        </Card>
      </Stack>
    </Page>
  )
}
