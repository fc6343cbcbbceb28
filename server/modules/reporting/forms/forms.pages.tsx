import { z } from 'zod'
import { pages, seeOther } from '../../../kernel/http/index.ts'
import { FileMissing } from '../reporting.errors.ts'
import { FormsPage } from './forms.page.tsx'
import { publishForm, templateText, viewForms } from './forms.ts'

const largestTemplate = 10_485_760

export const formPages = pages('/forms')
  .get('/', { needs: 'form.manage' }, async (ctx) => <FormsPage ctx={ctx} forms={await viewForms(ctx)} />)
  .post(
    '/',
    {
      needs: 'form.manage',
      form: z.object({ file: z.instanceof(File).optional().catch(undefined) }),
      largest: largestTemplate + 100_000,
      again: async (ctx, _params, failure) => (
        <FormsPage ctx={ctx} forms={await viewForms(ctx)} failure={{ of: 'template', failure }} />
      ),
    },
    async (ctx, _params, { file }) => {
      if (!file || file.size === 0) throw new FileMissing()
      await publishForm(ctx, templateText(new Uint8Array(await file.arrayBuffer())))
      return seeOther('/forms', 'form.published')
    },
  )
