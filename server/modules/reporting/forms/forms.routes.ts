import { NewForm, PublishedForm, StatisticalForms } from '../../../../contracts/reporting.ts'
import { routes } from '../../../kernel/http/index.ts'
import { publishForm, viewForms } from './forms.ts'

const twentyMegabytes = 20_971_520

export const formRoutes = routes('/forms')
  .get('/', { needs: 'report.read', summary: 'Опубликованные формы', replies: StatisticalForms }, async (ctx) => ({
    forms: await viewForms(ctx),
  }))
  .post(
    '/',
    {
      needs: 'form.manage',
      summary: 'Опубликовать форму из шаблона Росстата',
      body: NewForm,
      replies: PublishedForm,
      status: 201,
      largest: twentyMegabytes,
    },
    (ctx, _, { xml }) => publishForm(ctx, xml),
  )
