/** One letter, and beside it the draft that was made of it. */
import type { LetterView } from '../../../contracts/letters.ts'
import type { OrganisationHit } from '../../../contracts/organisations.ts'
import {
  Aside,
  Button,
  Card,
  Columns,
  cabinetCrumb,
  ErrorSummary,
  Facts,
  Filters,
  FilterText,
  Form,
  FormEnd,
  formatDateTime,
  Group,
  LinkButton,
  Muted,
  Note,
  Page,
  Prose,
  Radios,
  Stack,
  Text,
  TextArea,
  TextField,
} from '../../../web/kit/index.ts'
import type { FormFailure, PageContext } from '../../kernel/http/index.ts'
import { AddingCard } from './adding.page.tsx'
import type { AddingDraft } from './adding.ts'
import { Mark } from './letter.marks.tsx'
import { addingName, categoryNames, letterKindNames, letterStateNames } from './letters.phrases.ts'

type Props = {
  ctx: PageContext
  letter: LetterView
  hits: readonly OrganisationHit[]
  q: string
  adding: AddingDraft | undefined
  failures: { opening?: FormFailure; adding?: FormFailure; refusal?: FormFailure }
}

export const LetterPage = ({ ctx, letter, hits, q, adding, failures }: Props) => (
  <Page
    title={letter.subject || 'Письмо без темы'}
    frame={ctx.frame}
    help={{ href: '/guide/pisma', text: 'письма' }}
    crumbs={[cabinetCrumb, { text: 'Письма', href: '/letters' }, { text: letter.subject || 'Письмо без темы' }]}
    hasErrors={Object.values(failures).some((failure) => failure !== undefined)}
  >
    <Columns shape="half">
      {/* A long letter is scrolled with its draft: held in sight, its end could not be reached. */}
      <Aside label="Письмо" sticky={letter.body.length < longestInSight}>
        <LetterCard ctx={ctx} letter={letter} />
      </Aside>
      <Stack>
        <Understood letter={letter} />
        {letter.state === 'waiting' ? (
          <>
            {adding ? (
              <AddingCard letter={letter} draft={adding} failure={failures.adding} />
            ) : (
              <Draft letter={letter} hits={hits} q={q} failure={failures.opening} />
            )}
            <Refusal letter={letter} failure={failures.refusal} />
          </>
        ) : (
          <Decision ctx={ctx} letter={letter} />
        )}
      </Stack>
    </Columns>
  </Page>
)

const longestInSight = 1200

/** As plain text: nothing of a letter is drawn as markup, and nothing is fetched from elsewhere. */
const LetterCard = ({ ctx, letter }: { ctx: PageContext; letter: LetterView }) => (
  <Card
    title="Письмо"
    {...(letter.erased
      ? {}
      : {
          foot: (
            <a href={`/letters/${letter.id}/source`} download>
              Скачать письмо целиком
            </a>
          ),
        })}
  >
    <Stack>
      <Facts
        facts={[
          ['От кого', [letter.senderName, letter.sender].filter(Boolean).join(', ') || 'не указано'],
          ['Пришло', formatDateTime(letter.receivedAt, ctx.timeZone)],
          ...(letter.answers
            ? ([
                ['Отвечает на', <a href={`/letters/${letter.answers.id}`}>{letter.answers.subject || 'письмо'}</a>],
              ] as const)
            : []),
        ]}
      />
      {letter.erased ? (
        <Note title="Содержание письма удалено">
          Отправитель удалил свою учётную запись, и написанное им удалено вместе с ней.
        </Note>
      ) : letter.body === '' ? (
        <Note tone="warn" title="Текста в письме нет">
          Скачайте письмо целиком или откройте вложения: письмо сохранено, как пришло.
        </Note>
      ) : (
        <Prose>
          {letter.body.split(/\n{2,}/).map((paragraph, at) => (
            <p key={at}>
              {paragraph.split('\n').map((text, line) => (
                <span key={line}>
                  {line > 0 ? <br /> : null}
                  {text}
                </span>
              ))}
            </p>
          ))}
        </Prose>
      )}
      {letter.attachments.length > 0 ? (
        <Stack>
          <Text>Вложения. Их не проверяли: открывайте, только если доверяете отправителю.</Text>
          <ul>
            {letter.attachments.map(({ name, size }, at) => (
              <li key={at}>
                <a href={`/letters/${letter.id}/attachments/${at}`} download>
                  {name}
                </a>
                , {Math.max(1, Math.round(size / 1024))} КБ
              </li>
            ))}
          </ul>
        </Stack>
      ) : null}
    </Stack>
  </Card>
)

