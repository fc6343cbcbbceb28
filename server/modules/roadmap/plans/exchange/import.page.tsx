/** What was understood of a table, line by line, before it is applied. */
import type { PlanImport, PlanImportLine, PlanLineOutcome } from '../../../../../contracts/plan-exchange.ts'
import {
  Badge,
  Button,
  Card,
  CardPart,
  Checkbox,
  type Column,
  counted,
  Disclosure,
  EmptyState,
  Figure,
  Form,
  LinkButton,
  List,
  ListItem,
  Note,
  Page,
  Row,
  Stack,
  Table,
  Text,
  type Tone,
  Under,
} from '../../../../../web/kit/index.ts'
import type { PageContext } from '../../../../kernel/http/index.ts'
import { roadmapCrumbs, templateChoice } from '../../roadmaps/roadmap.tabs.tsx'
import type { PlanFound } from '../plan.ts'
import { measureForms, planAddress } from '../plan.words.ts'

type Props = { ctx: PageContext; plan: PlanFound; found: PlanImport; message?: string | undefined }

const outcomes: Record<PlanLineOutcome, { text: string; tone: Tone | undefined }> = {
  added: { text: 'Добавится', tone: 'ok' },
  changed: { text: 'Изменится', tone: 'wait' },
  same: { text: 'Без изменений', tone: undefined },
  wrong: { text: 'Не внести', tone: 'bad' },
}

export function ImportPage({ ctx, plan: { roadmap, region }, found, message }: Props) {
  const chosen = region?.code ?? templateChoice
  const address = planAddress(roadmap.id, { region: chosen })
  const { added, changed, same, wrong, unsure } = found.counts
  return (
    <Page
      title={found.applied ? 'Таблица внесена' : 'Что понято из таблицы'}
      frame={ctx.frame}
      wide
      crumbs={roadmapCrumbs(roadmap, { text: 'План мероприятий', href: address }, { text: 'Загрузка' })}
      help={{ href: '/guide/dorozhnaya-karta#t-план-таблицей', text: 'план таблицей' }}
      lead={`${found.fileName}; ${region?.name ?? 'шаблон плана'}`}
    >
      <Stack>
        {message ? (
          <Note tone="bad" title="Таблица не внесена" live="alert">
            {message}
          </Note>
        ) : null}
        {found.applied ? null : (
          <Card>
            <Stack>
              <Row>
                <Figure value={added} text="добавится" />
                <Figure value={changed} text="изменится" />
                <Figure value={same} text="без изменений" />
                <Figure value={wrong} text="не внести" />
              </Row>
              {added + changed > 0 ? (
                <Form action={`/roadmaps/${roadmap.id}/plan/imports/${found.id}/application`} label="Внести таблицу">
                  <Stack space="small">
                    {unsure > 0 ? (
                      <Checkbox
                        name="unsure"
                        value="yes"
                        label={`Внести и строки, которые понято не всё: ${unsure}`}
                        hint="В таблице ниже они отмечены: посмотрите, верно ли понято"
                      />
                    ) : null}
                    <Row>
                      <Button kind="main" icon="check">
                        Внести в план
                      </Button>
                      <LinkButton
                        href={`/roadmaps/${roadmap.id}/plan/import?${new URLSearchParams({ region: chosen })}`}
                      >
                        Загрузить другую таблицу
                      </LinkButton>
                    </Row>
                  </Stack>
                </Form>
              ) : (
                <Note title="Изменений нет">Вносить нечего: план уже такой, как в таблице.</Note>
              )}
            </Stack>
          </Card>
        )}
        <Card title={found.applied ? 'План сейчас' : 'По строкам'} flush>
          <Table
            label="Строки таблицы"
            rows={found.lines}
            rowKey={({ line }) => String(line)}
            columns={columns}
            empty={
              <EmptyState title="Мероприятий в таблице нет" icon="table">
                Проверьте, что под строкой заголовков стоят мероприятия.
              </EmptyState>
            }
          />
          <Columns found={found} />
          <CardPart>
            <LinkButton href={address} icon="table">
              К плану мероприятий
            </LinkButton>
          </CardPart>
        </Card>
      </Stack>
    </Page>
  )
}

const columns: Column<PlanImportLine>[] = [
  {
    key: 'title',
    title: 'Мероприятие',
    cell: ({ number, title, section, measureId, line }) => (
      <>
        {measureId ? (
          <a href={`/measures/${measureId}`}>
            {number} {title}
          </a>
        ) : (
          `${number} ${title}`
        )}
        <Under>{`строка ${line}, ${section}`}</Under>
      </>
    ),
  },
  {
    key: 'outcome',
    title: 'Что будет',
    width: 'state',
    cell: ({ outcome, unsure }) => (
      <Stack space="small">
        <Badge tone={outcomes[outcome].tone} text={outcomes[outcome].text} />
        {unsure ? <Badge tone="warn" text="Посмотрите" /> : null}
      </Stack>
    ),
  },
  {
    key: 'changes',
    title: 'Было → станет',
    full: true,
    cell: ({ changes, doubts, outcome }) =>
      changes.length + doubts.length > 0 ? (
        <Stack space="small">
          {doubts.map((doubt) => (
            <Text key={doubt}>
              <b>{doubt}</b>
            </Text>
          ))}
          {changes.map(({ field, was, becomes }) => (
            <Text key={field}>
              {outcome === 'added' ? `${field}: ${becomes}` : `${field}: ${was || 'пусто'} → ${becomes || 'пусто'}`}
            </Text>
          ))}
        </Stack>
      ) : null,
  },
]

/** How the headings were taken, and what was passed over. */
function Columns({ found: { columns: headings, left } }: { found: PlanImport }) {
  const unknown = headings.filter(({ taken }) => taken === null).map(({ heading }) => heading)
  if (unknown.length === 0 && left.length === 0) return null
  return (
    <Disclosure
      title="Чего в плане не будет"
      under={`${counted(left.length, ['строка', 'строки', 'строк'])} и столбцов: ${unknown.length}`}
    >
      <List label="Пропущено">
        {unknown.map((heading) => (
          <ListItem key={heading} title={`Столбец «${heading}»`} under={['в плане такого нет']} />
        ))}
        {left.map(({ line, text }) => (
          <ListItem key={line} title={text} under={[`строка ${line}: ни ${measureForms[0]}, ни раздел`]} />
        ))}
      </List>
    </Disclosure>
  )
}
