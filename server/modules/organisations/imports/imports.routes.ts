import { z } from 'zod'
import {
  FileFormat,
  ImportLines,
  ImportLinesQuery,
  ImportUpload,
  largestImport,
  OrganisationImport,
  OrganisationsExport,
} from '../../../../contracts/imports.ts'
import { routes } from '../../../kernel/http/index.ts'
import { exportOrganisations, importReport, importTemplate } from './files.ts'
import {
  cancelImport,
  confirmImport,
  resumeImport,
  undoImport,
  uploadImport,
  viewImport,
  viewImportLines,
  viewImports,
} from './imports.ts'

const room = 65_536

export const importsRoutes = routes('/organisations')
  .get(
    '/export',
    { needs: 'organisation.read', summary: 'Организации файлом XLSX или CSV', query: OrganisationsExport },
    (ctx, _params, query) => exportOrganisations(ctx, query),
  )
  .get(
    '/imports',
    { needs: 'organisation.manage', summary: 'Импорты организаций', replies: z.array(OrganisationImport) },
    (ctx) => viewImports(ctx),
  )
  .post(
    '/imports',
    {
      needs: 'organisation.manage',
      summary: 'Загрузить файл организаций: он будет проверен, но не выполнен',
      body: ImportUpload,
      multipart: true,
      largest: largestImport + room,
      replies: OrganisationImport,
      status: 201,
    },
    async (ctx, _params, { file }) => viewImport(ctx, await uploadImport(ctx, file)),
  )
  .get(
    '/imports/template',
    { needs: 'organisation.manage', summary: 'Шаблон файла для импорта', query: FileFormat },
    async (_ctx, _params, { format }) => importTemplate(format),
  )
  .get(
    '/imports/{id}',
    { needs: 'organisation.manage', summary: 'Импорт и его ход', replies: OrganisationImport },
    (ctx, { id }) => viewImport(ctx, id),
  )
  .get(
    '/imports/{id}/lines',
    { needs: 'organisation.manage', summary: 'Отчёт по строкам', query: ImportLinesQuery, replies: ImportLines },
    (ctx, { id }, query) => viewImportLines(ctx, id, query),
  )
  .get(
    '/imports/{id}/report',
    { needs: 'organisation.manage', summary: 'Отчёт по всем строкам файлом', query: FileFormat },
    (ctx, { id }, { format }) => importReport(ctx, id, format),
  )
  .put(
    '/imports/{id}/confirmation',
    { needs: 'organisation.manage', summary: 'Выполнить проверенный импорт', replies: OrganisationImport },
    async (ctx, { id }) => {
      await confirmImport(ctx, id)
      return viewImport(ctx, id)
    },
  )
  .put(
    '/imports/{id}/cancellation',
    { needs: 'organisation.manage', summary: 'Остановить импорт', replies: OrganisationImport },
    async (ctx, { id }) => {
      await cancelImport(ctx, id)
      return viewImport(ctx, id)
    },
  )
  .put(
    '/imports/{id}/resumption',
    { needs: 'organisation.manage', summary: 'Продолжить остановившийся импорт', replies: OrganisationImport },
    async (ctx, { id }) => {
      await resumeImport(ctx, id)
      return viewImport(ctx, id)
    },
  )
  .put(
    '/imports/{id}/undoing',
    { needs: 'organisation.manage', summary: 'Отменить выполненный импорт целиком', replies: OrganisationImport },
    async (ctx, { id }) => {
      await undoImport(ctx, id)
      return viewImport(ctx, id)
    },
  )
