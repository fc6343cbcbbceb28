/** Coming in through «Госуслуги»: who, and who does not. The stand-in ЕСИА answers in the same process. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { PageClient, PageReply } from '../../../../test/support/clients.ts'
import { wordsOf } from '../../../../test/support/newcomers.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

/** To the page of ЕСИА; its request, as its form holds it. */
export async function atEsia(client: PageClient, start = '/esia/sign-in'): Promise<string> {
  const { location } = await client.get(start)
  return new URL(location ?? '').search.slice(1)
}

/** Chooses a person there and comes back; the answer of the portal. */
async function comeAs(client: PageClient, person: string, start?: string): Promise<PageReply> {
  const request = await atEsia(client, start)
  const reply = await client.submit(
    '/_stand/esia/person',
    { request, person },
    `/_stand/esia/aas/oauth2/v2/ac?${request}`,
  )
  return client.get(pathOf(reply))
}

const pathOf = ({ location }: PageReply): string => {
  const { pathname, search } = new URL(location ?? '', 'http://localhost')
  return pathname + search
}

describe('a citizen', () => {
  it('gets an account at the first sign-in, and the same one at the next', async () => {
    const client = world.page()
    const reply = await comeAs(client, 'lugovaya')
    expect(reply).toMatchObject({ status: 303, location: '/sign-in/consent?next=%2Fcabinet' })
  })
})
