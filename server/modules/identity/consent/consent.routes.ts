import { ConsentGiven, ReachedStage } from '../../../../contracts/identity.ts'
import { routes } from '../../../kernel/http/index.ts'
import { giveConsent } from './consent.ts'

export const consentRoutes = routes('/session/consent').put(
  '/',
  {
    needs: 'signed-in',
    stage: 'consent',
    summary: 'Дать согласие и назвать СНИЛС или ИНН при первом входе',
    body: ConsentGiven,
    replies: ReachedStage,
  },
  async (ctx, _, given) => ({ stage: await giveConsent(ctx, given) }),
)
