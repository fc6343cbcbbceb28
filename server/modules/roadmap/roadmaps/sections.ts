/** The sections of a roadmap's plan, the same in every region. */
import type { NewSection } from '../../../../contracts/roadmaps.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { SectionWithIndicators, SectionWithMeasures } from './roadmaps.errors.ts'
import { insertSection, listSections, type SectionRow } from './roadmaps.queries.ts'
import { countInSections, deleteSection, writeSection, writeSectionOrder } from './settings.queries.ts'
import { lockToManage } from './settings.ts'

const subjectOf = (id: string) => ({ kind: 'roadmap', id })

/** The roadmap is locked: of two who reorder at once, the second sees the order of the first. */
async function lockSections(tx: Tx, ctx: Context, id: string): Promise<SectionRow[]> {
  await lockToManage(tx, ctx, id)
  return listSections(tx, id)
}

function refuseStranger(sections: readonly SectionRow[], sectionId: string): SectionRow {
  const section = sections.find(({ id }) => id === sectionId)
  if (!section) throw new NotFound({ what: 'section' })
  return section
}

/** The last of all. */
export const addSection = (ctx: Context, id: string, asked: NewSection): Promise<string> =>
  transaction(ctx, async (tx) => {
    const sections = await lockSections(tx, ctx, id)
    const added = await insertSection(tx, id, { ...asked, position: sections.length + 1 })
    journal(tx, ctx, 'roadmap.section-added', subjectOf(id), { section: added })
    return added
  })

export const changeSection = (ctx: Context, id: string, sectionId: string, asked: NewSection): Promise<void> =>
  transaction(ctx, async (tx) => {
    refuseStranger(await lockSections(tx, ctx, id), sectionId)
    await writeSection(tx, sectionId, asked)
    journal(tx, ctx, 'roadmap.section-changed', subjectOf(id), { section: sectionId })
  })

/** @param position from 1; past the end is the last place */
export const moveSection = (ctx: Context, id: string, sectionId: string, position: number): Promise<void> =>
  transaction(ctx, async (tx) => {
    const sections = await lockSections(tx, ctx, id)
    refuseStranger(sections, sectionId)
    const others = sections.map((section) => section.id).filter((one) => one !== sectionId)
    await writeSectionOrder(tx, others.toSpliced(position - 1, 0, sectionId))
    journal(tx, ctx, 'roadmap.section-moved', subjectOf(id), { section: sectionId, position })
  })

/** @throws SectionWithMeasures 409, SectionWithIndicators 409 */
export const removeSection = (ctx: Context, id: string, sectionId: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    const sections = await lockSections(tx, ctx, id)
    refuseStranger(sections, sectionId)
    const { measures = 0, indicators = 0 } = (await countInSections(tx, id)).get(sectionId) ?? {}
    if (measures > 0) throw new SectionWithMeasures({ measures })
    if (indicators > 0) throw new SectionWithIndicators()
    await deleteSection(tx, sectionId)
    const left = sections.map((section) => section.id).filter((one) => one !== sectionId)
    await writeSectionOrder(tx, left)
    journal(tx, ctx, 'roadmap.section-removed', subjectOf(id), { section: sectionId })
  })
