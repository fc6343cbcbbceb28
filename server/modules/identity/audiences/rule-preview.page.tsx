import type { AudienceRule, AudienceView, RulePreview } from '../../../../contracts/audiences.ts'
import {
  Button,
  Card,
  cabinetCrumb,
  counted,
  Form,
  FormEnd,
  List,
  ListItem,
  Muted,
  Note,
  Page,
  Stack,
  Text,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { changesBetween } from './audiences.ts'

const people = ['учётная запись', 'учётные записи', 'учётных записей'] as const

type PreviewProps = {
  ctx: PageContext
  view: AudienceView
  /** As it would be. */
  rule: AudienceRule
  values: Record<string, string>
  preview: RulePreview
}

/** Whom a change would meet, before it is saved. */
export function PreviewPage({ ctx, view, rule, values, preview }: PreviewProps) {
  const changes = changesBetween(view.rule, rule)
  return (
    <Page
      title="Кого коснётся изменение"
      frame={ctx.frame}
      crumbs={[
        cabinetCrumb,
        { text: 'Доступ', href: '/access' },
        { text: 'Аудитории', href: '/access/audiences' },
        { text: view.name, href: `/access/audiences/${view.audience}` },
        { text: 'Кого коснётся' },
      ]}
      lead={`${view.name}: ${counted(preview.accounts, people)}. Ещё ничего не сохранено.`}
    >
      <Stack>
        {preview.refusal ? (
          <Note tone="bad" live="alert" title="Так сохранить нельзя">
            {preview.refusal}
          </Note>
        ) : null}
        <Card title="Что изменится">
          {changes.length === 0 ? (
            <Muted>Ничего: правило останется таким же.</Muted>
          ) : (
            <List label="Изменения правила">
              {changes.map(({ name, before, after }) => (
                <ListItem key={name} title={name} strong>
                  было «{before}», станет «{after}»
                </ListItem>
              ))}
            </List>
          )}
        </Card>
        <Card title="Кого это коснётся">
          {preview.effects.length === 0 ? (
            <Text>Никого из тех, у кого уже есть учётная запись. Новые люди пойдут по новому правилу.</Text>
          ) : (
            <List label="Кого коснётся изменение">
              {preview.effects.map(({ effect, text, count, first }) => (
                <ListItem key={effect} title={text} strong under={[counted(count, people)]}>
                  {first.map(({ id, name }, index) => (
                    <span key={id}>
                      {index > 0 ? ', ' : ''}
                      <a href={`/accounts/${id}`}>{name}</a>
                    </span>
                  ))}
                  {count > first.length ? ` и ещё ${count - first.length}` : ''}
                </ListItem>
              ))}
            </List>
          )}
        </Card>
        <Form action={`/access/audiences/${view.audience}/edit`} label="Сохранение правила" hidden={values}>
          <FormEnd>
            {preview.refusal || changes.length === 0 ? null : (
              <Button kind="main" name="step" value="save">
                Сохранить правило
              </Button>
            )}
            <Button name="step" value="edit">
              Вернуться к правке
            </Button>
          </FormEnd>
        </Form>
      </Stack>
    </Page>
  )
}
