/** An organisation put together of its fields: one value with everything, or each part by itself. */
import type { FoundField } from './fields.ts'
import type { Field } from './labels.ts'
import { districtIn, kindOf, type OrganisationName, organisationIn } from './organisations.ts'

export type SureOrganisation = OrganisationName & { sure: boolean; sureOfDistrict: boolean }

/** @param signature where an organisation that no field names is looked for, unsurely */
export function organisationFrom(found: readonly FoundField[], signature: string, text: string): SureOrganisation {
  const told = (field: Field, labelled = true): string | undefined =>
    found.find((each) => each.field === field && each.labelled === labelled && each.value.trim() !== '')?.value
  const both = told('shortAndFull')
  const one = both ?? told('organisation')
  const fromOne = organisationIn(one ?? '', both !== undefined)
  const short = clean(told('short')) ?? fromOne.short
  const full = clean(told('full')) ?? fromOne.full
  const parted = told('full') ? organisationIn(told('full') ?? '', false) : undefined
  const name = one ?? told('full') ?? told('short')
  const district = districtOf(told('district'), [name, told('full')])
  if (name)
    return {
      short,
      full: parted?.full ?? parted?.short ?? full,
      ...district,
      sure: kindOf(name) !== undefined && kindOf(name) !== 'foreign' && name.length < 400,
    }
  const guessed = told('organisation', false) ?? organisationOfText(signature) ?? organisationOfText(text)
  const read = organisationIn(guessed ?? '', false)
  return { ...read, ...districtOf(told('district'), [guessed]), sure: false, sureOfDistrict: false }
}

function districtOf(
  told: string | undefined,
  names: readonly (string | undefined)[],
): { district: string | null; sureOfDistrict: boolean } {
  if (told) {
    const flat = told
      .replace(/\s+/g, ' ')
      .replace(/[\s.,;]+$/, '')
      .trim()
    const read = flat.split(/[,/]/).length === 1 ? districtIn(flat) : null
    return { district: read?.value ?? flat, sureOfDistrict: flat.length < 80 }
  }
  const found = names.map((name) => (name ? districtIn(name) : null)).find((each) => each !== null)
  return { district: found?.value ?? null, sureOfDistrict: found?.sure ?? false }
}

const clean = (value: string | undefined): string | null => {
  const bare =
    value
      ?.replace(/\s+/g, ' ')
      .replace(/[\s.,;]+$/, '')
      .trim() ?? ''
  return bare === '' ? null : bare
}

const inText =
  /((?:МАОУ|МБОУ|МКОУ|МАДОУ|МБДОУ|МАУ|МБУ|ГАУЗ|ГБУЗ|ГАПОУ|ГБПОУ|ГКУ|ГАУ|ГБУ|МКУ)\s[^,;:.\n]{3,120}|(?:Администраци[яи]|Департамент[ау]?|Управлени[еяю]|Комитет[ау]?|Министерств[оау]|Инспекци[яи]|Служб[аы])\s[^,;:.\n]{5,140})/u

const organisationOfText = (text: string): string | undefined => inText.exec(text)?.[1]?.trim()
