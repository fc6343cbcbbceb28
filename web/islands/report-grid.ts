/**
 * The grid of a report: takes over the table that the server has drawn. Without this script the section is a plain form
 * with the same fields; with it white cells follow each key, blocks are pasted, and everything saves itself.
 */
import type { ReportData } from '../../contracts/reporting.ts'
import type { Template } from '../../engine/index.ts'
import { openReport } from './report-grid/report.ts'

const block = document.getElementById('report-data')
const table = document.getElementById('grid')

if (block && table instanceof HTMLTableElement) {
  const data: ReportData<Template> = JSON.parse(block.textContent ?? '')
  openReport(data, table)
}
