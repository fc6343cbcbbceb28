/** Invitations to an account: what is promised is given as far as the inviter can still give it. */
import { beforeAll, describe, expect, it } from 'vitest'
import { ApiClient } from '../../../../test/support/clients.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import type { Grant } from '../../../kernel/access/index.ts'
import { transaction } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { invite } from './invitations.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

const operatorLogin = 'operator@svetlorechye.example'
const password = 'Ручей-8825-весна'
const officer: Grant = { role: 'municipal-officer', scope: 'region', region: '00' }

const operator = () =>
  world.db
    .selectFrom('accounts')
    .select(['id', 'surname', 'name', 'patronymic', 'email'])
    .where('email', '=', operatorLogin)
    .executeTakeFirstOrThrow()

/** Comes by the link and says which roles it has then. */
async function rolesAfter(email: string, grants: Grant[], meanwhile: () => Promise<unknown> = async () => undefined) {
  const person = { surname: 'Никитская', name: 'Аглая', patronymic: null }
  // as: inviting needs no more of a call than this
  const ctx = { db: world.db, requestId: 'test', baseUrl: 'http://localhost', account: await operator() } as Context
  await transaction(ctx, (tx) =>
    invite(tx, ctx, { ...person, kind: 'account', email, audience: 'staff', position: 'специалист', grants }),
  )
  await world.settle()
  const [letter] = await world.lettersTo(email)
  const link = letter?.links.find((address) => address.includes('/invitation')) ?? ''
  const token = new URL(link).searchParams.get('token')
  await meanwhile()
  const accepted = await world.visitor().post('/invitations/newcomers', { ...person, token, password, consent: true })
  expect(accepted.status).toBe(204)
  const { body } = await new ApiClient(world.app, { login: email, password }).get('/session')
  return body.roles.map(({ role }: { role: string }) => role)
}

const revoke = async (at: Date | null) =>
  world.db
    .updateTable('grants')
    .set({ revoked_at: at })
    .where('account_id', '=', (await operator()).id)
    .execute()

describe('an invitation to an account', () => {
  const given: Grant = { role: 'region-operator', scope: 'region', region: '00' }

  it('gives the role that was promised', async () =>
    expect(await rolesAfter('nikitskaya1@svetlorechye.example', [given])).toEqual(['region-operator']))

  it('gives no role that the inviter may not give, nor one over a foreign place', async () =>
    expect(
      await rolesAfter('nikitskaya2@svetlorechye.example', [
        { role: 'administrator', scope: 'everywhere' },
        { ...given, region: '000' },
        officer,
      ]),
    ).toEqual([]))

  it('gives nothing that the inviter has lost meanwhile', async () => {
    expect(await rolesAfter('nikitskaya3@svetlorechye.example', [given], () => revoke(new Date()))).toEqual([])
    await revoke(null)
  })
})
