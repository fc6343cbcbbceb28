import { z } from 'zod'
import { audienceNames } from '../../../../contracts/audiences.ts'
import {
  Button,
  Card,
  Checkboxes,
  cabinetCrumb,
  Form,
  FormEnd,
  LinkButton,
  Page,
  Stack,
  Text,
} from '../../../../web/kit/index.ts'
import { type Role, roleNames, roles } from '../../../kernel/access/index.ts'
import { type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { setDemandingRoles, viewDemandingRoles } from './demanding-roles.ts'

const needs = 'audience.manage'
const path = '/access/second-factor'

/** One ticked box comes as a text, several as a list, none not at all. */
const Ticked = z.object({
  roles: z.preprocess((given) => (given === undefined ? [] : [given].flat()), z.array(z.enum(roles))),
})

export const demandingRolesPages = pages(path)
  .get('/', { needs }, async (ctx) => rolesPage(ctx, await viewDemandingRoles(ctx.db)))
  .post('/', { needs, form: Ticked }, async (ctx, _, { roles: ticked }) => {
    await setDemandingRoles(ctx, ticked)
    return seeOther(path, 'identity.demanding-roles-saved')
  })

const rolesPage = (ctx: PageContext, demanding: readonly Role[]) => (
  <Page
    title="Второй фактор"
    lead="Кому при входе обязателен второй способ: код из приложения, код по SMS или ключ доступа."
    crumbs={[cabinetCrumb, { text: 'Доступ', href: '/access' }, { text: 'Второй фактор' }]}
    frame={ctx.frame}
  >
    <Card>
      <Form action={path} label="Роли с обязательным вторым фактором">
        <Stack>
          <Checkboxes
            name="roles"
            label="Роли"
            hint="Отмеченным ролям второй способ обязателен, и тем, кто действует за них: помощникам и заместителям. Остальные включают его по желанию"
            options={roles.map((role) => ({ value: role, text: roleNames[role] }))}
            values={demanding}
          />
          <Text>
            У кого второго способа ещё нет, тот настроит его при следующем входе. Открытые сеансы не прервутся.
            Аудитория «{audienceNames.support}» и другие могут требовать его и своим правилом:{' '}
            <a href="/access/audiences">правила аудиторий</a>.
          </Text>
        </Stack>
        <FormEnd>
          <Button kind="main">Сохранить</Button>
          <LinkButton kind="quiet" href="/access">
            Не менять
          </LinkButton>
        </FormEnd>
      </Form>
    </Card>
  </Page>
)
