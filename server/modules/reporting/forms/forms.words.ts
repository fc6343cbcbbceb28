import type { FormDifference, FormVersion } from '../../../../contracts/forms.ts'
import { formatDate } from '../../../../web/kit/index.ts'

export const formAddress = (code: string): string => `/forms/${encodeURIComponent(code)}`
export const versionAddress = (code: string, number: number): string => `${formAddress(code)}?version=${number}`

export function periodicityOf(kind: string): string {
  switch (kind) {
    case '1':
      return 'годовая'
    case '2':
      return 'полугодовая'
    case '4':
      return 'квартальная'
    case '12':
      return 'месячная'
    default:
      return `${kind} раз в год`
  }
}

const day = (text: string): string => formatDate(`${text}T12:00:00Z`, 'UTC')

/** «с 01.01.2026 по 31.12.2026», «без срока». */
export function validityOf({ validFrom, validTo }: Pick<FormVersion, 'validFrom' | 'validTo'>): string {
  const words = [validFrom && `с ${day(validFrom)}`, validTo && `по ${day(validTo)}`].filter(Boolean)
  return words.join(' ') || 'без срока'
}

export const kindTitles: Record<FormDifference['kind'], string> = {
  head: 'Титул и сведения о форме',
  section: 'Разделы',
  row: 'Строки',
  column: 'Графы',
  cell: 'Ячейки',
  control: 'Контроли',
  dictionary: 'Справочники',
  extension: 'Подтягивание, свод, приёмка',
}
