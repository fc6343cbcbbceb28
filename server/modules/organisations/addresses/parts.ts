/** Parts of an address that was typed as one line: what stands in front of a name tells what it is. */
import type { AddressPart, AddressParts } from '../../../../contracts/addresses.ts'

const settlements = 'г|город|с|село|пос|посёлок|поселок|пгт|рп|д|дер|деревня|ст-ца|станица|х|хутор|аул|мкр'
const streets =
  'ул|улица|пр|пр-т|просп|проспект|пер|переулок|пл|площадь|б-р|бульвар|наб|набережная|ш|шоссе|проезд|тракт|туп|аллея'

const rules: readonly [AddressPart, RegExp][] = [
  ['postalCode', /^\d{6}$/],
  ['region', /(^|\s)(область|обл\.?|край|республика|респ\.?|автономный округ|ао)(\s|$)/i],
  ['district', /(^|\s)(район|р-н|м\.\s?р-н|округ|г\.о\.)(\s|$)/i],
  ['flat', /^(кв|квартира|пом|помещение|оф|офис|каб|комн)\.?\s*\S+$/i],
  // «д. 5» is a house, «д. Сосновка» a village: what follows the letter decides.
  ['house', /^((д|дом|зд|здание|вл|влд|корп|к|корпус|стр|строение|лит)\.?\s*)?\d+\s?\p{L}?(\/\d+\p{L}?)?(\s.*)?$/iu],
  ['street', new RegExp(`(^(${streets})[.\\s]|\\s(${streets})\\.?$)`, 'i')],
  ['settlement', new RegExp(`(^(${settlements})[.\\s]|\\s(${settlements})\\.?$)`, 'i')],
]

/** What is not recognised is left out: the text keeps it. */
export function partsOf(text: string): AddressParts {
  const parts: AddressParts = {}
  for (const piece of text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)) {
    const [name] =
      rules.find(([part, rule]) => rule.test(piece) && (parts[part] === undefined || part === 'house')) ?? []
    if (name) parts[name] = parts[name] ? `${parts[name]}, ${piece}` : piece
  }
  return parts
}

/** One line, from the widest part to the narrowest. */
export const lineOf = ({ postalCode, region, district, settlement, street, house, flat }: AddressParts): string =>
  [postalCode, region, district, settlement, street, house, flat].filter(Boolean).join(', ')

/** Case, ё, dots and spaces do not tell one address from another. */
export const plainAddress = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[\s.,«»"]+/gu, ' ')
    .trim()

/** What an address is compared by; empty when it does not come down to a house. */
export const keyOf = ({ settlement, street, house }: AddressParts): string =>
  settlement && house ? [settlement, street ?? '', house].map(plainAddress).join('|') : ''
