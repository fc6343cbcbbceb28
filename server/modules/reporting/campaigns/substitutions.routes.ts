import { z } from 'zod'
import { NewSubstitution, Substitutions } from '../../../../contracts/campaigns.ts'
import { routes } from '../../../kernel/http/index.ts'
import { endSubstitution, setSubstitution, viewSubstitutions } from './substitutions.ts'

export const substitutionRoutes = routes('/substitutions')
  .get(
    '/',
    {
      needs: 'report.read',
      summary: 'Кто кого замещает в организации',
      query: z.object({ organisation: z.uuid() }),
      replies: Substitutions,
    },
    async (ctx, _, { organisation }) => ({ substitutions: await viewSubstitutions(ctx, organisation) }),
  )
  .post(
    '/',
    { needs: 'report.read', summary: 'Назначить замещение ответственного', body: NewSubstitution },
    (ctx, _, asked) => setSubstitution(ctx, asked),
  )
  .delete('/{id}', { needs: 'report.read', summary: 'Закончить замещение раньше' }, async (ctx, { id }) => {
    await endSubstitution(ctx, id)
  })
