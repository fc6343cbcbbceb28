/** Which page a part of a draft is shown on. */
import type { VNode } from 'preact'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { authorOf } from '../cells/cells.ts'
import { editorOf, typedLines, type Values } from './changes.ts'
import { ControlPage, ControlsPage } from './controls.page.tsx'
import { NoSuchPart } from './designer.errors.ts'
import type { Editing } from './draft.page.tsx'
import type { DraftQuery } from './draft.words.ts'
import { visitDraft } from './drafts.queries.ts'
import { compareDraft, viewDraft, viewHistory } from './drafts.ts'
import { linesOnPage } from './lines.editor.tsx'
import { PartPage, type Typed } from './part.page.tsx'
import { isPart, partTitle, sectionCodeOf } from './parts.ts'
import { DraftComparisonPage, HistoryPage, PublicationPage } from './ready.pages.tsx'
import { readRule } from './rule-words.ts'
import { SectionPage } from './section.page.tsx'
import { TrialPage } from './trial.page.tsx'
import { type Refused, tryDraft } from './trial.ts'

/** What every page of a draft needs; notes that the person has it open. */
export async function editing(
  ctx: PageContext,
  id: string,
  query: DraftQuery,
  failure?: FormFailure,
): Promise<Editing> {
  const draft = await viewDraft(ctx.db, id)
  const part = query.part || 'sections'
  const others = await visitDraft(ctx.db, id, ctx.account.id, part)
  return {
    ctx,
    draft,
    others: others.map((person) => ({ who: authorOf(person), part: wordsOf(person.part) })),
    query: { ...query, part },
    failure,
  }
}

const wordsOf = (part: string): string => {
  switch (part) {
    case 'trial':
      return 'проба'
    case 'publication':
    case 'comparison':
    case 'history':
      return 'проверка и история'
    default:
      return partTitle(part).toLowerCase()
  }
}

/** @throws NoSuchPart 404 */
export async function shownPart(
  shown: Editing,
  { typed, refused }: { typed?: Values; refused?: Refused[] } = {},
): Promise<VNode> {
  const { ctx, draft, query, failure } = shown
  const part = query.part ?? 'sections'
  switch (part) {
    case 'trial':
      return <TrialPage {...shown} trial={tryDraft(draft)} refused={refused} />
    case 'publication':
      return <PublicationPage {...shown} comparison={await compareDraft(ctx.db, draft)} />
    case 'comparison':
      return <DraftComparisonPage {...shown} comparison={await compareDraft(ctx.db, draft)} />
    case 'history':
      return <HistoryPage {...shown} changes={await viewHistory(ctx.db, draft.id)} />
    case 'controls':
      return controlsPage(shown, typed)
  }
  if (!isPart(part)) throw new NoSuchPart()
  const lines = failure?.values.list ? typedOf(shown, failure.values) : undefined
  if (sectionCodeOf(part) !== undefined) return <SectionPage {...shown} part={part} typed={lines?.lines} />
  return <PartPage {...shown} part={part} typed={lines} />
}

function controlsPage(shown: Editing, typed: Values | undefined): VNode {
  const { draft, query, failure } = shown
  const values = typed ?? (failure?.values.rule === undefined ? undefined : failure.values)
  if (query.control === undefined && values === undefined) return <ControlsPage {...shown} />
  const control = draft.template.controls.find(({ id }) => id === query.control)
  if (!control && query.control && query.control !== 'new') throw new NoSuchPart()
  const { rule = '', condition = '', periodClause = '' } = values ?? {}
  return (
    <ControlPage
      {...shown}
      control={control}
      typed={values}
      reading={values ? readRule({ rule, condition, periodClause }) : undefined}
    />
  )
}

/** The list as it was typed, when it could not be saved. */
function typedOf({ draft }: Editing, values: Values): Typed {
  const { editor } = editorOf(values)
  return { list: editor.prefix, lines: typedLines(editor, draft.template, values, linesOnPage) }
}
