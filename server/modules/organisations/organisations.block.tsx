import { Card, EmptyState, LinkButton, List, ListItem } from '../../../web/kit/index.ts'
import type { PageContext } from '../../kernel/http/index.ts'
import { listMembershipsOf } from './members.queries.ts'
import { termOf } from './organisation.page.tsx'
import { membershipRoleNames } from './organisations.phrases.ts'

/** The cabinet's block «Мои организации». */
export async function ownOrganisations(ctx: PageContext) {
  const memberships = await listMembershipsOf(ctx.db, ctx.account.id)
  return (
    <Card
      title="Мои организации"
      foot={
        memberships.length > 0 ? (
          <a href="/applications/new/attachment">Прикрепиться к другой организации</a>
        ) : undefined
      }
    >
      {memberships.length > 0 ? (
        <List label="Организации, к которым вы прикреплены">
          {memberships.map(({ id, shortName, role, startsOn, endsOn }) => (
            <ListItem
              key={id}
              title={shortName}
              href={`/organisations/${id}`}
              strong
              under={[membershipRoleNames[role], termOf(startsOn, endsOn)]}
            />
          ))}
        </List>
      ) : (
        <NoOrganisation ctx={ctx} />
      )}
    </Card>
  )
}

const NoOrganisation = ({ ctx }: { ctx: PageContext }) =>
  ctx.grants.list.length > 0 ? (
    // Whoever answers for many organisations need not belong to one.
    <EmptyState
      title="Вы не прикреплены ни к одной"
      icon="house"
      actions={<a href="/organisations">Все организации</a>}
    >
      Ваши полномочия действуют и без этого.
    </EmptyState>
  ) : (
    <EmptyState
      title="Вы ещё не прикреплены"
      icon="house"
      actions={
        <LinkButton size="small" href="/applications/new/attachment">
          Найти свою организацию
        </LinkButton>
      }
    >
      Найдите организацию, в которой работаете, и подайте заявку. Ответ придёт письмом за два рабочих дня.
    </EmptyState>
  )
