/** The first step of what is asked for about an organisation: which one. */
import { leastSearch, type OrganisationHit } from '../../../contracts/organisations.ts'
import {
  Card,
  CardPart,
  Columns,
  EmptyState,
  Filters,
  FilterText,
  LinkButton,
  List,
  ListItem,
  Page,
  Stack,
} from '../../../web/kit/index.ts'
import type { PageContext } from '../../kernel/http/index.ts'
import { searchOrganisations } from '../organisations/index.ts'
import type { ApplicationType } from './application-type.ts'
import { listOwnOrganisations } from './circumstances.queries.ts'
import { asking, crumbsTo, helpOf } from './new.kit.ts'
import { WhatNext } from './what-next.tsx'

/** One's own stand there unasked, where it is one's own that the kind is about. */
export async function showChoosing(ctx: PageContext, type: ApplicationType, q: string) {
  const own = type.asks === 'anyone' ? [] : await listOwnOrganisations(ctx.db, ctx.account.id)
  const hits = q.length >= leastSearch ? await searchOrganisations(ctx, q) : own.length > 0 ? own : undefined
  return (
    <Page
      title={type.title}
      frame={ctx.frame}
      crumbs={crumbsTo(type.title)}
      lead={`Шаг 1 из 2. ${type.asks === 'anyone' ? 'Найдите организацию, в которой вы работаете.' : 'Выберите организацию.'}`}
      help={helpOf(type)}
    >
      <Columns shape="form">
        <Stack>
          <Card flush>
            <Filters label="Поиск организации" action={asking(type)} submit="Найти">
              <FilterText label="Название или ИНН" value={q} />
            </Filters>
            <Found type={type} q={q} hits={hits} />
          </Card>
        </Stack>
        <WhatNext type={type} />
      </Columns>
    </Page>
  )
}

type FoundProps = { type: ApplicationType; q: string; hits: readonly OrganisationHit[] | undefined }

function Found({ type, q, hits }: FoundProps) {
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
            href={`${asking(type)}?organisation=${id}`}
            under={[`ИНН ${inn}`]}
            end={
              <LinkButton size="small" href={`${asking(type)}?organisation=${id}`} about={shortName}>
                Выбрать
              </LinkButton>
            }
          />
        ))}
      </List>
    </CardPart>
  )
}
