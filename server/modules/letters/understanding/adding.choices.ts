/** Details of an organisation that are chosen from a few: by the words in which people tell them. */
import type {
  LegalForm,
  LegalStanding,
  OrganisationKind,
  OrganisationLevel,
  Settlement,
} from '../../../../contracts/organisations.ts'
import type { DetailName } from './adding.labels.ts'

type Choices = {
  settlement: Settlement
  kind: OrganisationKind
  legalForm: LegalForm
  legalStanding: LegalStanding
  level: OrganisationLevel
}
type Rules = { [name in keyof Choices]: readonly (readonly [Choices[name], RegExp])[] }

/** The first that fits: «негосударственная» holds «государственная». */
const rules: Rules = {
  settlement: [
    ['village', /сел[оа]|деревн|пос[её]л|станиц|хутор|аул/i],
    ['city', /город|(^|\s)г\./i],
  ],
  kind: [
    ['authority', /орган\s+управлени|управлени\p{L}*\s+образовани|департамент|министерств|комитет/iu],
    ['preschool', /дошкольн|детск\p{L}+\s+сад|доу(?!\p{L})/iu],
    ['advanced', /дополнительн\p{L}+\s+профессиональн|повышени\p{L}+\s+квалификац/iu],
    ['additional', /дополнительн\p{L}+\s+образовани|творчеств|юных|спортивн\p{L}+\s+школ|школ\p{L}+\s+искусств/iu],
    ['vocational', /профессиональн|колледж|техникум|училищ/iu],
    ['school', /общеобразоват|школ|гимнази|лице[йя]/iu],
  ],
  legalForm: [
    ['private', /негосударств|частн|автономн\p{L}+\s+некоммерч|(^|\s)(ано|ооо|чоу|ноу)(?!\p{L})/iu],
    ['municipal', /муницип/i],
    ['state', /государств|областн|краев|республиканск/i],
  ],
  legalStanding: [
    ['autonomous', /автономн\p{L}+(?!\s+(некоммерч|округ|област))/iu],
    ['budget', /бюджетн/i],
    ['treasury', /казенн|казённ/i],
  ],
  level: [
    ['branch', /филиал/i],
    ['division', /обособленн|подразделени/i],
    ['institution', /самостоятельн|юридическ\p{L}+ лиц|головн/iu],
    ['municipality', /муниципальн/i],
    ['region', /региональн/i],
  ],
}

/** What the words choose; undefined when they choose nothing. */
export const choiceOf = (name: keyof Choices, words: string): string | undefined =>
  rules[name].find(([, pattern]) => pattern.test(words))?.[0]

type Details = { [name in DetailName]?: string }

/** «Муниципальное бюджетное дошкольное…» tells its form, standing and kind by its name, the address tells the rest. */
export function guessedFrom({ fullName = '', shortName = '', address = '' }: Details): [DetailName, string][] {
  const name = `${fullName} ${shortName}`
  const guesses = [
    ['kind', choiceOf('kind', name)],
    ['legalForm', choiceOf('legalForm', fullName)],
    ['legalStanding', choiceOf('legalStanding', fullName)],
    ['level', /филиал/i.test(name) ? 'branch' : fullName ? 'institution' : undefined],
    ['settlement', placeOf(address)],
    ['shortName', shortNameIn(fullName)],
  ] as const
  return guesses.flatMap(([field, value]): [DetailName, string][] => (value ? [[field, value]] : []))
}

const placeOf = (address: string): Settlement | undefined => {
  if (/(^|[\s,])(с\.|село|дер\.|д\.\s?\p{Lu}|деревня|пос\.|п\.|пос[её]лок)\s*\p{L}/iu.test(address)) return 'village'
  return /(^|[\s,])(г\.|город|гор\.)\s*\p{L}/iu.test(address) ? 'city' : undefined
}

/** «Полное наименование (МБОУ „Школа № 3“)». */
const shortNameIn = (fullName: string): string | undefined =>
  /\(\s*(?:далее\s*[-–—]?\s*)?([МГЧНАО]\p{Lu}{1,6}\s[^()]{3,120})\)\s*$/u.exec(fullName)?.[1]?.trim()
