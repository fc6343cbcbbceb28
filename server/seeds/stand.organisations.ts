/**
 * Organisations of the stand's fictional region. Its code, 00, is no region's, so the numbers, though their check
 * digits agree, are nobody's.
 */
import type { NewOrganisation } from '../../contracts/organisations.ts'
import { type Reading, readOgrn, readOkpo, readOrganisationInn } from '../../contracts/requisites.ts'
import type { Tx } from '../kernel/db/index.ts'
import { grantRole, lend } from '../modules/identity/index.ts'
import { attachMember, createOrganisation, insertRegions } from '../modules/organisations/index.ts'
import { standAccounts } from './stand.people.ts'

export const standRegion = { code: '00', name: 'Светлореченская область' }
/** A neighbour without organisations of its own yet: an operator of both switches between them. */
const neighbourRegion = { code: '000', name: 'Белогорская область' }
export const standRegions = [standRegion, neighbourRegion]

type StandOrganisation = Pick<
  NewOrganisation,
  | 'level'
  | 'kind'
  | 'legalForm'
  | 'shortName'
  | 'fullName'
  | 'address'
  | 'phone'
  | 'email'
  | 'site'
  | 'headName'
  | 'headPosition'
> & { key: string; higher: string | null }

const authority = { kind: 'authority', site: null } as const
const kindergarten = { level: 'institution', kind: 'preschool', legalForm: 'municipal' } as const

