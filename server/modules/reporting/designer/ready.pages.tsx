/** Before a draft is published: what would be refused, what is otherwise than in force, who changed what. */
import type { DraftChange, DraftComparison } from '../../../../contracts/designer.ts'
import {
  Button,
  Card,
  Columns,
  DateField,
  EmptyState,
  FieldRow,
  Form,
  FormEnd,
  formatDateTime,
  Note,
  Stack,
  Table,
  Text,
  Under,
} from '../../../../web/kit/index.ts'
import { Differences } from '../forms/comparison.page.tsx'
import { DraftShell, type Editing } from './draft.page.tsx'
import { draftAddress } from './draft.words.ts'
import { partTitle } from './parts.ts'
import { Problems } from './problems.tsx'

export function PublicationPage({ comparison, ...editing }: Editing & { comparison: DraftComparison }) {
  const { draft, failure } = editing
  const errors = draft.problems.filter(({ level }) => level === 'error')
  const values = failure?.values ?? {}
  const isBehind = draft.base !== null && comparison.before !== null && comparison.before !== draft.base
  const errorOf = (field: string) => failure?.problems.find((problem) => problem.field === field)?.text
  return (
    <DraftShell
      {...editing}
      title="Проверка и публикация"
      lead="Форма проверяется целиком: ссылки, форматы, круги в расчётах, противоречия контролей."
    >
      <Card title="Что мешает публикации" count={errors.length}>
        <Stack>
          {errors.length === 0 ? <Note tone="ok">Ничего: форму можно публиковать.</Note> : null}
          <Problems draftId={draft.id} problems={draft.problems} />
        </Stack>
      </Card>
      {draft.state === 'open' ? (
        <Columns shape="half">
          <Card title="Опубликовать">
            <Stack>
              {isBehind ? (
                <Note tone="warn" title={`Опубликована версия ${comparison.before}`}>
                  {`Черновик начат от версии ${draft.base}. Сравните их: то, что изменено в новой, этот черновик не знает.`}
                </Note>
              ) : null}
              <Text>
                {comparison.before === null
                  ? 'Это будет первая версия формы.'
                  : `Это будет версия ${comparison.before + 1}. Открытые сборы останутся на прежней.`}
              </Text>
              <Form action={`${draftAddress(draft.id)}/publication`} hidden={{ version: String(draft.version) }}>
                <FieldRow>
                  <DateField
                    name="validFrom"
                    label="Действует с"
                    value={values.validFrom ?? dayText(draft.template.validFrom)}
                    error={errorOf('validFrom')}
                    optional
                  />
                  <DateField
                    name="validTo"
                    label="По"
                    value={values.validTo ?? dayText(draft.template.validTo)}
                    error={errorOf('validTo')}
                    optional
                  />
                </FieldRow>
                <FormEnd>
                  <Button kind="main" icon="send" disabled={errors.length > 0}>
                    Опубликовать
                  </Button>
                </FormEnd>
              </Form>
            </Stack>
          </Card>
          <Card title="Убрать черновик">
            <Form action={`${draftAddress(draft.id)}/removal`}>
              <Text>Черновик исчезнет из списка. Опубликованные версии формы не изменятся.</Text>
              <FormEnd>
                <Button kind="bad" icon="bin">
                  Убрать
                </Button>
              </FormEnd>
            </Form>
          </Card>
        </Columns>
      ) : null}
    </DraftShell>
  )
}

/** 2026-01-31 as it is typed. */
const dayText = (day: string | undefined): string => (day ? day.split('-').reverse().join('.') : '')

export function DraftComparisonPage({ comparison, ...editing }: Editing & { comparison: DraftComparison }) {
  const { before, differences } = comparison
  const kinds = [...new Set(differences.map(({ kind }) => kind))]
  return (
    <DraftShell
      {...editing}
      title="Что изменилось"
      lead={
        before === null
          ? 'Такой формы ещё не публиковали: сравнивать не с чем.'
          : `Отличия черновика от опубликованной версии ${before}.`
      }
    >
      {differences.length === 0 ? (
        <Card title="Отличий нет">
          <EmptyState title={before === null ? 'Форма новая' : 'Черновик пока такой же'} icon="check">
            {before === null ? 'Всё в ней появится впервые.' : 'Изменения появятся здесь, как только вы их сохраните.'}
          </EmptyState>
        </Card>
      ) : null}
      {kinds.map((kind) => (
        <Differences key={kind} kind={kind} all={differences.filter((difference) => difference.kind === kind)} />
      ))}
    </DraftShell>
  )
}

type Change = DraftChange & { restorable: boolean }

export function HistoryPage({ changes, ...editing }: Editing & { changes: Change[] }) {
  const { ctx, draft } = editing
  return (
    <DraftShell {...editing} title="Кто и что менял">
      <Card title="Правки" count={changes.length} flush>
        <Table<Change>
          label="Правки черновика"
          rows={changes}
          rowKey={({ number }) => String(number)}
          columns={[
            { key: 'at', title: 'Когда', unbroken: true, cell: ({ at }) => formatDateTime(at, ctx.timeZone) },
            { key: 'by', title: 'Кто', cell: ({ by }) => by ?? '—' },
            {
              key: 'told',
              title: 'Что',
              full: true,
              cell: ({ part, told }) => (
                <>
                  {part ? partTitle(part) : 'Черновик'}
                  <Under>{told}</Under>
                </>
              ),
            },
            {
              key: 'back',
              title: 'Вернуть',
              cell: ({ number, part, restorable }) =>
                restorable && draft.state === 'open' ? (
                  <Form action={`${draftAddress(draft.id)}/restoration`} hidden={{ number: String(number) }}>
                    <Button size="small" kind="quiet" icon="turn" about={`${partTitle(part)}, правка ${number}`}>
                      Как было до
                    </Button>
                  </Form>
                ) : null,
            },
          ]}
        />
      </Card>
    </DraftShell>
  )
}
