import { z } from 'zod'
import { NewSection, SectionPlace } from '../../../../contracts/roadmaps.ts'
import { Confirmation, Page, Text } from '../../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { RegionsPage } from './regions.page.tsx'
import { roadmapCrumbs } from './roadmap.tabs.tsx'
import { accessRoadmapToManage } from './roadmaps.access.ts'
import { listRoadmapRegions, listSections } from './roadmaps.queries.ts'
import { SectionsPage, type SectionsPageProps } from './sections.page.tsx'
import { addSection, changeSection, moveSection, removeSection } from './sections.ts'
import { RegionFields, roadmapIn, SettingsFields } from './settings.form.ts'
import { NewRoadmapPage, SettingsPage, type SettingsPageProps } from './settings.page.tsx'
import { countInSections, countParts, listAllRegions } from './settings.queries.ts'
import { changeRegions, changeRoadmap, createRoadmap, publishRoadmap, unpublishRoadmap } from './settings.ts'

const needs = 'roadmap.manage'
const Editing = z.object({ edit: z.uuid().optional().catch(undefined) })

export const settingsPages = pages('/roadmaps')
  .get('/new', { needs }, async (ctx) => (
    <NewRoadmapPage ctx={ctx} values={{ timeZone: 'Europe/Moscow', deadlineTime: '18:00' }} />
  ))
  .post(
    '/new',
    {
      needs,
      form: SettingsFields,
      again: async (ctx, _, failure) => <NewRoadmapPage ctx={ctx} values={failure.values} failure={failure} />,
    },
    async (ctx, _, fields) => {
      const { id } = await createRoadmap(ctx, roadmapIn(fields))
      return seeOther(`/roadmaps/${id}/settings`, 'roadmap.created')
    },
  )
  .get('/{id}/settings', { needs }, (ctx, { id }) => settingsPage(ctx, id))
  .post(
    '/{id}/settings',
    {
      needs,
      form: SettingsFields,
      again: (ctx, { id }, failure) => settingsPage(ctx, id, { values: failure.values, failure }),
    },
    async (ctx, { id }, fields) => {
      await changeRoadmap(ctx, id, { ...roadmapIn(fields), version: fields.version })
      return seeOther(`/roadmaps/${id}/settings`, 'roadmap.changed')
    },
  )
  .post('/{id}/settings/publication', { needs, again: publicationRefused }, async (ctx, { id }) => {
    await publishRoadmap(ctx, id)
    return seeOther(`/roadmaps/${id}/settings`, 'roadmap.published')
  })
  .get('/{id}/settings/unpublication', { needs }, (ctx, { id }) => unpublicationPage(ctx, id))
  .post('/{id}/settings/unpublication', { needs, again: publicationRefused }, async (ctx, { id }) => {
    await unpublishRoadmap(ctx, id)
    return seeOther(`/roadmaps/${id}/settings`, 'roadmap.unpublished')
  })
  .get('/{id}/settings/regions', { needs }, (ctx, { id }) => regionsPage(ctx, id))
  .post(
    '/{id}/settings/regions',
    {
      needs,
      form: RegionFields,
      again: (ctx, { id }, failure) =>
        regionsPage(ctx, id, { failure, chosen: chosenIn(failure), version: failure.values.version }),
    },
    async (ctx, { id }, { do: deed, regions, version }) => {
      if (deed !== 'save') {
        const chosen = deed === 'all' ? (await listAllRegions(ctx.db)).map(({ code }) => code) : []
        return regionsPage(ctx, id, { chosen, version: String(version) })
      }
      await changeRegions(ctx, id, { regions, version })
      return seeOther(`/roadmaps/${id}/settings/regions`, 'roadmap.regions-changed')
    },
  )
  .get('/{id}/settings/sections', { needs, query: Editing }, (ctx, { id }, { edit }) =>
    sectionsPage(ctx, id, { editing: edit }),
  )
  .post(
    '/{id}/settings/sections',
    { needs, form: NewSection, again: (ctx, { id }, failure) => sectionsPage(ctx, id, { failure }) },
    async (ctx, { id }, section) => {
      await addSection(ctx, id, section)
      return seeOther(`/roadmaps/${id}/settings/sections`, 'roadmap.section-added')
    },
  )
  .post(
    '/{id}/settings/sections/{sectionId}',
    {
      needs,
      form: NewSection,
      again: (ctx, { id, sectionId }, failure) => sectionsPage(ctx, id, { failure, failed: sectionId }),
    },
    async (ctx, { id, sectionId }, section) => {
      await changeSection(ctx, id, sectionId, section)
      return seeOther(`/roadmaps/${id}/settings/sections`, 'roadmap.section-changed')
    },
  )
  .post(
    '/{id}/settings/sections/{sectionId}/position',
    { needs, form: SectionPlace, again: (ctx, { id }, failure) => sectionsPage(ctx, id, { failure, failed: '' }) },
    async (ctx, { id, sectionId }, { position }) => {
      await moveSection(ctx, id, sectionId, position)
      return seeOther(`/roadmaps/${id}/settings/sections`, 'roadmap.section-moved')
    },
  )
  .post(
    '/{id}/settings/sections/{sectionId}/deletion',
    { needs, again: (ctx, { id }, failure) => sectionsPage(ctx, id, { failure, failed: '' }) },
    async (ctx, { id, sectionId }) => {
      await removeSection(ctx, id, sectionId)
      return seeOther(`/roadmaps/${id}/settings/sections`, 'roadmap.section-removed')
    },
  )

