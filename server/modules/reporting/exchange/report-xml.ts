/** A report as Росстат's XML, out and in. */

import { titleKey } from '../../../../contracts/reporting.ts'
import { reportPeriod, reportValues } from '../../../../engine/index.ts'
import { readReport, writeReport } from '../../../../engine/xml.ts'
import type { OpenReport } from '../reports/sheets.ts'
import { FileUnreadable } from './exchange.errors.ts'
import { fileTexts } from './exchange.phrases.ts'
import { type GivenFile, mostGivenCells } from './given.ts'

const twoDigits = (number: number): string => String(number).padStart(2, '0')

/** With what is computed: whoever takes the file checks it as it is. */
export function reportXmlFile({ form, sheet, title, period }: OpenReport): string {
  const items = form.template.title.flatMap(({ field }) => {
    const value = title[titleKey(field)]
    return value ? [[field, value] as const] : []
  })
  return writeReport(
    form,
    { ...sheet.values(), ...sheet.computedValues() },
    {
      year: period.year,
      period: `${twoDigits(period.kind)}${twoDigits(period.number)}`,
      title: Object.fromEntries(items),
    },
  )
}

/** @throws FileUnreadable 422 when it is no report's file, or one of another form or period */
export function readReportXml(bytes: Uint8Array, { form, period }: OpenReport): GivenFile {
  const reading = readReport(bytes)
  if (!reading.ok)
    throw new FileUnreadable({ text: `Файл не прочитан, строка ${reading.problem.line}: ${reading.problem.text}` })
  const { report } = reading
  const { code, okud } = form.template
  if (report.code && report.code !== code && report.code !== okud)
    throw new FileUnreadable({ text: fileTexts.otherForm(report.code, code) })
  const own = reportPeriod(form, report)
  if (!own || own.year !== period.year || own.kind !== period.kind || own.number !== period.number)
    throw new FileUnreadable({ text: fileTexts.otherPeriod })
  const cells = reportValues(form, report)
  for (const [field, value] of Object.entries(report.title))
    if (form.template.title.some((item) => item.field.toLowerCase() === field)) cells[titleKey(field)] = value
  if (Object.keys(cells).length > mostGivenCells) throw new FileUnreadable({ text: fileTexts.tooMany })
  return { format: 'xml', cells, refused: [] }
}
