import { z } from 'zod'
import {
  Badge,
  Card,
  cabinetCrumb,
  EmptyState,
  formatDateTime,
  LinkButton,
  List,
  ListItem,
  Page,
} from '../../../../web/kit/index.ts'
import { pages } from '../../../kernel/http/index.ts'
import { listOwnSignIns } from './sign-in-journal.ts'

const Query = z.object({ before: z.coerce.number().int().positive().optional().catch(undefined) })

export const signInJournalPages = pages('/profile/sign-ins').get(
  '/',
  { needs: 'signed-in', query: Query },
  async (ctx, _, { before }) => {
    const { entries, next } = await listOwnSignIns(ctx, before)
    return (
      <Page
        title="Журнал входов"
        lead="Кто и откуда входил в вашу учётную запись и что с ней делали. Незнакомый вход — повод сменить пароль и завершить остальные сеансы."
        crumbs={[cabinetCrumb, { text: 'Настройки аккаунта', href: '/profile/settings' }, { text: 'Журнал входов' }]}
        frame={ctx.frame}
      >
        {entries.length === 0 ? (
          <EmptyState icon="clock" title="Записей больше нет">
            Здесь появится каждый вход, отказ во входе и смена пароля.
          </EmptyState>
        ) : (
          <Card
            title="Записи"
            foot={
              next ? (
                <LinkButton size="small" href={`/profile/sign-ins?before=${next}`}>
                  Более ранние
                </LinkButton>
              ) : undefined
            }
          >
            <List label="Журнал входов">
              {entries.map((entry) => (
                <ListItem
                  key={entry.id}
                  title={entry.text}
                  under={[
                    formatDateTime(entry.at, ctx.timeZone),
                    ...(entry.address ? [`адрес ${entry.address}${entry.network ? ` (${entry.network})` : ''}`] : []),
                    ...(entry.byOther ? ['действие администратора'] : []),
                  ]}
                  end={entry.good ? undefined : <Badge tone="bad" text="Отказ" />}
                />
              ))}
            </List>
          </Card>
        )}
      </Page>
    )
  },
)
