import {
  Button,
  Card,
  counted,
  EmptyState,
  Form,
  FormEnd,
  LinkButton,
  List,
  ListItem,
  Page,
  Row,
  Stack,
  TextField,
  Unseen,
} from '../../../../web/kit/index.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { RoadmapTabs, roadmapCrumbs } from './roadmap.tabs.tsx'
import type { RoadmapRow, SectionRow } from './roadmaps.queries.ts'
import { Refused } from './settings.parts.tsx'

type Counts = { template: number; measures: number; indicators: number }
export type SectionsPageProps = {
  ctx: PageContext
  roadmap: RoadmapRow
  sections: readonly SectionRow[]
  counts: ReadonlyMap<string, Counts>
  failure?: FormFailure
  /** Whose form is open. */
  editing?: string
  /** Whose form was refused; none: that of a new section. */
  failed?: string
}

export function SectionsPage(props: SectionsPageProps) {
  const { ctx, roadmap, sections, failure, failed } = props
  const back = `/roadmaps/${roadmap.id}/settings`
  const last = sections.length
  return (
    <Page
      title="Разделы плана"
      lead="Разделы одни для всех регионов. Удалить можно раздел, в котором ничего нет."
      frame={ctx.frame}
      crumbs={roadmapCrumbs(roadmap, { text: 'Настройки', href: back }, { text: 'Разделы плана' })}
      help={{ href: '/guide/dorozhnaya-karta#t-настройка', text: 'разделы плана' }}
      hasErrors={failure !== undefined}
    >
      <Stack>
        <RoadmapTabs ctx={ctx} roadmap={roadmap} current="settings" />
        <Refused title="Разделы не изменены" failure={failure} idOf={(field) => `${field}-${failed ?? 'new'}`} />
        <Card>
          {last === 0 ? (
            <EmptyState title="Разделов пока нет" icon="table">
              Добавьте первый: без разделов в плане не завести мероприятий.
            </EmptyState>
          ) : (
            <List label="Разделы плана">
              {sections.map((section, index) => (
                <SectionLine key={section.id} {...props} section={section} place={index + 1} last={last} />
              ))}
            </List>
          )}
        </Card>
        <Card title="Новый раздел">
          <Form action={`${back}/sections`}>
            <SectionFields
              id="new"
              values={(failed === undefined && failure?.values) || { number: String(last + 1) }}
              failure={failed === undefined ? failure : undefined}
            />
            <FormEnd>
              <Button kind="main">Добавить раздел</Button>
            </FormEnd>
          </Form>
        </Card>
      </Stack>
    </Page>
  )
}

function SectionLine(props: SectionsPageProps & { section: SectionRow; place: number; last: number }) {
  const { roadmap, section, counts, place, last, failure, failed } = props
  const { template = 0, measures = 0, indicators = 0 } = counts.get(section.id) ?? {}
  const address = `/roadmaps/${roadmap.id}/settings/sections/${section.id}`
  const own = failed === section.id ? failure : undefined
  const name = `${section.number}. ${section.title}`
  const editing = own !== undefined || props.editing === section.id
  return (
    <ListItem
      title={name}
      strong
      end={
        <Row>
          {place > 1 ? <Move address={address} position={place - 1} text="Выше" about={name} /> : null}
          {place < last ? <Move address={address} position={place + 1} text="Ниже" about={name} /> : null}
          {editing ? null : (
            <LinkButton size="small" kind="quiet" href={`?edit=${section.id}`}>
              Переименовать<Unseen>: {name}</Unseen>
            </LinkButton>
          )}
          {measures + indicators === 0 ? (
            <Form action={`${address}/deletion`}>
              <Button size="small" kind="quiet" about={name}>
                Удалить
              </Button>
            </Form>
          ) : null}
        </Row>
      }
      under={[
        `в шаблоне ${counted(template, ['мероприятие', 'мероприятия', 'мероприятий'])}`,
        measures > template ? `в планах регионов ${measures - template}` : '',
        indicators > 0 ? counted(indicators, ['показатель', 'показателя', 'показателей']) : '',
      ]}
    >
      {editing ? (
        <Form action={address} label={`Переименовать: ${name}`}>
          <SectionFields id={section.id} values={own?.values ?? section} failure={own} />
          <Row>
            <Button kind="main" size="small">
              Сохранить
            </Button>
            <LinkButton size="small" kind="quiet" href="?">
              Не менять
            </LinkButton>
          </Row>
        </Form>
      ) : null}
    </ListItem>
  )
}

const Move = (props: { address: string; position: number; text: string; about: string }) => (
  <Form action={`${props.address}/position`} hidden={{ position: String(props.position) }}>
    <Button size="small" kind="quiet" about={props.about}>
      {props.text}
    </Button>
  </Form>
)

function SectionFields(props: {
  id: string
  values: { number?: string; title?: string }
  failure: FormFailure | undefined
}) {
  const { id, values, failure } = props
  const errorOf = (field: string) => failure?.problems.find((problem) => problem.field === field)?.text
  return (
    <>
      <TextField
        name="number"
        id={`number-${id}`}
        label="Номер"
        width={6}
        maxLength={20}
        value={values.number}
        error={errorOf('number')}
      />
      <TextField
        name="title"
        id={`title-${id}`}
        label="Название"
        maxLength={300}
        value={values.title}
        error={errorOf('title')}
      />
    </>
  )
}
