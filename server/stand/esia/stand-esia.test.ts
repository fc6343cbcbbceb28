/** The stand-in is as strict as what it stands for: what a portal gets wrong is refused as ЕСИА refuses it. */
import { describe, expect, it } from 'vitest'
import { newGostKey, selfSignedCertificate, writePrivateKey } from '../../kernel/signing/index.ts'
import { esiaTimestamp, signerOf } from '../../modules/identity/esia/signer.ts'
import { StandEsia } from './stand-esia.ts'

const key = newGostKey()
const certificate = selfSignedCertificate(key, 'Портал')
const redirect = 'https://kabinet.example/esia/callback'
const esia = new StandEsia({
  url: 'https://esia.example',
  clients: [{ id: 'PORTAL', certificate, redirects: [redirect] }],
})
const state = '6f9619ff-8b86-4011-b42d-00c04fc964ff'

/** A request as the portal makes it; `parts` are signed, `changes` are made afterwards. */
function request(parts: Record<string, string> = {}, changes: Record<string, string> = {}, own = certificate) {
  const signed = {
    clientId: 'PORTAL',
    scope: 'openid fullname',
    timestamp: esiaTimestamp(new Date()),
    state,
    redirectUri: redirect,
    ...parts,
  }
  const secret = signerOf('raw', writePrivateKey(key), certificate).sign(signed)
  return new URLSearchParams({
    client_id: signed.clientId,
    scope: signed.scope,
    timestamp: signed.timestamp,
    state: signed.state,
    redirect_uri: signed.redirectUri,
    response_type: 'code',
    access_type: 'online',
    ...secret,
    ...(own === certificate ? {} : { client_certificate_hash: own }),
    ...changes,
  })
}

describe('an authorization request', () => {
  it('that is right is accepted', () => {
    expect(esia.checkRequest(request())).toMatchObject({ redirectUri: redirect, state })
  })

  it.each([
    ['of an unknown system', request({ clientId: 'STRANGER' }), '007003'],
    ['to a foreign address', request({ redirectUri: 'https://evil.example/' }), '007023'],
    ['an hour old', request({ timestamp: esiaTimestamp(new Date(Date.now() - 3_600_000)) }), '007015'],
    ['an hour ahead', request({ timestamp: esiaTimestamp(new Date(Date.now() + 3_600_000)) }), '007015'],
    ['with a time of another form', request({ timestamp: new Date().toISOString() }), '007003'],
    ['whose state is no UUID', request({ state: 'abc' }), '007003'],
    ['with more asked than was signed', request({}, { scope: 'openid fullname snils' }), '007053'],
    ['with another state than was signed', request({}, { state: state.replace('6f', '7f') }), '007053'],
    ['with the digest of another certificate', request({}, {}, 'A'.repeat(64)), '007053'],
    ['without a signature', request({}, { client_secret: '' }), '007053'],
  ])('%s is refused', (_, query, number) => {
    expect(() => esia.checkRequest(query)).toThrow(`ESIA-${number}`)
  })
})

describe('a code', () => {
  it('is of use once, to its own system, for two minutes', () => {
    let now = new Date()
    const clocked = new StandEsia({
      url: 'https://esia.example',
      clients: [{ id: 'PORTAL', certificate, redirects: [redirect] }],
      now: () => now,
    })
    const codeOf = () => new URL(clocked.choose(request(), 'lugovaya')).searchParams.get('code') ?? ''
    const form = (code: string) => {
      const query = request({ code })
      query.set('code', code)
      query.set('grant_type', 'authorization_code')
      query.set('token_type', 'Bearer')
      return query
    }
    const code = codeOf()
    expect(clocked.exchange(form(code))).toMatchObject({ state, token_type: 'Bearer' })
    expect(() => clocked.exchange(form(code))).toThrow('ESIA-007011')
    const late = codeOf()
    now = new Date(now.getTime() + 130_000)
    expect(() => clocked.exchange(form(late))).toThrow('ESIA-007011')
  })
})
