/** What crosses the wire about signing in by a domain (LDAP) or a provider of OpenID Connect. */
import { z } from 'zod'

export const DomainCredentials = z.object({
  login: z.string().trim().min(1, 'Введите логин').max(254, 'Слишком длинный логин').meta({
    description: 'Логин домена: имя@домен или ДОМЕН\\имя',
  }),
  password: z.string().min(1, 'Введите пароль').max(1000, 'Слишком длинный пароль'),
})

export const SignInProvider = z.object({
  name: z.string(),
  title: z.string(),
  address: z.string().meta({ description: 'Путь страницы, с которой начинают вход' }),
})
export type SignInProvider = z.infer<typeof SignInProvider>

export const tieKinds = ['domain', 'openid'] as const
export const DomainTie = z.object({
  kind: z.enum(tieKinds),
  name: z.string(),
  title: z.string(),
  tiedAt: z.string().nullable().meta({ description: 'null: не связано' }),
  lastUsedAt: z.string().nullable(),
})
export type DomainTie = z.infer<typeof DomainTie>
