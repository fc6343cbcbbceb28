/** A draft as a report to try it on: its cells are fields, checked by the engine, kept for whoever tries it next. */
import { openSheet } from '../../../../engine/index.ts'
import {
  Button,
  Card,
  CardPart,
  counted,
  EmptyState,
  Form,
  List,
  ListItem,
  Muted,
  Note,
  Row,
  Stack,
  Tabs,
} from '../../../../web/kit/index.ts'
import { cellHref, ReportTable } from '../../../../web/report/index.ts'
import { DraftShell, type Editing } from './draft.page.tsx'
import { draftAddress, partAddress } from './draft.words.ts'
import { readRule } from './rule-words.ts'
import type { Refused, Trial } from './trial.ts'

const part = 'trial'
const mostShown = 100
/** Above this a section is only looked at here. */
const mostFields = 3000

export function TrialPage({
  trial,
  refused = [],
  ...editing
}: Editing & { trial: Trial; refused?: Refused[] | undefined }) {
  const { draft, query } = editing
  const { form, sheet, problems } = trial
  const section = form.section(query.section ?? '') ?? form.sections[0]
  const isOpen = draft.state === 'open'
  const isLarge = section !== undefined && section.rows.length * section.columns.length > mostFields
  const hasSample = Object.keys(draft.sample).length > 0
  if (!section)
    return (
      <DraftShell {...editing} title="Проба">
        <Card title="Пробовать пока нечего">
          <EmptyState title="В форме нет разделов">Добавьте раздел, его графы и строки.</EmptyState>
        </Card>
      </DraftShell>
    )
  return (
    <DraftShell
      {...editing}
      title="Проба"
      lead="Так форму увидит заполняющий. Введите числа и проверьте: настоящих отчётов это не касается."
    >
      <Tabs
        label="Разделы формы"
        tabs={form.sections.map(({ code, number, name }) => ({
          text: `${number}. ${name}`,
          href: partAddress(draft.id, { part, section: code }),
          current: code === section.code,
        }))}
      />
      {isLarge ? (
        <Note title="Раздел большой">Вводить его числа в пробе нельзя, а взять их из отчёта и проверить можно.</Note>
      ) : null}
      {refused.length > 0 ? (
        <Note tone="bad" live="alert" title="Часть значений не принята">
          {refused.map(({ cell, text }) => `${cell}: ${text}`).join(' ')}
        </Note>
      ) : null}
      <Form action={`${draftAddress(draft.id)}/trial`} label="Проба формы" hidden={{ section: section.code }}>
        <Card title={section.name || `Раздел ${section.number}`} flush>
          {isOpen ? (
            <CardPart>
              <Row>
                <Button kind="main" icon="check" name="do" value="check">
                  Проверить
                </Button>
                <Button icon="download" name="do" value="take">
                  Взять числа из последнего отчёта
                </Button>
                {hasSample ? (
                  <Button kind="quiet" icon="bin" name="do" value="clear">
                    Очистить
                  </Button>
                ) : null}
              </Row>
            </CardPart>
          ) : null}
          <CardPart>
            <ReportTable
              form={form}
              section={section.code}
              sheet={isOpen ? sheet : openSheet(form, draft.sample)}
              problems={problems}
              readOnly={!isOpen || isLarge}
              blank
              refused={refused}
            />
          </CardPart>
        </Card>
      </Form>
      <Found trial={trial} section={section.code} hasSample={hasSample} draftId={draft.id} />
      <Silent trial={trial} draftId={draft.id} />
    </DraftShell>
  )
}

type FoundProps = { trial: Trial; section: string; hasSample: boolean; draftId: string }

function Found({ trial: { problems }, section, hasSample, draftId }: FoundProps) {
  const hasFormatErrors = problems.some(({ stage, level }) => stage !== 'control' && level === 'error')
  const href = (cell: string) => {
    const address = cellHref(cell, section)
    return address.startsWith('#') ? address : address.replace('?', `${partAddress(draftId, { part })}&`)
  }
  return (
    <Card title="Что нашла проверка" count={problems.length}>
      <Stack>
        {!hasSample ? <Muted>Чисел пока нет: введите их или возьмите из отчёта.</Muted> : null}
        {hasFormatErrors ? (
          <Note>
            Сначала проверяется, заполнено ли обязательное и верны ли форматы. Контроли пойдут, когда это исправлено.
          </Note>
        ) : null}
        {problems.length === 0 && hasSample ? (
          <Note tone="ok">Ошибок нет: все контроли на этих числах сходятся.</Note>
        ) : null}
        <List label="Результаты проверки пробы">
          {problems.slice(0, mostShown).map((problem, index) => (
            <ListItem
              key={index}
              top={[
                problem.level === 'error' ? 'ошибка' : 'предупреждение',
                problem.control ? `контроль ${problem.control}` : '',
              ]}
              title={problem.text}
              {...(problem.cells[0] ? { href: href(problem.cells[0]) } : {})}
            />
          ))}
        </List>
      </Stack>
    </Card>
  )
}

function Silent({ trial: { silent, form }, draftId }: { trial: Trial; draftId: string }) {
  const all = form.template.controls.length
  if (all === 0) return null
  return (
    <Card title="Контроли, которые ещё ни разу не сработали" count={silent.length}>
      <Stack>
        <Muted>
          {silent.length === 0
            ? `Каждый из контролей (${all}) хотя бы раз нашёл ошибку: значит, все они действуют.`
            : `Введите нарочно неверные числа и проверьте, что каждый находит ошибку. Сработало ${all - silent.length} из ${all}, учитываются все пробы этого черновика.`}
        </Muted>
        <List label="Не сработавшие контроли">
          {silent.slice(0, mostShown).map((control) => (
            <ListItem
              key={control.id}
              title={`${control.id}. ${control.name}`}
              href={partAddress(draftId, { part: 'controls', control: control.id })}
              under={[readRule(control).words ?? '']}
            />
          ))}
        </List>
        {silent.length > mostShown ? (
          <Muted>{`И ещё ${counted(silent.length - mostShown, ['контроль', 'контроля', 'контролей'])}.`}</Muted>
        ) : null}
      </Stack>
    </Card>
  )
}