async function settingsPage(
  ctx: PageContext,
  id: string,
  shown: Pick<SettingsPageProps, 'values' | 'failure' | 'publicationFailure'> = {},
) {
  const roadmap = await accessRoadmapToManage(ctx.db, ctx, id)
  return <SettingsPage ctx={ctx} roadmap={roadmap} parts={await countParts(ctx.db, id)} {...shown} />
}

function publicationRefused(ctx: PageContext, { id }: { id: string }, failure: FormFailure) {
  return settingsPage(ctx, id, { publicationFailure: failure })
}

async function unpublicationPage(ctx: PageContext, id: string) {
  const roadmap = await accessRoadmapToManage(ctx.db, ctx, id)
  const back = `/roadmaps/${id}/settings`
  return (
    <Page
      title="Снять дорожную карту с публикации?"
      frame={ctx.frame}
      crumbs={roadmapCrumbs(roadmap, { text: 'Настройки', href: back }, { text: 'Снятие публикации' })}
      help={{ href: '/guide/dorozhnaya-karta#t-настройка', text: 'публикация дорожной карты' }}
    >
      <Confirmation
        action={`${back}/unpublication`}
        submit="Снять публикацию"
        cancel={{ text: 'Оставить', href: back }}
      >
        <Text>
          Открытая страница и карта перестанут открываться, регионы потеряют из виду свой план и показатели. Всё, что
          введено, сохранится; публикацию можно вернуть.
        </Text>
      </Confirmation>
    </Page>
  )
}

type ShownRegions = { failure?: FormFailure; chosen?: readonly string[]; version?: string }

async function regionsPage(ctx: PageContext, id: string, shown: ShownRegions = {}) {
  const roadmap = await accessRoadmapToManage(ctx.db, ctx, id)
  const taking = shown.chosen ?? (await listRoadmapRegions(ctx.db, id)).map(({ code }) => code)
  return (
    <RegionsPage
      ctx={ctx}
      roadmap={roadmap}
      all={await listAllRegions(ctx.db)}
      chosen={taking}
      version={shown.version ?? String(roadmap.version)}
      failure={shown.failure}
    />
  )
}

/** Several values of one field are kept a line each. */
const chosenIn = ({ values }: FormFailure): string[] => values.regions?.split('\n').filter(Boolean) ?? []

async function sectionsPage(
  ctx: PageContext,
  id: string,
  shown: Pick<SectionsPageProps, 'failure' | 'failed' | 'editing'> = {},
) {
  const roadmap = await accessRoadmapToManage(ctx.db, ctx, id)
  const sections = await listSections(ctx.db, id)
  return (
    <SectionsPage
      ctx={ctx}
      roadmap={roadmap}
      sections={sections}
      counts={await countInSections(ctx.db, id)}
      {...shown}
    />
  )
}
