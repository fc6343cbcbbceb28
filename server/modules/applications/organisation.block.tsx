import { Card, LinkButton, Row } from '../../../web/kit/index.ts'
import type { PageContext } from '../../kernel/http/index.ts'
import type { OrganisationBlock } from '../../kernel/room.ts'
import { findOrganisation, placeOf } from '../organisations/index.ts'
import { type ApplicationType, listTypes } from './application-type.ts'

/** The organisation's page: what this person may ask for about it. */
export const askingBlock: OrganisationBlock = {
  order: 90,
  render: async (ctx, organisationId) => {
    const organisation = await findOrganisation(ctx.db, organisationId)
    if (!organisation || organisation.closedAt) return null
    const types = listTypes().filter((type) => mayAsk(ctx, type, placeOf(organisation)))
    if (types.length === 0) return null
    return (
      <Card title="Подать заявку об организации">
        <Row>
          {types.map(({ kind, title }) => (
            <LinkButton key={kind} size="small" href={`/applications/new/${kind}?organisation=${organisationId}`}>
              {title}
            </LinkButton>
          ))}
        </Row>
      </Card>
    )
  },
}

const mayAsk = (
  { grants }: PageContext,
  { about, asks }: ApplicationType,
  place: ReturnType<typeof placeOf>,
): boolean =>
  about === 'organisation' && asks !== 'anyone' && asks.some((permission) => grants.allow(permission, place))
