import { z } from 'zod'
import { OwnSignIns } from '../../../../contracts/identity.ts'
import { routes } from '../../../kernel/http/index.ts'
import { listOwnSignIns } from './sign-in-journal.ts'

export const signInJournalRoutes = routes('/profile/sign-ins').get(
  '/',
  {
    needs: 'signed-in',
    summary: 'Журнал моих входов',
    query: z.object({ before: z.coerce.number().int().positive().optional() }),
    replies: OwnSignIns,
  },
  (ctx, _, { before }) => listOwnSignIns(ctx, before),
)