function Understood({ letter: { understanding, known } }: { letter: LetterView }) {
  const { kind, category, restore, systems, senderAllowed, sure, adding } = understanding
  return (
    <Card title="Что понято">
      <Stack>
        <Facts
          facts={[
            ['Что это', adding ? addingName : letterKindNames[kind]],
            ...(kind === 'application' && !adding
              ? ([
                  ['Категория', marked(category ? categoryNames[category] : 'не понята', sure.category)],
                  ['Просят', marked(restore ? 'восстановить доступ' : 'предоставить доступ', sure.restore)],
                  ['Системы', marked(systems.join(', ') || 'не названы', sure.systems)],
                ] as const)
              : []),
          ]}
        />
        {senderAllowed || kind !== 'application' ? null : (
          <Note tone="warn" title="Письмо пришло не со служебного адреса">
            Или подпись отправителя не сошлась. Убедитесь, что заявка настоящая: позвоните в учреждение.
            {adding ? null : ' Логин уйдёт на адрес из заявки, если его домен разрешён.'}
          </Note>
        )}
        {known.map(({ id, fullName, email }) => (
          <Note key={id} tone="warn" title="Учётная запись с этим адресом уже есть">
            <p>
              <a href={`/accounts/${id}`}>{fullName}</a>, {email}. Чтобы восстановить доступ, выдайте временный пароль
              на странице учётной записи и отметьте письмо разобранным.
            </p>
          </Note>
        ))}
      </Stack>
    </Card>
  )
}

const marked = (text: string, sure: boolean | undefined) => (
  <>
    {text} <Mark found sure={sure === true} />
  </>
)

type DraftProps = { letter: LetterView; hits: readonly OrganisationHit[]; q: string; failure: FormFailure | undefined }

function Draft({ letter, hits, q, failure }: DraftProps) {
  const { kind, persons, organisation, sure, category } = letter.understanding
  const told = kind === 'application'
  const people = persons.length > 0 ? persons : [{ fullName: null, position: null, email: null, phone: null }]
  const named = [organisation.full ?? organisation.short, organisation.district].filter(Boolean).join(', ')
  return (
    <Card title="Черновик заявки">
      <Stack>
        <Filters label="Поиск организации в реестре" action={`/letters/${letter.id}`} submit="Найти в реестре">
          <FilterText label="Организация в реестре" value={q} />
        </Filters>
        <Form action={`/letters/${letter.id}/opening`} label="Открыть доступ">
          <Problems title="Доступ не открыт" failure={failure} />
          <Stack>
            {people.map((person, at) => (
              <Person
                key={at}
                person={person}
                at={at}
                many={people.length > 1}
                told={told}
                sure={sure}
                failure={failure}
              />
            ))}
            <TextField
              name="organisation"
              label="Организация"
              optional
              value={failure?.values.organisation ?? named}
              error={problemOf(failure, 'organisation')}
              {...(told ? { after: <Mark found={named !== ''} sure={sure.organisation === true} /> } : {})}
            />
            <Radios
              name="organisationId"
              label="К какой организации прикрепить"
              hint={
                category !== null && category > 1
                  ? 'У этого учреждения одна учётная запись: её держит один ответственный'
                  : 'Прикреплённый станет ответственным в организации'
              }
              value={failure?.values.organisationId ?? ''}
              error={problemOf(failure, 'organisationId')}
              options={[
                ...hits.map(({ id, shortName, inn }) => ({
                  value: id,
                  text: inn ? `${shortName}, ИНН ${inn}` : shortName,
                })),
                { value: '', text: 'Пока не прикреплять' },
              ]}
            />
          </Stack>
          <FormEnd>
            <Button kind="main">Открыть доступ</Button>
          </FormEnd>
        </Form>
        <Muted>
          На адрес из заявки придёт логин и ссылка, по которой придумывают пароль. Пароль в письме не присылают.
        </Muted>
      </Stack>
    </Card>
  )
}

