/** What every page of a draft has in common: its parts on the left, who else works on it, the ways to try and publish. */
import { normalCode } from '../../../../engine/index.ts'
import {
  Columns,
  cabinetCrumb,
  LinkButton,
  Note,
  Page,
  Parts,
  type PartsEntry,
  type PartsGroup,
  Stack,
} from '../../../../web/kit/index.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { type DraftQuery, draftAddress, help, partAddress } from './draft.words.ts'
import type { OpenDraft } from './drafts.ts'
import { type PlainPart, partTitles, sectionPart } from './parts.ts'

export type Editing = {
  ctx: PageContext
  draft: OpenDraft
  /** Who else has had the draft open within minutes, with what they had. */
  others: { who: string; part: string }[]
  query: DraftQuery
  failure?: FormFailure | undefined
}

type ShellProps = Editing & { title: string; lead?: string; children: preact.ComponentChildren }

export function DraftShell({ ctx, draft, others, query, failure, title, lead, children }: ShellProps) {
  const isOpen = draft.state === 'open'
  const name = draft.cipher || 'Без названия'
  return (
    <Page
      title={`${name}: ${title}`}
      heading={title}
      lead={lead ?? `${name}. ${draft.name}`}
      crumbs={[
        cabinetCrumb,
        { text: 'Формы отчётов', href: '/forms' },
        { text: 'Черновики', href: '/form-drafts' },
        { text: name, href: draftAddress(draft.id) },
        { text: title },
      ]}
      help={help}
      wide
      frame={ctx.frame}
      hasErrors={failure !== undefined}
      actions={
        <>
          {query.part === 'trial' ? null : (
            <LinkButton href={partAddress(draft.id, { part: 'trial', section: sectionOf(query.part) })} icon="eye">
              Посмотреть и попробовать
            </LinkButton>
          )}
          {query.part === 'publication' ? null : (
            <LinkButton href={partAddress(draft.id, { part: 'publication' })}>К публикации</LinkButton>
          )}
        </>
      }
    >
      <Columns shape="contents">
        <Parts label="Части формы" groups={groupsOf(draft, query.part ?? 'sections')} />
        <Stack>
          {isOpen ? null : (
            <Note tone="warn" title={draft.state === 'published' ? 'Черновик опубликован' : 'Черновик убран'}>
              Здесь его можно только посмотреть.
            </Note>
          )}
          {others.length > 0 ? (
            <Note icon="people" title="Сейчас в этом черновике не только вы">
              {others.map(({ who, part }) => `${who} (${part})`).join(', ')}. Разные части можно править одновременно:
              если вы возьмётесь за одну и ту же, кабинет предупредит и ничего не потеряет.
            </Note>
          ) : null}
          {failure ? (
            <Note tone="bad" live="alert" title="Не сохранено">
              {failure.message ?? failure.problems.map(({ text }) => text).join('. ')}
            </Note>
          ) : null}
          {children}
        </Stack>
      </Columns>
    </Page>
  )
}

const sectionOf = (part: string | undefined): string | undefined =>
  part?.startsWith('section:') ? part.slice('section:'.length) : undefined

function groupsOf({ id, template, problems }: OpenDraft, current: string): PartsGroup[] {
  const errorsIn = (part: string) =>
    problems.filter((problem) => problem.level === 'error' && problem.part === part).length
  const entry = (part: string, title: string, count?: number): PartsEntry => ({
    title,
    href: partAddress(id, { part }),
    current: part === current,
    ...(count === undefined ? {} : { count }),
    errors: errorsIn(part),
  })
  const plain = (part: PlainPart, count?: number) => entry(part, partTitles[part], count)
  const { title, dictionaries, controls, pulls = [], totals = [] } = template
  return [
    { title: 'Форма', entries: [plain('head'), plain('title', title.length)] },
    {
      title: 'Разделы',
      entries: [
        plain('sections', template.sections.length),
        ...template.sections.map(({ code, number = code, name, rows }) =>
          entry(sectionPart(normalCode(code)), `${number}. ${name || 'без названия'}`, rows.length),
        ),
      ],
    },
    {
      title: 'Правила',
      entries: [
        plain('controls', controls.length),
        plain('dictionaries', dictionaries.length),
        plain('pulls', pulls.length),
        plain('totals', totals.length),
        plain('acceptance'),
      ],
    },
    {
      title: 'Готовность',
      entries: [
        entry('trial', 'Проба'),
        {
          ...entry('publication', 'Проверка и публикация'),
          errors: problems.filter(({ level }) => level === 'error').length,
        },
        entry('comparison', 'Что изменилось'),
        entry('history', 'Кто и что менял'),
      ],
    },
  ]
}
