import { Card, List, ListItem } from '../../../../web/kit/index.ts'
import { isEsiaConfigured } from '../esia/provider.ts'

/** «Настройки аккаунта» on the profile's page: what an account is tied to. Nothing where there is nothing to tie. */
export const AccountSettings = () =>
  isEsiaConfigured() ? (
    <Card title="Настройки аккаунта">
      <List label="Настройки аккаунта">
        <ListItem title="Синхронизация с Госуслугами" href="/profile/gosuslugi" strong>
          Вход через Госуслуги и обновление личных данных по ним.
        </ListItem>
      </List>
    </Card>
  ) : null
