import type { DirectoryRefusal } from './domains.phrases.ts'

/**
 * Active Directory answers a refused bind with 49 and a code of its own in the text: «… AcceptSecurityContext error,
 * data 532, v4563». Those below it gives only for the right password; 525 (no such user), 52e (wrong password) and 775
 * (locked), which it gives for any password, must not be told apart.
 */
const refusals: Record<string, DirectoryRefusal> = {
  '530': 'wrong-hours',
  '531': 'wrong-place',
  '532': 'password-expired',
  '533': 'disabled',
  '701': 'expired',
  '773': 'must-change',
}

/** Undefined when nothing more than «wrong» may be said. */
export function refusalIn(diagnosticMessage: string): DirectoryRefusal | undefined {
  const code = /\bdata\s+([0-9a-f]+)\b/i.exec(diagnosticMessage)?.[1]?.toLowerCase()
  return code === undefined ? undefined : refusals[code]
}
