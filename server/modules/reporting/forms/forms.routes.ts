import {
  ComparedVersions,
  FormComparison,
  FormVersions,
  NewForm,
  PublishedForm,
  StatisticalForms,
} from '../../../../contracts/forms.ts'
import { routes } from '../../../kernel/http/index.ts'
import { compareVersions, publishForm, viewForms, viewVersions } from './forms.ts'

const twentyMegabytes = 20_971_520

export const formRoutes = routes('/forms')
  .get('/', { needs: 'report.read', summary: 'Опубликованные формы', replies: StatisticalForms }, async (ctx) => ({
    forms: await viewForms(ctx),
  }))
  .post(
    '/',
    {
      needs: 'form.manage',
      summary: 'Опубликовать форму из шаблона Росстата (xml) или из файла формы (yaml)',
      body: NewForm,
      replies: PublishedForm,
      status: 201,
      largest: twentyMegabytes,
    },
    (ctx, _, file) => publishForm(ctx, file),
  )
  .get('/{code}/versions', { needs: 'form.manage', summary: 'Версии формы', replies: FormVersions }, (ctx, { code }) =>
    viewVersions(ctx.db, code),
  )
  .get(
    '/{code}/comparison',
    {
      needs: 'form.manage',
      summary: 'Что отличает две версии формы',
      query: ComparedVersions,
      replies: FormComparison,
    },
    async (ctx, { code }, query) => {
      const { before, after, differences } = await compareVersions(ctx.db, code, query)
      return { before, after, differences }
    },
  )
