import { z } from 'zod'
import {
  ApplicationAnswer,
  ApplicationAssignment,
  ApplicationQuestion,
  Granting,
  RefusalOfApplication,
} from '../../../contracts/applications.ts'
import {
  Aside,
  Card,
  Columns,
  Confirmation,
  cabinetCrumb,
  Facts,
  formatDate,
  LinkButton,
  Note,
  Page,
  Stack,
  Text,
  Under,
} from '../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../kernel/http/index.ts'
import { addFile, downloadFile, largestUpload } from './application-files.ts'
import { typeOf } from './application-type.ts'
import { placeOfIts } from './applications.access.ts'
import { StateBadge } from './applications.badges.tsx'
import {
  answerQuestion,
  askApplicant,
  assignApplication,
  formOf,
  grantApplication,
  refuseApplication,
  releaseApplication,
  withdrawApplication,
} from './applications.ts'
import { Checks, DecisionForm, Differences, Hands, QuestionForm } from './decision.tsx'
import type { Field } from './fields.tsx'
import { History, Where } from './progress.tsx'
import { AnswerForm, FilesCard } from './thread.tsx'
import { type ApplicationView, viewApplication } from './viewing.ts'

const version = z.coerce.number().int().optional()

/** One form with two ways: the fields of the way not taken are left alone. */
const Decision = z.discriminatedUnion(
  'decision',
  [
    Granting.extend({ decision: z.literal('granting'), version }),
    RefusalOfApplication.extend({ decision: z.literal('refusal'), version }),
  ],
  'Выберите решение',
)

/** The choice of nobody is as good as an empty form. */
const Assignment = ApplicationAssignment.extend({
  accountId: z.union([z.literal('').transform(() => undefined), ApplicationAssignment.shape.accountId]),
})

const again = (ctx: PageContext, { id }: { id: string }, failure: FormFailure) => showApplication(ctx, id, failure)

export const applicationPages = pages('/applications')
  .get('/{id}', { needs: 'signed-in' }, async (ctx, { id }) => showApplication(ctx, id))
  .post(
    '/{id}/decision',
    { needs: 'application.decide', form: Decision, again },
    async (ctx, { id }, { decision, ...form }) => {
      if (decision === 'refusal') {
        await refuseApplication(ctx, id, RefusalOfApplication.parse(form))
        return seeOther(`/applications/${id}`, 'application.refused')
      }
      const { state } = await grantApplication(ctx, id, Granting.parse(form))
      return seeOther(`/applications/${id}`, state === 'granted' ? 'application.granted' : 'application.agreed')
    },
  )
  .post(
    '/{id}/question',
    { needs: 'application.decide', form: ApplicationQuestion, again },
    async (ctx, { id }, { text }) => {
      await askApplicant(ctx, id, text)
      return seeOther(`/applications/${id}`, 'application.asked')
    },
  )
  .post('/{id}/answer', { needs: 'signed-in', form: ApplicationAnswer, again }, async (ctx, { id }, { text }) => {
    await answerQuestion(ctx, id, text)
    return seeOther(`/applications/${id}`, 'application.answered')
  })
  .post(
    '/{id}/assignment',
    { needs: 'application.decide', form: Assignment, again },
    async (ctx, { id }, { accountId }) => {
      await assignApplication(ctx, id, accountId)
      return seeOther(`/applications/${id}`, accountId ? 'application.passed' : 'application.taken')
    },
  )
  .post('/{id}/release', { needs: 'application.decide', again }, async (ctx, { id }) => {
    await releaseApplication(ctx, id)
    return seeOther(`/applications/${id}`, 'application.released')
  })
  .post(
    '/{id}/files',
    { needs: 'signed-in', form: z.object({ file: z.unknown() }), largest: largestUpload, again },
    async (ctx, { id }, { file }) => {
      await addFile(ctx, id, file)
      return seeOther(`/applications/${id}`, 'application.attached-file')
    },
  )
  .get('/{id}/files/{fileId}', { needs: 'signed-in' }, (ctx, { id, fileId }) => downloadFile(ctx, id, fileId))
  .get('/{id}/withdrawal', { needs: 'signed-in' }, async (ctx, { id }) => {
    const application = await viewApplication(ctx, id)
    return application.mayWithdraw ? (
      <WithdrawalPage ctx={ctx} application={application} />
    ) : (
      seeOther(`/applications/${id}`)
    )
  })
  .post('/{id}/withdrawal', { needs: 'signed-in', again }, async (ctx, { id }) => {
    await withdrawApplication(ctx, id)
    return seeOther(`/applications/${id}`, 'application.withdrawn')
  })

async function showApplication(ctx: PageContext, id: string, failure?: FormFailure) {
  const application = await viewApplication(ctx, id)
  const fields = application.mayDecide
    ? await typeOf(application).granting?.fields(ctx, formOf(application), application)
    : undefined
  return <ApplicationPage ctx={ctx} application={application} fields={fields ?? []} failure={failure} />
}

const crumbsTo = ({ number }: ApplicationView) => [
  cabinetCrumb,
  { text: 'Сервис заявок', href: '/applications' },
  { text: `Заявка № ${number}` },
]

type ApplicationProps = {
  ctx: PageContext
  application: ApplicationView
  fields: readonly Field[]
  failure: FormFailure | undefined
}

