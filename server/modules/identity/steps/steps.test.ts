import { describe, expect, it } from 'vitest'
import { type Audience, audiences, firstRules } from '../../../../contracts/audiences.ts'
import { type Stage, stages } from '../../../kernel/http/context.ts'
import { type Door, doors, isContactConfirmed, isOpen, refusalOf, type Standing, stageOf } from './steps.ts'

type Case = { standing: Standing; door: Door; factorPassed: boolean }

const either = [false, true]
const temporaryPasswords = ['none', 'valid', 'expired'] as const

/** Every door × every combination of what the steps look at, for the rules of every audience and both ways of confirming. */
function* everyCase(): Generator<Case> {
  for (const audience of audiences)
    for (const confirmation of ['email', 'sms', 'either'] as const)
      for (const door of doors)
        for (const temporaryPassword of temporaryPasswords)
          for (let bits = 0; bits < 128; bits += 1) {
            const fact = (place: number) => ((bits >> place) & 1) === 1
            yield {
              door,
              factorPassed: fact(0),
              standing: {
                ...of(audience, confirmation),
                temporaryPassword,
                hasFactor: fact(1),
                factorDemanded: fact(2),
                consented: fact(3),
                identified: fact(4),
                emailConfirmed: fact(5),
                phoneConfirmed: fact(6),
              },
            }
          }
}

const of = (audience: Audience, confirmation: 'email' | 'sms' | 'either' = 'email'): Standing => ({
  audience,
  rule: { ...firstRules[audience], confirmation },
  blocked: false,
  erasingOn: null,
  approval: 'not-needed',
  hasFactor: false,
  factorDemanded: false,
  temporaryPassword: 'none',
  consented: true,
  identified: true,
  emailConfirmed: true,
  phoneConfirmed: true,
})

/** The steps as they are owed, told apart from how they are computed. */
const owed: Record<Exclude<Stage, 'full'>, (one: Case) => boolean> = {
  'second-factor': ({ standing, factorPassed }) => (standing.hasFactor || standing.factorDemanded) && !factorPassed,
  'password-change': ({ standing, door }) => door === 'password' && standing.temporaryPassword !== 'none',
  consent: ({ standing }) =>
    !standing.consented || (standing.rule.identification === 'inn-or-snils' && !standing.identified),
  contacts: ({ standing }) => !isContactConfirmed(standing),
}

/** A step that is done, as its own page does it. */
const done: Record<Exclude<Stage, 'full'>, (one: Case) => Case> = {
  'second-factor': (one) => ({ ...one, factorPassed: true }),
  'password-change': (one) => ({ ...one, standing: { ...one.standing, temporaryPassword: 'none' } }),
  consent: (one) => ({ ...one, standing: { ...one.standing, consented: true, identified: true } }),
  contacts: (one) => ({ ...one, standing: { ...one.standing, emailConfirmed: true, phoneConfirmed: true } }),
}

const reached = ({ standing, door, factorPassed }: Case): Stage => stageOf(standing, door, factorPassed)

describe('every door and every combination of facts', () => {
  it('never reaches a full session while a step is owed, and reaches it when none is', () => {
    for (const one of everyCase()) {
      const waiting = Object.values(owed).some((isOwed) => isOwed(one))
      if ((reached(one) === 'full') === waiting) expect.fail(JSON.stringify({ ...one, reached: reached(one) }))
    }
  })

  it('stands at the first step that is owed, in the order of the stages', () => {
    for (const one of everyCase()) {
      const first = stages.find((stage) => stage !== 'full' && owed[stage](one)) ?? 'full'
      if (reached(one) !== first) expect.fail(JSON.stringify({ ...one, reached: reached(one), first }))
    }
  })

  it('goes only onwards when the step is done, and comes to the end', () => {
    for (const one of everyCase()) {
      let now = one
      for (let stage = reached(now); stage !== 'full'; stage = reached(now)) {
        now = done[stage](now)
        if (stages.indexOf(reached(now)) <= stages.indexOf(stage)) expect.fail(JSON.stringify({ ...one, stage }))
      }
    }
  })
})

describe('what does not come in at all', () => {
  const reasons: [string, Partial<Standing>, string][] = [
    ['a closed account', { blocked: true }, 'account-blocked'],
    ['an account that waits', { approval: 'waiting' }, 'account-waits'],
    ['an account that was refused', { approval: 'refused' }, 'account-refused'],
  ]
  it.each(reasons)('%s, by any door', (_, change, code) => {
    for (const audience of audiences)
      for (const door of doors)
        for (const passed of either)
          expect(refusalOf({ ...of(audience), ...change, hasFactor: passed }, door)?.code).toBe(code)
  })

  it('a door that the audience’s rule closes', () => {
    for (const audience of audiences)
      for (const door of doors)
        expect(refusalOf(of(audience), door)?.code).toBe(isOpen(door, of(audience).rule) ? undefined : 'door-closed')
  })

  it('a temporary password whose time is over; the other doors stay open', () => {
    const standing = { ...of('staff'), temporaryPassword: 'expired' } as const
    expect(refusalOf(standing, 'password')?.code).toBe('temporary-password-expired')
    expect(refusalOf(standing, 'passkey')).toBeUndefined()
  })
})
