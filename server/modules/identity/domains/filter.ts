/** Search filters of LDAP with a person's words in them. */

/** What would be syntax becomes `\HH` (RFC 4515, section 3): the typed stays a value, whatever it is. */
const escapeValue = (value: string): string =>
  value.replace(/[\\*()\0]/g, (sign) => `\\${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)

/** `(uid={user})` → the filter with the values in place of their names. One pass: a value that looks like a name stays. */
export const filterOf = (template: string, values: Record<string, string>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    return value === undefined ? whole : escapeValue(value)
  })

/** Distinguished names written differently are the same (RFC 4514): case, spaces about signs, escapes. */
export const sameDn = (one: string, other: string): boolean => plainDn(one) === plainDn(other)

const plainDn = (dn: string): string =>
  dn
    .normalize('NFKC')
    .replace(/(?:\\[0-9a-f]{2})+/gi, (bytes) =>
      Buffer.from(bytes.replaceAll('\\', ''), 'hex').toString('utf8').replace(/[,+=]/g, '\\$&'),
    )
    .split(/(?<!\\)([,+=])/)
    .map((part) => part.trim().replace(/\s+/g, ' ').toLowerCase())
    .join('')