/** A higher organisation stands before those below it. */
export const standOrganisations: readonly StandOrganisation[] = [
  {
    ...authority,
    key: 'ministry',
    higher: null,
    level: 'region',
    legalForm: 'state',
    shortName: 'Министерство образования Светлореченской области',
    fullName: 'Министерство образования и молодёжной политики Светлореченской области',
    address: '639000, Светлореченская область, г. Светлореченск, пл. Соборная, д. 1',
    phone: '+70001000100',
    email: 'priemnaya@svetlorechye.example',
    headName: 'Благовещенский Константин Эдуардович',
    headPosition: 'министр',
  },
  {
    ...authority,
    key: 'verhneozersk',
    higher: 'ministry',
    level: 'municipality',
    legalForm: 'municipal',
    shortName: 'Управление образования администрации Верхнеозёрского муниципального района',
    fullName: 'Управление образования администрации Верхнеозёрского муниципального района Светлореченской области',
    address: '639110, Светлореченская область, г. Верхнеозёрск, ул. Набережная, д. 12',
    phone: '+70001020010',
    email: 'uo@verhneozersk.example',
    headName: 'Мстиславская Людмила Аркадьевна',
    headPosition: 'начальник управления',
  },
  {
    ...authority,
    key: 'zarechye',
    higher: 'ministry',
    level: 'municipality',
    legalForm: 'municipal',
    shortName: 'Комитет образования Заречного городского округа',
    fullName: 'Комитет образования администрации Заречного городского округа Светлореченской области',
    address: '639210, Светлореченская область, г. Заречный, пр. Мира, д. 3',
    phone: '+70001030010',
    email: 'uo@zarechye.example',
    headName: 'Никольский Всеволод Рудольфович',
    headPosition: 'председатель комитета',
  },
  {
    ...kindergarten,
    key: 'romashka',
    higher: 'verhneozersk',
    shortName: 'МБДОУ «Детский сад комбинированного вида № 14 „Ромашка“»',
    fullName:
      'Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад комбинированного вида № 14 „Ромашка“» Верхнеозёрского муниципального района Светлореченской области',
    address: '639114, Светлореченская область, с. Большое Старомельничное, ул. Красных Партизан, д. 7а',
    phone: '+70001021414',
    email: 'ds14@verhneozersk.example',
    site: 'https://ds14.verhneozersk.example',
    headName: 'Шаховская-Мирошниченко Екатерина Александровна',
    headPosition: 'заведующий',
  },
  {
    ...kindergarten,
    key: 'zhuravushka',
    higher: 'verhneozersk',
    shortName: 'МБДОУ «Детский сад общеразвивающего вида № 21 „Журавушка“»',
    fullName:
      'Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад общеразвивающего вида № 21 „Журавушка“» Верхнеозёрского муниципального района Светлореченской области',
    address: '639110, Светлореченская область, г. Верхнеозёрск, ул. Садовая, д. 21',
    phone: '+70001022121',
    email: 'ds21@verhneozersk.example',
    site: null,
    headName: 'Подгорецкая Нина Всеволодовна',
    headPosition: 'заведующий',
  },
  {
    ...kindergarten,
    key: 'zhavoronok',
    higher: 'verhneozersk',
    shortName: 'МАДОУ «Центр развития ребёнка — детский сад № 3 „Жаворонок“»',
    fullName:
      'Муниципальное автономное дошкольное образовательное учреждение «Центр развития ребёнка — детский сад № 3 „Жаворонок“» Верхнеозёрского муниципального района Светлореченской области',
    address: '639110, Светлореченская область, г. Верхнеозёрск, ул. Академика Рождественского, д. 40, корп. 2',
    phone: '+70001020303',
    email: 'ds3@verhneozersk.example',
    site: 'https://ds3.verhneozersk.example',
    headName: 'Введенская Изольда Марковна',
    headPosition: 'директор',
  },
  {
    ...kindergarten,
    key: 'ryabinushka',
    higher: 'verhneozersk',
    shortName: 'МБДОУ «Детский сад № 8 „Рябинушка“»',
    fullName:
      'Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад № 8 „Рябинушка“» Верхнеозёрского муниципального района Светлореченской области',
    address: '639121, Светлореченская область, пос. Кедровый Лог, ул. Лесная, д. 5',
    phone: '+70001020808',
    email: 'ds8@verhneozersk.example',
    site: null,
    headName: 'Крестовоздвиженская Таисия Филипповна',
    headPosition: 'заведующий',
  },
  {
    ...kindergarten,
    key: 'solnyshko',
    higher: 'zarechye',
    shortName: 'МБДОУ «Детский сад № 2 „Солнышко“»',
    fullName:
      'Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад № 2 „Солнышко“» Заречного городского округа Светлореченской области',
    address: '639211, Светлореченская область, г. Заречный, ул. Строителей, д. 18',
    phone: '+70001030202',
    email: 'ds2@zarechye.example',
    site: null,
    headName: 'Архангельская Валентина Ипполитовна',
    headPosition: 'заведующий',
  },
  {
    ...kindergarten,
    key: 'rodnichok',
    higher: 'zarechye',
    shortName: 'МБДОУ «Детский сад присмотра и оздоровления № 6 „Родничок“»',
    fullName:
      'Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад присмотра и оздоровления № 6 „Родничок“» Заречного городского округа Светлореченской области',
    address: '639214, Светлореченская область, с. Малые Ключи, ул. Центральная, д. 1',
    phone: '+70001030606',
    email: 'ds6@zarechye.example',
    site: null,
    headName: 'Зосимовский Герман Аполлонович',
    headPosition: 'заведующий',
  },
]

const planter = { requestId: 'stand' }

/** Makes the region and its organisations. Returns their ids by key. */
export async function plantOrganisations(tx: Tx): Promise<ReadonlyMap<string, string>> {
  await insertRegions(tx, standRegions)
  const ids = new Map<string, string>()
  for (const [index, { key, higher, ...organisation }] of standOrganisations.entries()) {
    const requisites = requisitesOf(index + 1)
    const parentId = higher === null ? null : idOf(ids, higher)
    ids.set(
      key,
      await createOrganisation(tx, planter, {
        ...organisation,
        ...requisites,
        ...moreOf(organisation),
        parentId,
        regionCode: standRegion.code,
      }),
    )
  }
  return ids
}

