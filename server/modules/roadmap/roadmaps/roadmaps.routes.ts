import { z } from 'zod'
import {
  NewRoadmap,
  NewSection,
  Roadmap,
  RoadmapChange,
  RoadmapList,
  RoadmapOverview,
  RoadmapRegions,
  SectionPlace,
} from '../../../../contracts/roadmaps.ts'
import { routes } from '../../../kernel/http/index.ts'
import { viewOverview } from './overview.ts'
import { viewRoadmaps } from './roadmaps.ts'
import { addSection, changeSection, moveSection, removeSection } from './sections.ts'
import {
  changeRegions,
  changeRoadmap,
  createRoadmap,
  publishRoadmap,
  unpublishRoadmap,
  viewRoadmap,
} from './settings.ts'

const needs = 'roadmap.manage'

export const roadmapsRoutes = routes('/roadmaps')
  .get(
    '/',
    { summary: 'Дорожные карты, с которыми работает человек', needs: 'roadmap.read', replies: RoadmapList },
    (ctx) => viewRoadmaps(ctx),
  )
  .post(
    '/',
    { needs, summary: 'Создать дорожную карту (черновик)', body: NewRoadmap, replies: Roadmap, status: 201 },
    (ctx, _, roadmap) => createRoadmap(ctx, roadmap),
  )
  .get('/{id}', { needs: 'roadmap.read', summary: 'Дорожная карта', replies: Roadmap }, (ctx, { id }) =>
    viewRoadmap(ctx, id),
  )
  .get(
    '/{id}/overview',
    { needs: 'roadmap.read', summary: 'Ход дорожной карты и что сделать', replies: RoadmapOverview },
    async (ctx, { id }) => {
      const { row: _, ...overview } = await viewOverview(ctx, id)
      return overview
    },
  )
  .put(
    '/{id}',
    { needs, summary: 'Изменить настройки дорожной карты', body: RoadmapChange, replies: Roadmap },
    (ctx, { id }, change) => changeRoadmap(ctx, id, change),
  )
  .put(
    '/{id}/regions',
    { needs, summary: 'Изменить, какие регионы участвуют', body: RoadmapRegions, replies: Roadmap },
    (ctx, { id }, regions) => changeRegions(ctx, id, regions),
  )
  .put('/{id}/publication', { needs, summary: 'Опубликовать дорожную карту', replies: Roadmap }, (ctx, { id }) =>
    publishRoadmap(ctx, id),
  )
  .delete('/{id}/publication', { needs, summary: 'Снять публикацию', replies: Roadmap }, (ctx, { id }) =>
    unpublishRoadmap(ctx, id),
  )
  .post(
    '/{id}/sections',
    { needs, summary: 'Добавить раздел плана', body: NewSection, replies: z.object({ id: z.uuid() }), status: 201 },
    async (ctx, { id }, section) => ({ id: await addSection(ctx, id, section) }),
  )
  .put(
    '/{id}/sections/{sectionId}',
    { needs, summary: 'Изменить раздел плана', body: NewSection, replies: Roadmap },
    async (ctx, { id, sectionId }, section) => {
      await changeSection(ctx, id, sectionId, section)
      return viewRoadmap(ctx, id)
    },
  )
  .put(
    '/{id}/sections/{sectionId}/position',
    { needs, summary: 'Переставить раздел плана', body: SectionPlace, replies: Roadmap },
    async (ctx, { id, sectionId }, { position }) => {
      await moveSection(ctx, id, sectionId, position)
      return viewRoadmap(ctx, id)
    },
  )
  .delete('/{id}/sections/{sectionId}', { needs, summary: 'Удалить пустой раздел плана' }, (ctx, { id, sectionId }) =>
    removeSection(ctx, id, sectionId),
  )
