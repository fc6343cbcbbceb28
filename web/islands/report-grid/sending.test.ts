import { describe, expect, it } from 'vitest'
import { answerOf } from './sending.ts'

const reply = (status: number, code = '', retryAfter: string | null = null) =>
  answerOf({ status, code, title: 'Почему', retryAfter })

describe('an answer that saved nothing', () => {
  it('that never came is waited for', () => expect(reply(0)).toMatchObject({ kind: 'again' }))
  it('of a busy server says how long to wait', () =>
    expect(reply(503, 'busy', '5')).toEqual({ kind: 'again', afterMs: 5000 }))
  it('of an ended session waits for the person', () => expect(reply(401)).toEqual({ kind: 'signed-out' }))
  it('of a report sent meanwhile stops', () =>
    expect(reply(409, 'report.not-open')).toEqual({ kind: 'stopped', text: 'Почему' }))
  it('of a right taken away stops', () => expect(reply(403, 'forbidden')).toMatchObject({ kind: 'stopped' }))
  it('of a call that still runs is tried again', () =>
    expect(reply(409, 'already-running')).toMatchObject({ kind: 'again' }))
  it('of a key used for something else takes another key', () =>
    expect(reply(422, 'key-reused')).toEqual({ kind: 'new-key' }))
})
