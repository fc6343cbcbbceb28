/** Newcomers of the tests: fictional people whose registrations differ in login and address. */
import type { World } from './world.ts'

let made = 0

export type Newcomer = ReturnType<typeof newcomer>

export function newcomer(changes: Record<string, unknown> = {}) {
  made += 1
  return {
    surname: 'Ключевская',
    name: 'Варвара',
    patronymic: 'Лукинична',
    position: 'методист',
    email: `novaya${made}@verhneozersk.example`,
    userName: `novaya-${made}`,
    password: 'Tihaya-Reka-7',
    consent: true,
    ...changes,
  }
}

/** Registers and follows the link of the letter. */
export async function activated(world: World, changes: Record<string, unknown> = {}) {
  const person = newcomer(changes)
  const reply = await world.visitor().post('/registrations', person)
  if (reply.status !== 202) throw new Error(JSON.stringify(reply.body))
  const confirmed = await world.visitor().put('/activations', { token: await tokenTo(world, person.email) })
  if (confirmed.status !== 204) throw new Error(JSON.stringify(confirmed.body))
  return person
}

export async function lastLetterTo(world: World, address: string) {
  await world.settle()
  const letter = (await world.lettersTo(address)).at(-1)
  if (!letter) throw new Error(`No letter to ${address}`)
  return letter
}

/** The token of the last letter's link. */
export async function tokenTo(world: World, address: string): Promise<string> {
  const { links } = await lastLetterTo(world, address)
  return new URL(links.at(-1) ?? '').searchParams.get('token') ?? ''
}

export const signIn = (world: World, login: string, password: string) =>
  world.visitor().post('/session', { login, password })

/** What a page says: its words without markup, and with common spaces. */
export const wordsOf = ({ html }: { html: string }): string =>
  html
    .replace(/<svg hidden>.*?<\/svg>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\s\u00a0\u202f]+/g, ' ')
