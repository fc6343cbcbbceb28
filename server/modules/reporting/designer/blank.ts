import type { NewFormDraft } from '../../../../contracts/designer.ts'
import type { Template } from '../../../../engine/index.ts'

/** A form of which only its name is known; the title is the one that most forms have. */
export function blankForm(given: NonNullable<NewFormDraft['blank']>): Template {
  return {
    code: codeOf(given.okud || given.cipher),
    okud: given.okud,
    cipher: given.cipher,
    name: given.name,
    periodicity: given.periodicity,
    formId: '',
    keyField: 'okpo',
    formatVersion: '1.3',
    version: '',
    settings: {},
    title: [
      { field: 'okpo', name: 'Код по ОКПО' },
      { field: 'name', name: 'Наименование организации' },
      { field: 'leader_fio', name: 'Руководитель' },
      { field: 'responsible_fio', name: 'Ответственный за отчёт' },
      { field: 'phone', name: 'Телефон' },
      { field: 'email', name: 'Электронная почта' },
    ],
    sections: [],
    dictionaries: [],
    controls: [],
    notes: [],
  }
}

const letters: Record<string, string> = Object.fromEntries(
  [...'абвгдеёжзийклмнопрстуфхцчшщъыьэюя'].map((letter, index) => [
    letter,
    'a b v g d e e zh z i y k l m n o p r s t u f h ts ch sh sch _ y _ e yu ya'.split(' ')[index] ?? '',
  ]),
)

/** A code that an address and a file's name may hold: «12-ЭК» is "12-ek". */
export const codeOf = (words: string): string =>
  [...words.toLowerCase()]
    .map((sign) => letters[sign] ?? (/[a-z0-9-]/.test(sign) ? sign : '-'))
    .join('')
    .replace(/_/g, '')
    .replace(/-+/g, '-')
    .replace(/^-|-$/g, '') || 'forma'
