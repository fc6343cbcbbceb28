import { z } from 'zod'
import { DomainCredentials, DomainTie, SignInProvider, tieKinds } from '../../../../contracts/domains.ts'
import { routes } from '../../../kernel/http/index.ts'
import { listOwnTies, listSignInProviders, tieOwnDomain, untieOwn } from './ties.ts'

const Kind = z.enum(tieKinds)

export const domainsRoutes = routes('')
  .get(
    '/sign-in-providers',
    { needs: 'public', summary: 'Внешние поставщики входа', replies: z.array(SignInProvider) },
    async () => listSignInProviders(),
  )
  .get(
    '/profile/domains',
    { needs: 'signed-in', summary: 'Мой вход через домен', replies: z.array(DomainTie) },
    (ctx) => listOwnTies(ctx),
  )
  .post(
    '/profile/domains',
    { needs: 'signed-in', summary: 'Привязать учётную запись домена', body: DomainCredentials },
    (ctx, _, { login, password }) => tieOwnDomain(ctx, login, password),
  )
  .delete(
    '/profile/domains/{kind}/{name}',
    { needs: 'signed-in', summary: 'Отвязать вход через домен', params: { kind: Kind } },
    (ctx, { kind, name }) => untieOwn(ctx, Kind.parse(kind), name),
  )
