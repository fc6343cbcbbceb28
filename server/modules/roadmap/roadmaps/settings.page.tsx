import {
  Badge,
  Button,
  Card,
  Columns,
  counted,
  Form,
  FormEnd,
  formatDateTime,
  LinkButton,
  List,
  ListItem,
  Page,
  Row,
  Stack,
  Text,
} from '../../../../web/kit/index.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { RoadmapTabs, roadmapCrumbs } from './roadmap.tabs.tsx'
import type { RoadmapRow } from './roadmaps.queries.ts'
import { valuesOf } from './settings.form.ts'
import { Refused, SettingsFieldset } from './settings.parts.tsx'
import { missingOf } from './settings.ts'

const help = { href: '/guide/dorozhnaya-karta#t-настройка', text: 'настройка дорожной карты' }

export const NewRoadmapPage = (props: {
  ctx: PageContext
  values: Readonly<Record<string, string>>
  failure?: FormFailure
}) => (
  <Page
    title="Новая дорожная карта"
    lead="Сначала это черновик: его видят только администратор и координатор. Регионы, разделы и мероприятия добавите дальше."
    frame={props.ctx.frame}
    crumbs={[
      { text: 'Мой профиль', href: '/cabinet' },
      { text: 'Дорожные карты', href: '/roadmaps' },
      { text: 'Новая дорожная карта' },
    ]}
    help={help}
    hasErrors={props.failure !== undefined}
  >
    <Stack>
      <Refused title="Дорожная карта не создана" failure={props.failure} />
      <Card>
        <Form action="/roadmaps/new" draft="roadmap-new">
          <SettingsFieldset values={props.values} failure={props.failure} />
          <FormEnd>
            <Button kind="main">Создать черновик</Button>
            <LinkButton kind="quiet" href="/roadmaps">
              Не создавать
            </LinkButton>
          </FormEnd>
        </Form>
      </Card>
    </Stack>
  </Page>
)

export type SettingsPageProps = {
  ctx: PageContext
  roadmap: RoadmapRow
  parts: { sections: number; measures: number; regions: number }
  values?: Readonly<Record<string, string>>
  failure?: FormFailure
  /** Why publishing, or taking it back, was refused. */
  publicationFailure?: FormFailure
}

export function SettingsPage(props: SettingsPageProps) {
  const { ctx, roadmap, failure, publicationFailure } = props
  const address = `/roadmaps/${roadmap.id}`
  return (
    <Page
      title="Настройки"
      lead={roadmap.shortTitle}
      frame={ctx.frame}
      crumbs={roadmapCrumbs(roadmap, { text: 'Настройки' })}
      help={help}
      hasErrors={failure !== undefined || publicationFailure !== undefined}
    >
      <Stack>
        <RoadmapTabs ctx={ctx} roadmap={roadmap} current="settings" />
        <Refused title="Публикация не изменена" failure={publicationFailure} />
        <Refused title="Настройки не сохранены" failure={failure} />
        <Columns shape="form">
          <Card title="Основное">
            <Form action={`${address}/settings`} hidden={{ version: props.values?.version ?? String(roadmap.version) }}>
              <SettingsFieldset values={props.values ?? valuesOf(roadmap)} failure={failure} />
              <FormEnd>
                <Button kind="main">Сохранить</Button>
              </FormEnd>
            </Form>
          </Card>
          <Stack>
            <Publication {...props} />
            <PartsCard {...props} />
          </Stack>
        </Columns>
      </Stack>
    </Page>
  )
}

function Publication({ ctx, roadmap, parts }: SettingsPageProps) {
  const address = `/roadmaps/${roadmap.id}/settings`
  const missing = missingOf(parts)
  if (roadmap.publishedAt)
    return (
      <Card title="Публикация" aside={<Badge tone="ok" text="Опубликована" />}>
        <Stack space="small">
          <Text>
            С {formatDateTime(roadmap.publishedAt, ctx.timeZone)} её видят регионы, а открытую страницу — каждый.
          </Text>
          <Row>
            <LinkButton href={`/public/roadmaps/${roadmap.code}`}>Открытая страница</LinkButton>
            <LinkButton kind="quiet" href={`${address}/unpublication`}>
              Снять публикацию
            </LinkButton>
          </Row>
        </Stack>
      </Card>
    )
  return (
    <Card title="Публикация" aside={<Badge text="Черновик" />}>
      {missing.length > 0 ? (
        <Text>Опубликовать можно, когда будут: {missing.join(', ')}.</Text>
      ) : (
        <Form action={`${address}/publication`} label="Публикация дорожной карты">
          <Stack space="small">
            <Text>После публикации регионы увидят свой план, а открытую страницу — каждый.</Text>
            <Row>
              <Button kind="main">Опубликовать</Button>
            </Row>
          </Stack>
        </Form>
      )}
    </Card>
  )
}

function PartsCard({ roadmap, parts }: SettingsPageProps) {
  const address = `/roadmaps/${roadmap.id}`
  return (
    <Card title="Из чего она состоит">
      <List label="Части дорожной карты">
        <ListItem
          title="Регионы"
          href={`${address}/settings/regions`}
          under={[parts.regions === 0 ? 'пока ни одного' : counted(parts.regions, ['регион', 'региона', 'регионов'])]}
        />
        <ListItem
          title="Разделы плана"
          href={`${address}/settings/sections`}
          under={[parts.sections === 0 ? 'пока ни одного' : counted(parts.sections, ['раздел', 'раздела', 'разделов'])]}
        />
        <ListItem
          title="Шаблон плана"
          href={`${address}/plan?region=template`}
          under={[
            parts.measures === 0
              ? 'мероприятий пока нет'
              : counted(parts.measures, ['мероприятие', 'мероприятия', 'мероприятий']),
          ]}
        />
        <ListItem
          title="Показатели"
          href={`${address}/indicators/definitions`}
          under={['что измеряют и как считают']}
        />
      </List>
    </Card>
  )
}