/** Attaches the stand's people to their organisations and gives them the roles that they hold over more than one. */
export async function plantMemberships(
  tx: Tx,
  accounts: ReadonlyMap<string, string>,
  organisations: ReadonlyMap<string, string>,
): Promise<void> {
  for (const { key, role, organisation, bothRegions, helps } of standAccounts) {
    const accountId = idOf(accounts, key)
    const organisationId = organisation === undefined ? undefined : idOf(organisations, organisation)
    switch (role) {
      case 'administrator':
      case 'coordinator':
      case 'auditor':
        await grantRole(tx, planter, accountId, { role, scope: 'everywhere' })
        break
      case 'region-operator':
        for (const { code } of bothRegions ? [standRegion, neighbourRegion] : [standRegion])
          await grantRole(tx, planter, accountId, { role, scope: 'region', region: code })
        if (organisationId) await attach(tx, accountId, organisationId, 'supervisor')
        break
      case 'supervisor':
        if (!organisationId) throw new Error(`The supervisor ${key} has no organisation`)
        await grantRole(tx, planter, accountId, { role, scope: 'subtree', organisationId })
        await attach(tx, accountId, organisationId, role)
        break
      case 'responsible':
      case 'member':
        if (organisationId) await attach(tx, accountId, organisationId, role)
        break
      case 'visitor':
        break
      case 'helper': {
        if (!helps) throw new Error(`The helper ${key} has no operator`)
        const { operator, permissions } = helps
        const grant = { role, scope: 'region', region: standRegion.code, permissions } as const
        await lend(tx, planter, idOf(accounts, operator), accountId, [grant])
        break
      }
      case 'municipal-officer':
      case 'education-manager':
      case 'support-agent':
      case 'support-manager':
        throw new Error(`The stand does not know yet how to plant the role ${role}`)
    }
  }
}

const attach = (tx: Tx, accountId: string, organisationId: string, role: 'responsible' | 'member' | 'supervisor') =>
  attachMember(tx, planter, { accountId, organisationId, role, startsOn: '2024-09-01', endsOn: null })

/** Of one of the organisations above. */
export const standOgrn = (key: string): string =>
  requisitesOf(standOrganisations.findIndex((organisation) => organisation.key === key) + 1).ogrn

/** What an institution is by law, where it stands and what it does, told by what is said of it already. */
function moreOf({ kind, fullName, address }: Pick<StandOrganisation, 'kind' | 'fullName' | 'address'>) {
  const isKindergarten = kind === 'preschool'
  return {
    legalStanding: fullName.includes('автономное') ? 'autonomous' : isKindergarten ? 'budget' : 'treasury',
    settlement: /, (?:с|пос)\. /.test(address) ? 'village' : 'city',
    okved: isKindergarten ? '85.11' : '84.11.3',
    okvedAdditional: isKindergarten ? ['85.41', '88.91'] : [],
    kpp: null,
    oktmo: null,
  } as const satisfies Partial<NewOrganisation>
}

function requisitesOf(number: number): Pick<NewOrganisation, 'inn' | 'ogrn' | 'okpo'> {
  const serial = String(number)
  return {
    inn: withCheckDigit(`0014${serial.padStart(5, '0')}`, readOrganisationInn),
    ogrn: withCheckDigit(`10200${serial.padStart(7, '0')}`, readOgrn),
    okpo: withCheckDigit(`4812${serial.padStart(3, '0')}`, readOkpo),
  }
}

/** The body of a number with the one digit after it that its reader accepts. */
function withCheckDigit(body: string, read: (typed: string) => Reading): string {
  for (let digit = 0; digit <= 9; digit += 1) {
    const { value } = read(`${body}${digit}`)
    if (value !== undefined) return value
  }
  throw new Error(`No check digit agrees with ${body}`)
}

function idOf(ids: ReadonlyMap<string, string>, key: string): string {
  const id = ids.get(key)
  if (id === undefined) throw new Error(`The stand has no ${key}`)
  return id
}
