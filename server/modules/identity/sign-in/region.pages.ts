import { RegionForm } from '../../../../contracts/accounts.ts'
import { pages, seeOther } from '../../../kernel/http/index.ts'
import { chooseRegion } from './region.ts'

/** The switcher in the header of every page. What was open may lie in another region, so the cabinet comes next. */
export const regionPages = pages('/session/region').post(
  '/',
  { needs: 'signed-in', form: RegionForm },
  async (ctx, _, { region }) => {
    await chooseRegion(ctx, region)
    return seeOther('/cabinet', region === null ? 'accounts.all-regions' : 'accounts.one-region')
  },
)
