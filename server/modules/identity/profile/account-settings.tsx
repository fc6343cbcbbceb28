import { Card, LinkButton, Text } from '../../../../web/kit/index.ts'

/** «Настройки аккаунта» on the profile's page: the way to all that a person can set. */
export const AccountSettings = () => (
  <Card title="Настройки аккаунта" foot={<LinkButton href="/profile/settings">Настройки аккаунта</LinkButton>}>
    <Text>Персональные данные, контакты, безопасность входа, Госуслуги, токены, копия ваших данных и удаление.</Text>
  </Card>
)
