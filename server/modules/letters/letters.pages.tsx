import {
  LetterEnteringForm,
  type LetterLine,
  LetterOpeningForm,
  LetterRefusal,
  LettersQuery,
  lettersPageSize,
  letterViews,
} from '../../../contracts/letters.ts'
import {
  Badge,
  Card,
  cabinetCrumb,
  EmptyState,
  Filters,
  FilterText,
  formatDateTime,
  Muted,
  Page,
  Pager,
  Stack,
  Table,
  Tabs,
} from '../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../kernel/http/index.ts'
import { searchOrganisations } from '../organisations/index.ts'
import { draftOfAdding, enterByLetter } from './adding.ts'
import { LetterPage } from './letter.page.tsx'
import { attachmentReply, sourceReply } from './letters.files.ts'
import { addingName, categoryNames, letterKindNames, letterStateNames } from './letters.phrases.ts'
import { closeLetter, openByLetter, refuseLetter, viewLetter, viewLetters } from './letters.ts'

const needs = 'account.manage'

export const lettersPages = pages('/letters')
  .get('/', { needs, query: LettersQuery }, async (ctx, _, query) => (
    <LettersPage ctx={ctx} query={query} found={await viewLetters(ctx, query)} />
  ))
  .get('/{id}', { needs, query: LettersQuery }, (ctx, { id }, { q }) => shown(ctx, id, q))
  .get('/{id}/source', { needs }, (ctx, { id }) => sourceReply(ctx, id))
  .get('/{id}/attachments/{at}', { needs }, (ctx, { id, at }) => attachmentReply(ctx, id, at))
  .post(
    '/{id}/opening',
    { needs, form: LetterOpeningForm, again: (ctx, { id }, failure) => shown(ctx, id, '', { opening: failure }) },
    async (ctx, { id }, opening) => {
      await openByLetter(ctx, id, opening)
      return seeOther(`/letters/${id}`, 'letters.opened')
    },
  )
  .post(
    '/{id}/application',
    { needs, form: LetterEnteringForm, again: (ctx, { id }, failure) => shown(ctx, id, '', { adding: failure }) },
    async (ctx, { id }, entering) => {
      await enterByLetter(ctx, id, entering)
      return seeOther(`/letters/${id}`, entering.outcome === 'granting' ? 'letters.added' : 'letters.entered')
    },
  )
  .post(
    '/{id}/refusal',
    { needs, form: LetterRefusal, again: (ctx, { id }, failure) => shown(ctx, id, '', { refusal: failure }) },
    async (ctx, { id }, refusal) => {
      await refuseLetter(ctx, id, refusal)
      return seeOther(`/letters/${id}`, 'letters.refused')
    },
  )
  .post(
    '/{id}/closing',
    { needs, again: (ctx, { id }, failure) => shown(ctx, id, '', { refusal: failure }) },
    async (ctx, { id }) => {
      await closeLetter(ctx, id)
      return seeOther('/letters', 'letters.closed')
    },
  )

type Failures = { opening?: FormFailure; adding?: FormFailure; refusal?: FormFailure }

/** The registry is looked through for the organisation that the letter names, or for what the operator has typed. */
async function shown(ctx: PageContext, id: string, q: string, failures: Failures = {}) {
  const letter = await viewLetter(ctx, id)
  const { short, full } = letter.understanding.organisation
  const words = (q || full || short || '').replace(/[«»"“”()]/g, ' ').trim()
  const adding = await draftOfAdding(ctx, letter)
  const hits = letter.state === 'waiting' && !adding && words !== '' ? await searchOrganisations(ctx, words) : []
  return <LetterPage ctx={ctx} letter={letter} hits={hits.slice(0, 6)} q={q} adding={adding} failures={failures} />
}

const viewNames = { waiting: 'Ждут решения', decided: 'Решённые', machine: 'Автоматические' } as const

type ListProps = { ctx: PageContext; query: LettersQuery; found: Awaited<ReturnType<typeof viewLetters>> }

const LettersPage = ({ ctx, query, found }: ListProps) => (
  <Page
    title="Письма"
    lead="Письма с просьбой открыть доступ или добавить организацию, как они пришли на почту поддержки. Здесь все письма, и те, которые не удалось разобрать."
    frame={ctx.frame}
    help={{ href: '/guide/pisma', text: 'письма' }}
    crumbs={[cabinetCrumb, { text: 'Письма' }]}
  >
    <Stack>
      <Tabs
        label="Какие письма"
        tabs={letterViews.map((view) => ({
          text: viewNames[view],
          href: addressOf({ ...query, view, page: 1 }),
          current: view === query.view,
        }))}
      />
      <Card flush>
        <Filters
          label="Отбор писем"
          action="/letters"
          keep={{ view: query.view }}
          {...(query.q ? { reset: `/letters?view=${query.view}` } : {})}
        >
          <FilterText label="Тема, отправитель, слова письма" value={query.q} />
        </Filters>
        <Table
          label="Список писем"
          keys
          rows={found.letters}
          rowKey={({ id }) => id}
          columns={columnsFor(ctx)}
          empty={
            <EmptyState icon="mail" title={query.q ? 'Таких писем нет' : 'Писем здесь нет'}>
              {query.q ? 'Измените слова или сбросьте отбор.' : 'Новое письмо появится, как только придёт на почту.'}
            </EmptyState>
          }
        />
      </Card>
      <Pager
        page={found.page}
        size={lettersPageSize}
        shown={found.letters.length}
        total={found.total}
        href={(page) => addressOf({ ...query, page })}
        keys
      />
    </Stack>
  </Page>
)

const columnsFor = (ctx: PageContext) => [
  {
    key: 'subject',
    title: 'Письмо',
    full: true,
    cell: ({ id, subject, sender, senderName }: LetterLine) => (
      <>
        <a href={`/letters/${id}`}>{subject || 'Без темы'}</a>
        <br />
        <Muted>{[senderName, sender].filter(Boolean).join(', ') || 'Отправитель не указан'}</Muted>
      </>
    ),
  },
  {
    key: 'kind',
    title: 'Что это',
    cell: ({ kind, category, asksToAdd, senderAllowed }: LetterLine) => (
      <>
        {asksToAdd ? addingName : letterKindNames[kind]}
        {category ? <Muted>{categoryNames[category]}</Muted> : null}
        {kind === 'application' && !senderAllowed ? <Badge tone="warn" text="Не служебный адрес" /> : null}
      </>
    ),
  },
  {
    key: 'who',
    title: 'Кому и где',
    cell: ({ people, organisation }: LetterLine) => (
      <>
        {people || '—'}
        {organisation ? <Muted>{organisation}</Muted> : null}
      </>
    ),
  },
  {
    key: 'at',
    title: 'Пришло',
    unbroken: true,
    cell: ({ receivedAt }: LetterLine) => formatDateTime(receivedAt, ctx.timeZone),
  },
  {
    key: 'state',
    title: 'Состояние',
    width: 'state' as const,
    cell: ({ state }: LetterLine) => <StateBadge state={state} />,
  },
]

const tones = {
  waiting: 'wait',
  opened: 'ok',
  entered: 'ok',
  refused: 'bad',
  closed: 'ok',
  machine: undefined,
} as const
const StateBadge = ({ state }: { state: LetterLine['state'] }) => {
  const tone = tones[state]
  return <Badge {...(tone ? { tone } : {})} text={letterStateNames[state]} />
}

const addressOf = ({ view, q, page }: LettersQuery): string =>
  `/letters?${new URLSearchParams({ view, ...(q ? { q } : {}), ...(page > 1 ? { page: String(page) } : {}) })}`
