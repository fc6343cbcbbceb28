/** Who is in the directory of the tests; fictional, like the stand. */
import { baseDn } from './slapd.ts'

export const people = `ou=people,${baseDn}`
export const groups = `ou=groups,${baseDn}`
export const service = { dn: `cn=kabinet,${baseDn}`, password: 'Sluzhba-Kataloga-1' }
export const domainPassword = 'Rabochiy-Stol-7'

type Person = { uid: string; surname: string; name: string; mail?: string; password?: string }

export const personEntry = ({ uid, surname, name, mail, password = domainPassword }: Person): string =>
  [
    `dn: uid=${uid},${people}`,
    'objectClass: inetOrgPerson',
    `uid: ${uid}`,
    `cn: ${surname} ${name}`,
    `sn: ${surname}`,
    `givenName: ${name}`,
    ...(mail ? [`mail: ${mail}`] : []),
    'title: главный специалист управления цифрового развития',
    'telephoneNumber: +7 914 000-11-22',
    `userPassword: ${password}`,
  ].join('\n')

export const groupEntry = (cn: string, members: string[]): string =>
  [
    `dn: cn=${cn},${groups}`,
    'objectClass: groupOfNames',
    `cn: ${cn}`,
    ...members.map((uid) => `member: uid=${uid},${people}`),
  ].join('\n')

const unit = (dn: string, ou: string) => `dn: ${dn}\nobjectClass: organizationalUnit\nou: ${ou}`

export const directoryContent = (entries: string[]): string =>
  [
    unit(people, 'people'),
    unit(groups, 'groups'),
    `dn: ${service.dn}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: kabinet\nuserPassword: ${service.password}`,
    ...entries,
  ].join('\n\n')
