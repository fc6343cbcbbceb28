import { z } from 'zod'
import { LateFilter, LateQuery, ReminderAsked } from '../../../../../contracts/roadmap-board.ts'
import { RegionCode } from '../../../../../contracts/roadmaps.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../../kernel/http/index.ts'
import { accessBoard } from '../board.access.ts'
import { filterOf } from '../board.words.ts'
import { latePage } from '../late.pages.tsx'
import { RegionsToRemindPage } from './regions.page.tsx'
import { ReminderPage } from './reminder.page.tsx'
import type { Narrowing } from './reminders.queries.ts'
import { previewReminder, remind, remindOfFigures, viewRegionsToRemind } from './reminders.ts'

const list = <T extends z.ZodType>(one: T) =>
  z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(one).max(500))

/** Ids of several measures, or codes of several regions, in one field; nothing when the field is empty. */
const spaced = (one: z.ZodType<string, string>) =>
  z
    .string()
    .default('')
    .transform((text) => (text === '' ? undefined : text.split(' ')))
    .pipe(z.array(one).max(5000).optional())

const Picked = LateFilter.extend({ pick: list(z.uuid()) })
const About = z.enum(['late', 'figures'])
const Chosen = LateFilter.extend({
  about: About.default('late'),
  measures: spaced(z.uuid()),
  regions: spaced(RegionCode),
  words: ReminderAsked.shape.words,
})

const PickedRegions = z.object({ pick: list(RegionCode), do: About })

export const remindersPages = pages('/roadmaps')
  .post(
    '/{id}/board/late',
    { needs: 'roadmap.coordinate', form: Picked, again: (ctx, { id }) => latePage(ctx, id, LateQuery.parse({})) },
    async (ctx, { id }, { pick, ...filter }) =>
      pick.length === 0
        ? latePage(ctx, id, LateQuery.parse(filter), 'Отметьте мероприятия, о которых напомнить.')
        : reminderPage(ctx, id, 'late', { measures: pick }),
  )
  .get('/{id}/board/reminders', { needs: 'roadmap.coordinate' }, (ctx, { id }) => regionsPage(ctx, id))
  .post(
    '/{id}/board/reminders/regions',
    { needs: 'roadmap.coordinate', form: PickedRegions, again: (ctx, { id }) => regionsPage(ctx, id) },
    async (ctx, { id }, { pick, do: about }) =>
      pick.length === 0
        ? regionsPage(ctx, id, 'Отметьте регионы, которым напомнить.')
        : reminderPage(ctx, id, about, { regions: pick }),
  )
  .get('/{id}/board/reminders/late', { needs: 'roadmap.coordinate', query: LateFilter }, (ctx, { id }, filter) =>
    reminderPage(ctx, id, 'late', { filter }),
  )
  .post(
    '/{id}/board/reminders',
    {
      needs: 'roadmap.coordinate',
      form: Chosen,
      again: (ctx, { id }, failure) => {
        const { data } = Chosen.omit({ words: true }).safeParse(failure.values)
        // What names nothing that can be told reminds of nothing, rather than of all.
        const { about, ...chosen } = data ?? { about: 'late' as const, measures: [] }
        return reminderPage(ctx, id, about, narrowingOf(chosen), failure)
      },
    },
    async (ctx, { id }, { words, about, ...chosen }) => {
      const narrowing = { ...narrowingOf(chosen), words }
      const { reminded } = await (about === 'late' ? remind(ctx, id, narrowing) : remindOfFigures(ctx, id, narrowing))
      return seeOther(`/roadmaps/${id}/board/reminders`, reminded > 0 ? 'roadmap.reminded' : 'roadmap.not-reminded')
    },
  )

type ChosenFields = LateFilter & { measures?: string[] | undefined; regions?: string[] | undefined }

/** What was ticked, else all that the filter finds. */
function narrowingOf({ measures, regions, ...filter }: ChosenFields): Narrowing {
  if (measures) return { measures }
  return regions ? { regions } : { filter: filterOf(filter) }
}

async function reminderPage(
  ctx: PageContext,
  id: string,
  about: z.output<typeof About>,
  narrowing: Narrowing,
  failure?: FormFailure,
) {
  const place = await accessBoard(ctx.db, ctx, id)
  const preview = await previewReminder(ctx.db, place, about, narrowing)
  const { measures, regions, filter } = narrowing
  const hidden = { measures: measures?.join(' '), regions: regions?.join(' '), ...(filter && filterOf(filter)) }
  return <ReminderPage ctx={ctx} place={place} about={about} preview={preview} hidden={hidden} failure={failure} />
}

/** @param problem what kept a deed from being done */
async function regionsPage(ctx: PageContext, id: string, problem?: string) {
  const place = await accessBoard(ctx.db, ctx, id)
  const rows = await viewRegionsToRemind(ctx.db, place)
  return <RegionsToRemindPage ctx={ctx} place={place} rows={rows} problem={problem} />
}
