/** People of the tests whose accounts were opened for them, in whatever state a test is about. */

import { consentVersion } from '../../contracts/identity.ts'
import { transaction } from '../../server/kernel/db/index.ts'
import { hashPassword, insertConsent, type NewPerson, openAccount } from '../../server/modules/identity/index.ts'
import type { World } from './world.ts'

let made = 0

export const personsPassword = 'Tihaya-Reka-7'

/** One who has gone through every step, unless `changes` say otherwise. */
export async function personOf(
  world: World,
  { consented = true, ...changes }: Partial<NewPerson> & { consented?: boolean } = {},
) {
  made += 1
  const person: NewPerson = {
    surname: 'Ключевская',
    name: 'Варвара',
    patronymic: 'Лукинична',
    position: 'методист',
    email: `otkryta${made}@verhneozersk.example`,
    emailConfirmed: true,
    phone: `+7912555${String(made).padStart(4, '0')}`,
    phoneConfirmed: true,
    passwordHash: await hashPassword(personsPassword),
    snils: '11223344595',
    ...changes,
  }
  const id = await transaction(world, async (tx) => {
    const opened = await openAccount(tx, { requestId: 'test' }, person)
    if (consented) await insertConsent(tx, opened, consentVersion)
    return opened
  })
  return { ...person, id, phone: person.phone ?? '' }
}

export const codeIn = (text: string): string => /\b\d{6}\b/.exec(text)?.[0] ?? ''
