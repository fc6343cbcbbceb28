import { z } from 'zod'
import {
  AudienceView,
  audiences,
  FreeMailDomain,
  FreeMailDomains,
  MailDomain,
  RuleChange,
  RuleHistory,
  RulePreview,
  RuleToPreview,
} from '../../../../contracts/audiences.ts'
import { routes } from '../../../kernel/http/index.ts'
import { changeRule, previewRule, viewRule, viewRuleHistory, viewRules } from './audiences.ts'
import { addFreeMail, removeFreeMail, viewFreeMail } from './free-mail.ts'

const needs = 'audience.manage'
const params = { audience: z.enum(audiences) }

export const audiencesRoutes = routes('/audiences')
  .get('/', { needs, summary: 'Правила всех аудиторий', replies: z.array(AudienceView) }, (ctx) => viewRules(ctx))
  .get('/{audience}', { needs, params, summary: 'Правило аудитории', replies: AudienceView }, (ctx, { audience }) =>
    viewRule(ctx, audience),
  )
  .put(
    '/{audience}',
    { needs, params, summary: 'Изменить правило аудитории', body: RuleChange, replies: AudienceView },
    (ctx, { audience }, change) => changeRule(ctx, audience, change),
  )
  .post(
    '/{audience}/previews',
    { needs, params, summary: 'Кого коснётся изменение правила', body: RuleToPreview, replies: RulePreview },
    (ctx, { audience }, { rule }) => previewRule(ctx, audience, rule),
  )
  .get(
    '/{audience}/history',
    { needs, params, summary: 'Кто и как менял правило', replies: RuleHistory },
    (ctx, { audience }) => viewRuleHistory(ctx, audience),
  )

export const freeMailRoutes = routes('/free-mail-domains')
  .get('/', { needs, summary: 'Бесплатные почтовые службы', replies: FreeMailDomains }, (ctx) => viewFreeMail(ctx))
  .post('/', { needs, summary: 'Добавить бесплатную почтовую службу', body: FreeMailDomain }, (ctx, _, { domain }) =>
    addFreeMail(ctx, domain),
  )
  .delete(
    '/{domain}',
    { needs, params: { domain: MailDomain }, summary: 'Убрать бесплатную почтовую службу' },
    (ctx, { domain }) => removeFreeMail(ctx, domain),
  )