type PersonProps = {
  person: LetterView['understanding']['persons'][number]
  at: number
  many: boolean
  /** The letter is an application: of another there was nothing to find. */
  told: boolean
  sure: Record<string, boolean>
  failure: FormFailure | undefined
}

function Person({ person, at, many, told, sure, failure }: PersonProps) {
  const field = (name: keyof typeof person) => ({
    name: `persons.${at}.${name}`,
    value: failure?.values[`persons.${at}.${name}`] ?? person[name] ?? '',
    error: problemOf(failure, `persons.${at}.${name}`),
    ...(told ? { after: <Mark found={person[name] !== null} sure={sure[name] === true} /> } : {}),
  })
  const fields = (
    <Stack>
      <TextField {...field('fullName')} label="Фамилия, имя, отчество" autocomplete="off" />
      <TextField {...field('position')} label="Должность" optional autocomplete="off" />
      <TextField {...field('email')} label="Электронная почта" check="email" autocomplete="off" />
      <TextField {...field('phone')} label="Телефон" optional check="phone" autocomplete="off" />
    </Stack>
  )
  return many ? (
    <Group id={`person-${at}`} title={`Человек ${at + 1}`} lead="Очистите все поля, чтобы не открывать ему доступ">
      {fields}
    </Group>
  ) : (
    fields
  )
}

const Refusal = ({ letter, failure }: { letter: LetterView; failure: FormFailure | undefined }) => (
  <Card title={letter.understanding.adding ? 'Не добавлять' : 'Не открывать доступ'}>
    <Stack>
      <Form action={`/letters/${letter.id}/refusal`} label="Отказать">
        <Problems title="Отказ не записан" failure={failure} />
        <TextArea
          name="reason"
          label="Причина отказа"
          hint={
            letter.understanding.senderAllowed
              ? 'Её увидит отправитель письма'
              : 'Останется здесь: на этот адрес мы не пишем'
          }
          value={failure?.values.reason ?? ''}
          error={problemOf(failure, 'reason')}
        />
        <FormEnd>
          <Button kind="bad">Отказать</Button>
        </FormEnd>
      </Form>
      <Form action={`/letters/${letter.id}/closing`} label="Разобрано">
        <FormEnd>
          <Button>
            {letter.understanding.adding ? 'Разобрано, добавлять не нужно' : 'Разобрано, доступ не нужен'}
          </Button>
          <LinkButton kind="quiet" href="/letters">
            К списку писем
          </LinkButton>
        </FormEnd>
      </Form>
    </Stack>
  </Card>
)

const Decision = ({ ctx, letter }: { ctx: PageContext; letter: LetterView }) => (
  <Card title="Решение">
    <Facts
      facts={[
        ['Состояние', letterStateNames[letter.state]],
        ...(letter.decidedAt ? ([['Когда', formatDateTime(letter.decidedAt, ctx.timeZone)]] as const) : []),
        ...(letter.decidedBy ? ([['Кто', letter.decidedBy]] as const) : []),
        ...(letter.reason ? ([['Причина', letter.reason]] as const) : []),
        ...(letter.application
          ? ([
              ['Заявка', <a href={`/applications/${letter.application.id}`}>№ {letter.application.number}</a>],
            ] as const)
          : []),
        ...letter.accounts.map(
          ({ id, fullName }) => ['Учётная запись', <a href={`/accounts/${id}`}>{fullName}</a>] as const,
        ),
      ]}
    />
  </Card>
)

/** The fields to mend, or why the whole was refused. */
function Problems({ title, failure }: { title: string; failure: FormFailure | undefined }) {
  if (!failure) return null
  if (failure.message === undefined)
    return <ErrorSummary title={title} errors={failure.problems.map(({ field, text }) => ({ field, text }))} />
  return (
    <Note tone="bad" live="alert" title={title}>
      {failure.message}
    </Note>
  )
}

const problemOf = (failure: FormFailure | undefined, field: string): string | undefined =>
  failure?.problems.find((problem) => problem.field === field)?.text
