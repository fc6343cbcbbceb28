import { z } from 'zod'
import { Granting, RefusalOfApplication } from '../../../contracts/applications.ts'
import {
  Aside,
  Card,
  Columns,
  Confirmation,
  Facts,
  formatDate,
  formatDateTime,
  LinkButton,
  Note,
  Page,
  Stack,
  Text,
  Under,
} from '../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../kernel/http/index.ts'
import { placeOf } from '../organisations/index.ts'
import { decidesOver } from './applications.access.ts'
import { StateBadge } from './applications.badges.tsx'
import { attachmentRoleNames, kindTitles } from './applications.phrases.ts'
import {
  type ApplicationView,
  grantApplication,
  refuseApplication,
  viewApplication,
  withdrawApplication,
} from './applications.ts'
import { type AttachmentChecks, attachmentFormOf, checkAttachment, rolesAt } from './attachment.ts'
import { Checks, DecisionForm } from './decision.tsx'
import { History, Where } from './progress.tsx'

/** One form with two ways: the fields of the way not taken are left alone. */
const Decision = z.discriminatedUnion(
  'decision',
  [
    Granting.safeExtend({ decision: z.literal('granting') }),
    RefusalOfApplication.safeExtend({ decision: z.literal('refusal') }),
  ],
  'Выберите решение',
)

export const applicationPages = pages('/applications')
  .get('/{id}', { needs: 'signed-in' }, async (ctx, { id }) => showApplication(ctx, id))
  .post(
    '/{id}/decision',
    {
      needs: 'application.decide',
      form: Decision,
      again: (ctx, { id }, failure) => showApplication(ctx, id, failure),
    },
    async (ctx, { id }, { decision, ...form }) => {
      if (decision === 'granting') await grantApplication(ctx, id, Granting.parse(form))
      else await refuseApplication(ctx, id, RefusalOfApplication.parse(form))
      return seeOther(`/applications/${id}`, decision === 'granting' ? 'application.granted' : 'application.refused')
    },
  )
  .get('/{id}/withdrawal', { needs: 'signed-in' }, async (ctx, { id }) => {
    const application = await viewApplication(ctx, id)
    return application.mayWithdraw ? (
      <WithdrawalPage ctx={ctx} application={application} />
    ) : (
      seeOther(`/applications/${id}`)
    )
  })
  .post(
    '/{id}/withdrawal',
    { needs: 'signed-in', again: (ctx, { id }, failure) => showApplication(ctx, id, failure) },
    async (ctx, { id }) => {
      await withdrawApplication(ctx, id)
      return seeOther(`/applications/${id}`, 'application.withdrawn')
    },
  )

async function showApplication(ctx: PageContext, id: string, failure?: FormFailure) {
  const application = await viewApplication(ctx, id)
  const decides = ctx.grants.allow('application.decide', placeOfIts(application))
  const checks = decides ? await checkAttachment(ctx.db, application) : undefined
  return <ApplicationPage ctx={ctx} application={application} checks={checks} failure={failure} />
}

const placeOfIts = ({ organisationId, regionCode, lineage }: ApplicationView) =>
  placeOf({ id: organisationId, regionCode, lineage })

const crumbsTo = ({ number }: ApplicationView) => [
  { text: 'Мой профиль', href: '/cabinet' },
  { text: 'Сервис заявок', href: '/applications' },
  { text: `Заявка № ${number}` },
]

type ApplicationProps = {
  ctx: PageContext
  application: ApplicationView
  /** For those who decide. */
  checks: AttachmentChecks | undefined
  failure: FormFailure | undefined
}

function ApplicationPage({ ctx, application, checks, failure }: ApplicationProps) {
  const { id, number, createdAt, kind, mayWithdraw } = application
  const zone = ctx.timeZone
  return (
    <Page
      title={`Заявка № ${number}`}
      heading={kindTitles[kind]}
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
            <Note tone="bad" title="Решение не записано" live="alert">
              {failure.message}
            </Note>
          ) : null}
          {mayWithdraw ? <Where application={application} zone={zone} /> : null}
          <Asked ctx={ctx} application={application} />
          {checks && application.state === 'waiting' ? <Checks checks={checks} application={application} /> : null}
          {application.mayDecide ? (
            <DecisionForm
              application={application}
              roles={rolesAt(application.organisationLevel).filter((role) => decidesOver(ctx, application, role))}
              failure={failure}
              zone={zone}
            />
          ) : null}
          {mayWithdraw ? (
            <Text>
              <LinkButton icon="turn" href={`/applications/${id}/withdrawal`}>
                Отозвать заявку
              </LinkButton>
            </Text>
          ) : null}
        </Stack>
        <Aside label="Ход заявки" sticky>
          {mayWithdraw ? null : <Where application={application} zone={zone} />}
          <History application={application} zone={zone} />
        </Aside>
      </Columns>
    </Page>
  )
}

function Asked({ ctx, application }: { ctx: PageContext; application: ApplicationView }) {
  const { applicantName, applicantEmail, applicantEmailConfirmedAt, applicantPosition } = application
  const { role, why } = attachmentFormOf(application)
  const confirmed = applicantEmailConfirmedAt
    ? `, почта подтверждена ${formatDate(applicantEmailConfirmedAt, ctx.timeZone)}`
    : ', почта не подтверждена'
  return (
    <Card title="О чём просит заявитель">
      <Facts
        facts={[
          [
            'Пользователь',
            <>
              <b>{applicantName}</b>
              <br />
              <a href={`mailto:${applicantEmail}`}>{applicantEmail}</a>
              {confirmed}
            </>,
          ],
          ['Должность', applicantPosition ?? '—'],
          [
            'Организация',
            <>
              <OrganisationName ctx={ctx} application={application} />
              <Under>ИНН {application.organisationInn}</Under>
            </>,
          ],
          ['Роль', attachmentRoleNames[role]],
          ['Зачем', `«${why}»`],
        ]}
      />
    </Card>
  )
}

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
  const { id, number, organisationName, dueAt } = application
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
        {`Решение по прикреплению к организации ${organisationName}, которое ожидалось до ${formatDateTime(dueAt, ctx.timeZone)}, приниматься не будет. Заявку можно подать снова в любой день.`}
      </Confirmation>
    </Page>
  )
}
