import { type ReportProblem, titleKey } from '../../../contracts/reporting.ts'
import { type Form, parseAddress } from '../../../engine/index.ts'

/** «Раздел 7, строка 701, графа 3»; an item of the title page by its name. */
export function placeText(form: Form, address: string): string {
  const item = form.template.title.find(({ field }) => titleKey(field) === address)
  if (item) return `Титульный лист: ${item.name}`
  const place = parseAddress(address)
  if (!place) return address
  const row = place.instance === undefined ? place.row : `${place.row} (${place.instance}-я)`
  return `Раздел ${place.section}, строка ${row}, графа ${place.column}`
}

/** Section of an address: 'title' or its code. */
export const sectionOf = (address: string): string => address.slice(0, address.indexOf('/'))

/** Where a problem leads; one without cells leads to its section. */
export const placeOfProblem = (form: Form, { cells, section }: Pick<ReportProblem, 'cells' | 'section'>): string =>
  cells[0] ? placeText(form, cells[0]) : section ? `Раздел ${section}` : 'Отчёт'

export const sectionTitle = (form: Form, code: string): string => {
  if (code === 'title') return 'Титульный лист'
  const section = form.section(code)
  return section ? `Раздел ${section.number || section.code}. ${section.name}` : ''
}
