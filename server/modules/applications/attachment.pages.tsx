import { z } from 'zod'
import { NewAttachment } from '../../../contracts/applications.ts'
import { leastSearch, type OrganisationHit, type OrganisationLevel } from '../../../contracts/organisations.ts'
import {
  Button,
  Card,
  CardPart,
  Columns,
  EmptyState,
  ErrorSummary,
  Filters,
  FilterText,
  Form,
  FormEnd,
  LinkButton,
  List,
  ListItem,
  Note,
  Page,
  Quiet,
  Radios,
  Stack,
  Text,
  TextArea,
  Timeline,
  tied,
} from '../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../kernel/http/index.ts'
import { findOrganisation, searchOrganisations } from '../organisations/index.ts'
import { attachmentRoleChoices, attachmentRoleHints } from './applications.phrases.ts'
import { applyForAttachment, rolesAt } from './types/attachment.ts'

const Choice = z.object({
  q: z.string().trim().max(200).catch('').default(''),
  organisation: z.uuid().optional().catch(undefined),
})

const address = '/applications/new/attachment'

export const attachmentPages = pages('/applications/new')
  .get('/attachment', { needs: 'signed-in', query: Choice }, async (ctx, _params, { q, organisation }) => {
    const chosen = organisation ? await findChosen(ctx, organisation) : undefined
    if (chosen) return <AskingPage ctx={ctx} organisation={chosen} />
    const hits = q.length >= leastSearch ? await searchOrganisations(ctx, q) : undefined
    return <SearchPage ctx={ctx} q={q} hits={hits} />
  })
  .post(
    '/attachment',
    {
      needs: 'signed-in',
      form: NewAttachment,
      again: async (ctx, _params, failure) => {
        const chosen = await findChosen(ctx, failure.values.organisationId ?? '')
        return chosen ? (
          <AskingPage ctx={ctx} organisation={chosen} failure={failure} />
        ) : (
          <SearchPage ctx={ctx} q="" hits={undefined} />
        )
      },
    },
    async (ctx, _params, form) => {
      const { id } = await applyForAttachment(ctx, form)
      return seeOther(`/applications/${id}`, 'application.submitted')
    },
  )

type Chosen = OrganisationHit & { level: OrganisationLevel }

/** Of an organisation that one is not attached to, its name and ИНН are shown, and its roles follow from its level. */
async function findChosen(ctx: PageContext, id: string): Promise<Chosen | undefined> {
  if (!z.uuid().safeParse(id).success) return undefined
  const organisation = await findOrganisation(ctx.db, id)
  if (!organisation || organisation.closedAt) return undefined
  return { id, shortName: organisation.shortName, inn: organisation.inn, level: organisation.level }
}

const crumbs = [
  { text: 'Мой профиль', href: '/cabinet' },
  { text: 'Сервис заявок', href: '/applications' },
  { text: 'Прикрепление к организации' },
]

function SearchPage({ ctx, q, hits }: { ctx: PageContext; q: string; hits: OrganisationHit[] | undefined }) {
  return (
    <Page
      title="Прикрепление к организации"
      frame={ctx.frame}
      crumbs={crumbs}
      help={{ href: '/guide/organizatsiya', text: 'прикрепление к организации' }}
      lead="Шаг 1 из 2. Найдите организацию, в которой вы работаете."
    >
      <Columns shape="form">
        <Stack>
          <Card flush>
            <Filters label="Поиск организации" action={address} submit="Найти">
              <FilterText label="Название или ИНН" value={q} />
            </Filters>
            <Found q={q} hits={hits} />
          </Card>
        </Stack>
        <WhatNext />
      </Columns>
    </Page>
  )
}

function Found({ q, hits }: { q: string; hits: OrganisationHit[] | undefined }) {
  if (!hits)
    return (
      <EmptyState title="Введите название или ИНН" icon="search">
        {q === ''
          ? 'Достаточно нескольких слов из названия, например «14 Ромашка», или ИНН целиком.'
          : 'Слишком коротко: введите хотя бы три знака названия или ИНН.'}
      </EmptyState>
    )
  if (hits.length === 0)
    return (
      <EmptyState title="Такой организации в реестре нет" icon="search">
        Проверьте, как написано название, или введите ИНН. Если организации действительно нет,{' '}
        <a href="/applications/new/organisation-adding">попросите добавить её в реестр</a>.
      </EmptyState>
    )
  return (
    <CardPart>
      <List label="Найденные организации">
        {hits.map(({ id, shortName, inn }) => (
          <ListItem
            key={id}
            title={shortName}
            href={`${address}?organisation=${id}`}
            under={[`ИНН ${inn}`]}
            end={
              <LinkButton size="small" href={`${address}?organisation=${id}`} about={shortName}>
                Выбрать
              </LinkButton>
            }
          />
        ))}
      </List>
    </CardPart>
  )
}

type AskingProps = { ctx: PageContext; organisation: Chosen; failure?: FormFailure }

function AskingPage({ ctx, organisation, failure }: AskingProps) {
  const problems = failure?.problems ?? []
  const errorOf = (field: string) => problems.find((problem) => problem.field === field)?.text
  return (
    <Page
      title="Прикрепление к организации"
      frame={ctx.frame}
      crumbs={crumbs}
      help={{ href: '/guide/organizatsiya', text: 'прикрепление к организации' }}
      lead="Шаг 2 из 2. Выберите роль и напишите, зачем вам доступ."
      hasErrors={failure !== undefined}
    >
      <Columns shape="form">
        <Stack>
          <ErrorSummary title="Заявка не отправлена" errors={problems} />
          {failure?.message ? (
            <Note tone="bad" title="Заявка не отправлена" live="alert">
              {failure.message}
            </Note>
          ) : null}
          <Card title="Организация" aside={<a href={address}>Выбрать другую</a>}>
            <Text>
              <b>{tied(organisation.shortName)}</b>
            </Text>
            <Quiet>ИНН {organisation.inn}</Quiet>
          </Card>
          <Form draft={`attachment-${organisation.id}`} hidden={{ organisationId: organisation.id }}>
            <Radios
              name="role"
              label="Роль в организации"
              value={failure ? failure.values.role : 'member'}
              error={errorOf('role')}
              options={rolesAt(organisation.level).map((value) => ({
                value,
                text: attachmentRoleChoices[value],
                hint: attachmentRoleHints[value],
              }))}
            />
            <TextArea
              name="why"
              label="Зачем вам доступ"
              hint="Должность, приказ, за что отвечаете. Это прочитает тот, кто принимает решение."
              value={failure?.values.why}
              error={errorOf('why')}
              maxLength={1000}
            />
            <FormEnd>
              <Button kind="main">Отправить заявку</Button>
              <LinkButton kind="quiet" href="/cabinet">
                Не отправлять
              </LinkButton>
            </FormEnd>
          </Form>
        </Stack>
        <WhatNext />
      </Columns>
    </Page>
  )
}

const WhatNext = () => (
  <Card title="Что будет дальше">
    <Timeline
      steps={[
        { title: 'Вы подаёте заявку', state: 'now', icon: 'pen' },
        { title: 'Решение вышестоящей организации', state: 'next', icon: 'clock', when: 'за два рабочих дня' },
        { title: 'Письмо с ответом', state: 'next', icon: 'mail', when: 'звонить не нужно' },
        { title: 'Организация в вашем кабинете', state: 'next', when: 'сразу после решения' },
      ]}
    />
  </Card>
)
