import type { Form } from '../../../../engine/index.ts'

/** «Раздел 7. Распределение воспитанников по возрасту». */
export function sectionTitle(form: Form, code: string): string {
  if (code === 'title') return 'Титульный лист'
  const section = form.section(code)
  return section ? `Раздел ${section.number || section.code}. ${section.name}` : ''
}
