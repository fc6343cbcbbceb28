import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { type Db, transaction } from '../../../kernel/db/index.ts'
import type { Visitor } from '../../../kernel/http/index.ts'
import { openVault } from '../../../kernel/vault.ts'
import { type CodeAddress, checkCode, pretendCode, sendCode, takeCode } from './codes.ts'

let world: World
let ctx: Visitor
beforeAll(async () => {
  world = await openWorld()
  ctx = visitorOf(world.db)
})

const visitorOf = (db: Db, address = '198.51.100.7'): Visitor =>
  // as: codes look at nothing else of a visitor
  ({ db, address, requestId: 'codes-test', vault: openVault('x'.repeat(32)), baseUrl: 'http://localhost' }) as Visitor

let people = 0
const someone = async (): Promise<CodeAddress> => {
  people += 1
  const { id } = await world.db.selectFrom('accounts').select('id').limit(1).executeTakeFirstOrThrow()
  return { purpose: 'second-factor', channel: 'sms', to: `+7912000${String(people).padStart(4, '0')}`, accountId: id }
}
const send = (to: CodeAddress) => transaction(ctx, (tx) => sendCode(tx, ctx, to))
const codeTo = async ({ to }: CodeAddress): Promise<string> => {
  await world.settle()
  const letters = await world.lettersTo(to)
  return /\d{6}/.exec(letters.at(-1)?.text ?? '')?.[0] ?? ''
}
const wrongOf = (code: string) => (code === '000000' ? '000001' : '000000')
const take = async (to: CodeAddress, code: string) => {
  const good = await checkCode(ctx, to, code)
  await transaction(ctx, (tx) => takeCode(tx, good))
}
/** As if the minute between two codes were over. */
const aMinuteLater = () => world.db.deleteFrom('rate_limits').where('bucket', 'like', 'code:asked:%').execute()
const refusal = (left: string) => ({
  code: 'invalid-input',
  params: { fields: [{ text: expect.stringContaining(left) }] },
})

describe('a code by SMS', () => {
  it('comes, fits into one part, works once, with spaces in it too', async () => {
    const to = await someone()
    await send(to)
    const code = await codeTo(to)
    const [sms] = await world.lettersTo(to.to)
    expect(sms?.text.length).toBeLessThanOrEqual(70)
    await take(to, `${code.slice(0, 3)} ${code.slice(3)}`)
    await expect(take(to, code)).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('is taken by one of two at once', async () => {
    const to = await someone()
    await send(to)
    const code = await codeTo(to)
    const good = await Promise.all([checkCode(ctx, to, code), checkCode(ctx, to, code)])
    const taken = await Promise.allSettled(good.map((one) => transaction(ctx, (tx) => takeCode(tx, one))))
    expect(taken.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('is good for nothing else: another purpose, account or address', async () => {
    const to = await someone()
    await send(to)
    const code = await codeTo(to)
    for (const other of [
      { ...to, purpose: 'password-reset' as const },
      { ...to, accountId: null },
      { ...to, to: '+79990001122' },
      { ...to, channel: 'email' as const },
    ])
      await expect(checkCode(ctx, other, code)).rejects.toMatchObject({ code: 'invalid-input' })
    await take(to, code)
  })

  it('dies after five wrong ones, all at once or in turn', async () => {
    const to = await someone()
    await send(to)
    const code = await codeTo(to)
    await expect(checkCode(ctx, to, wrongOf(code))).rejects.toMatchObject(refusal('осталось'))
    await Promise.allSettled(Array.from({ length: 4 }, () => checkCode(ctx, to, wrongOf(code))))
    await expect(checkCode(ctx, to, code)).rejects.toMatchObject(refusal('Запросите новый'))
  })

  it('cannot be guessed by asking for new ones again and again', async () => {
    const to = await someone()
    for (const asked of [1, 2, 3]) {
      await aMinuteLater()
      await send(to)
      const code = await codeTo(to)
      for (let tried = 0; tried < 5; tried += 1)
        await expect(checkCode(ctx, to, wrongOf(code)), `${asked}`).rejects.toMatchObject({ code: 'invalid-input' })
    }
    await aMinuteLater()
    await send(to)
    const code = await codeTo(to)
    await expect(checkCode(ctx, to, code)).rejects.toMatchObject({ code: 'too-many-requests' })
  })

  it('is sent again after a minute only, and the earlier one works no more', async () => {
    const to = await someone()
    await send(to)
    const first = await codeTo(to)
    await expect(send(to)).rejects.toMatchObject({ code: 'code-too-soon', status: 429 })
    await aMinuteLater()
    await send(to)
    const second = await codeTo(to)
    if (first !== second) await expect(checkCode(ctx, to, first)).rejects.toMatchObject({ code: 'invalid-input' })
    await take(to, second)
  })

  it('expires after ten minutes', async () => {
    const to = await someone()
    await send(to)
    const code = await codeTo(to)
    await world.db.updateTable('one_time_codes').set({ expires_at: new Date() }).where('address', '=', to.to).execute()
    await expect(checkCode(ctx, to, code)).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('is not kept readable', async () => {
    const to = await someone()
    await send(to)
    const code = await codeTo(to)
    const row = await world.db.selectFrom('one_time_codes').selectAll().where('address', '=', to.to).executeTakeFirst()
    expect(row?.code_mark.toString('latin1')).not.toContain(code)
  })
})

describe('an address that nobody has', () => {
  it('is answered as one that somebody has', async () => {
    const known = await someone()
    const unknown = { ...(await someone()), accountId: null }
    const pretend = () => transaction(ctx, (tx) => pretendCode(tx, ctx, unknown))
    await send(known)
    await pretend()
    await expect(send(known)).rejects.toMatchObject({ code: 'code-too-soon' })
    await expect(pretend()).rejects.toMatchObject({ code: 'code-too-soon' })
    const code = await codeTo(known)
    const answers = await Promise.all(
      [known, unknown].map((to) =>
        checkCode(ctx, to, wrongOf(code)).catch(({ params }: { params: unknown }) => params),
      ),
    )
    expect(answers[0]).toEqual(answers[1])
    expect(await world.lettersTo(unknown.to)).toEqual([])
  })
})

describe('a code by letter', () => {
  it('comes and works, and its subject does not show it', async () => {
    const to: CodeAddress = { ...(await someone()), channel: 'email', to: 'ds14@verhneozersk.example' }
    await send(to)
    const code = await codeTo(to)
    expect((await world.lettersTo(to.to)).at(-1)?.subject).toBe('Код для входа')
    await take(to, code)
  })
})