function ApplicationPage({ ctx, application, fields, failure }: ApplicationProps) {
  const { id, number, createdAt, mayWithdraw, mayDecide, assigneeId, checks, differences } = application
  const zone = ctx.timeZone
  const taken = assigneeId !== null && assigneeId !== ctx.account.id
  const isQuestion = failure !== undefined && 'text' in failure.values
  return (
    <Page
      title={`Заявка № ${number}`}
      heading={typeOf(application).title}
      frame={ctx.frame}
      crumbs={crumbsTo(application)}
      lead={`Заявка № ${number} от ${formatDate(createdAt, zone)}`}
      help={{ href: '/guide/zayavki', text: 'рассмотрение заявки' }}
      actions={<StateBadge application={application} zone={zone} due />}
      hasErrors={failure !== undefined}
    >
      <Columns>
        <Stack>
          {failure?.message ? (
            <Note tone="bad" title="Не записано" live="alert">
              {failure.message}
            </Note>
          ) : null}
          {mayWithdraw ? <Where application={application} zone={zone} /> : null}
          {application.mayAnswer ? (
            <AnswerForm action={`/applications/${id}/answer`} steps={application.steps} failure={failure} />
          ) : null}
          <Asked ctx={ctx} application={application} />
          {differences.length > 0 ? (
            <Differences differences={differences} done={application.state === 'granted'} />
          ) : null}
          <FilesCard
            files={application.files}
            hrefOf={(fileId) => `/applications/${id}/files/${fileId}`}
            action={application.mayAdd ? `/applications/${id}/files` : undefined}
            failure={failure}
          />
          {checks.length > 0 ? <Checks checks={checks} /> : null}
          {mayDecide && !taken ? (
            <DecisionForm application={application} fields={fields} failure={isQuestion ? undefined : failure} />
          ) : null}
          {mayDecide && !taken && application.state === 'waiting' ? (
            <QuestionForm id={id} failure={isQuestion ? failure : undefined} />
          ) : null}
          {mayWithdraw ? (
            <Text>
              <LinkButton icon="turn" href={`/applications/${id}/withdrawal`}>
                Отозвать заявку
              </LinkButton>
            </Text>
          ) : null}
        </Stack>
        <Aside label="Ход заявки">
          {mayWithdraw ? null : <Where application={application} zone={zone} />}
          {mayDecide ? <Hands application={application} own={ctx.account.id} /> : null}
          <History application={application} zone={zone} />
        </Aside>
      </Columns>
    </Page>
  )
}

function Asked({ ctx, application }: { ctx: PageContext; application: ApplicationView }) {
  const { applicantName, applicantEmail, applicantEmailConfirmedAt, applicantPosition, visitorEmail } = application
  const confirmed = applicantEmailConfirmedAt
    ? `, почта подтверждена ${formatDate(applicantEmailConfirmedAt, ctx.timeZone)}`
    : ', почта не подтверждена'
  return (
    <Card title="О чём просит заявитель">
      <Facts
        facts={[
          [
            visitorEmail ? 'Заявитель, без учётной записи' : 'Пользователь',
            <>
              <b>{applicantName}</b>
              <br />
              <a href={`mailto:${applicantEmail}`}>{applicantEmail}</a>
              {confirmed}
            </>,
          ],
          ['Должность', visitorEmail ? undefined : (applicantPosition ?? '—')],
          [
            'Организация',
            application.organisationId ? (
              <>
                <OrganisationName ctx={ctx} application={application} />
                <Under>ИНН {application.organisationInn}</Under>
              </>
            ) : undefined,
          ],
          ['Откуда', application.letterId ? <FromLetter ctx={ctx} letterId={application.letterId} /> : undefined],
          ...application.facts,
        ]}
      />
    </Card>
  )
}

/** A link for those who read letters. */
const FromLetter = ({ ctx, letterId }: { ctx: PageContext; letterId: string }) =>
  ctx.grants.has('account.manage') ? <a href={`/letters/${letterId}`}>из письма</a> : <span>из письма</span>

/** A link for those to whom the organisation's page opens; an applicant knows its name only. */
function OrganisationName({ ctx, application }: { ctx: PageContext; application: ApplicationView }) {
  const { organisationId, organisationFullName, organisationName } = application
  return ctx.grants.allow('organisation.read', placeOfIts(application)) ? (
    <a href={`/organisations/${organisationId}`}>{organisationFullName}</a>
  ) : (
    <span>{organisationName}</span>
  )
}

function WithdrawalPage({ ctx, application }: { ctx: PageContext; application: ApplicationView }) {
  const { id, number, organisationName } = application
  return (
    <Page
      title={`Отозвать заявку № ${number}?`}
      frame={ctx.frame}
      crumbs={[
        ...crumbsTo(application).slice(0, 2),
        { text: `Заявка № ${number}`, href: `/applications/${id}` },
        { text: 'Отзыв' },
      ]}
    >
      <Confirmation
        action={`/applications/${id}/withdrawal`}
        submit="Отозвать заявку"
        cancel={{ text: 'Не отзывать', href: `/applications/${id}` }}
      >
        {`«${typeOf(application).title}», ${organisationName}: решения по этой заявке не будет. Её можно подать снова в любой день.`}
      </Confirmation>
    </Page>
  )
}
