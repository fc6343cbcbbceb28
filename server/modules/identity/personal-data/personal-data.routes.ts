import { PersonalData, PersonalDataChange } from '../../../../contracts/personal-data.ts'
import { routes } from '../../../kernel/http/index.ts'
import { changePersonalData, viewPersonalData } from './personal-data.ts'

export const personalDataRoutes = routes('/profile/personal-data')
  .get('/', { needs: 'signed-in', summary: 'Мои персональные данные', replies: PersonalData }, (ctx) =>
    viewPersonalData(ctx),
  )
  .put(
    '/',
    {
      needs: 'signed-in',
      summary: 'Заполнить или исправить мои персональные данные',
      body: PersonalDataChange,
      replies: PersonalData,
    },
    (ctx, _, change) => {
      // An answer kept for a repeated key would lie beside the sealed data in plain words.
      ctx.showOnce('/api/v1/profile/personal-data')
      return changePersonalData(ctx, change)
    },
  )
