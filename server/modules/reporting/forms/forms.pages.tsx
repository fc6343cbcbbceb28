import { z } from 'zod'
import { ComparedVersions } from '../../../../contracts/forms.ts'
import { type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { FileMissing } from '../reporting.errors.ts'
import { formOfVersion } from '../reports/sheets.ts'
import { ComparisonPage } from './comparison.page.tsx'
import { FormPage } from './form.page.tsx'
import { FormsPage } from './forms.page.tsx'
import { compareVersions, publishFile, versionFile, viewForms, viewVersion } from './forms.ts'
import { type FormFormat, templateText } from './template-files.ts'

const largestTemplate = 10_485_760

const VersionQuery = z.object({
  version: z.coerce.number().int().min(1).optional().catch(undefined),
  section: z.string().max(60).optional().catch(undefined),
})

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
      await publishFile(ctx, templateText(new Uint8Array(await file.arrayBuffer())))
      return seeOther('/forms', 'form.published')
    },
  )
  .get('/{code}', { needs: 'form.manage', query: VersionQuery }, async (ctx, { code }, { version, section }) => {
    const shown = await viewVersion(ctx.db, code, version)
    const compiled = await formOfVersion(ctx.db, shown.version.id)
    return <FormPage ctx={ctx} shown={shown} compiled={compiled} section={section} />
  })
  .get('/{code}/comparison', { needs: 'form.manage', query: ComparedVersions }, async (ctx, { code }, query) => (
    <ComparisonPage ctx={ctx} compared={await compareVersions(ctx.db, code, query)} />
  ))
  .get('/{code}/{number}/form.xml', { needs: 'form.manage' }, (ctx, { code, number }) =>
    downloaded(ctx, code, number, 'xml'),
  )
  .get('/{code}/{number}/form.yaml', { needs: 'form.manage' }, (ctx, { code, number }) =>
    downloaded(ctx, code, number, 'yaml'),
  )

const mediaTypes = { xml: 'application/xml', yaml: 'application/yaml' } as const

async function downloaded(ctx: PageContext, code: string, number: string, format: FormFormat): Promise<Response> {
  const shown = await viewVersion(ctx.db, code, Number(number) || 0)
  const name = encodeURIComponent(`${shown.form.cipher}-${shown.version.number}.${format}`.replace(/[\\/]/g, ' '))
  return new Response(await versionFile(ctx.db, shown, format), {
    headers: {
      'content-type': `${mediaTypes[format]}; charset=utf-8`,
      'content-disposition': `attachment; filename="form.${format}"; filename*=UTF-8''${name}`,
      'cache-control': 'private, no-store',
    },
  })
}
