/** What publishing would refuse, each line leading to where it is mended. */
import type { DraftProblem } from '../../../../contracts/designer.ts'
import { Card, List, ListItem } from '../../../../web/kit/index.ts'
import { partAddress } from './draft.words.ts'
import type { OpenDraft } from './drafts.ts'
import { sectionCodeOf } from './parts.ts'

const mostShown = 200

export function PartProblems({ draft, part }: { draft: OpenDraft; part: string }) {
  const own = draft.problems.filter((problem) => problem.part === part)
  if (own.length === 0) return null
  return (
    <Card title="Нужно исправить" count={own.length}>
      <Problems draftId={draft.id} problems={own} />
    </Card>
  )
}

export function Problems({ draftId, problems }: { draftId: string; problems: readonly DraftProblem[] }) {
  return (
    <List label="Что не так в форме">
      {problems.slice(0, mostShown).map((problem, index) => (
        <ListItem
          key={index}
          top={[problem.level === 'error' ? 'ошибка' : 'предупреждение', problem.where]}
          title={problem.text}
          href={problemAddress(draftId, problem)}
        />
      ))}
    </List>
  )
}

/** The control, the row, the column or the part at fault. */
export function problemAddress(id: string, { part, control, row, column, position }: DraftProblem): string {
  if (part === 'controls' && control) {
    const at = position === undefined ? '' : '#rule'
    return `${partAddress(id, { part, control })}${at}`
  }
  if (sectionCodeOf(part) === undefined) return partAddress(id, { part })
  if (row) return `${partAddress(id, { part, view: 'rows' })}#line-${encodeURIComponent(row)}`
  if (column) return `${partAddress(id, { part, view: 'columns' })}#line-${encodeURIComponent(column)}`
  return partAddress(id, { part })
}
