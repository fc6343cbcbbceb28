/** `forms`: says what is wrong with forms or reports without any server; publishes forms and writes them out. */
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { FormProblem } from '../../contracts/forms.ts'
import {
  checkReport,
  checkTemplate,
  compileForm,
  type Form,
  formKey,
  type OtherForms,
  type Problem,
  type Template,
  type TemplateProblem,
} from '../../engine/index.ts'
import { readReport } from '../../engine/xml.ts'
import { withDatabase } from '../kernel/postgres/with-database.ts'
import { readSettings } from '../kernel/settings.ts'
import {
  examined,
  type FormFormat,
  formAsFile,
  formatOf,
  publishFromFile,
  templateText,
} from '../modules/reporting/index.ts'

const usage = `Формы статистических отчётов как файлы: шаблон Росстата (XML) или форма YAML.

  forms check ФАЙЛ…                                        что не так с формами, «файл:строка: что»
  forms check ШАБЛОН.xml ОТЧЁТ.xml                         что не так с отчётом
  forms check ШАБЛОН.xml ОТЧЁТ.xml --previous ПРЕЖНИЙ.xml  с отчётом за прошлый период
  forms import ФАЙЛ                                        опубликовать форму в этой установке
  forms export КОД [--version N] [--yaml|--xml]            вывести форму; без указания — как опубликована

  --json   при проверке: по одной строке JSON на каждое замечание

Код завершения: 0 — ошибок нет (предупреждения возможны), 1 — есть ошибки, 2 — команда записана неверно.`

type Request =
  | { command: 'check'; files: string[]; previous?: string; json: boolean }
  | { command: 'import'; file: string }
  | { command: 'export'; code: string; version?: number; format?: FormFormat }

/** Returns the exit code: 0 no errors, 1 errors or an unreadable file, 2 wrong arguments. */
export async function run(args: string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage)
    return 0
  }
  const request = requestOf(args)
  if (!request) {
    console.error(usage)
    return 2
  }
  try {
    return await carryOut(request)
  } catch (problem) {
    if (!(problem instanceof FileRefused)) throw problem
    console.error(problem.message)
    return 1
  }
}

function carryOut(request: Request): Promise<number> {
  switch (request.command) {
    case 'check':
      return check(request)
    case 'import':
      return importForm(request.file)
    case 'export':
      return exportForm(request)
  }
}

function requestOf(args: string[]): Request | undefined {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        previous: { type: 'string' },
        version: { type: 'string' },
        yaml: { type: 'boolean', default: false },
        xml: { type: 'boolean', default: false },
      },
    })
    const [command, first, ...rest] = positionals
    if (first === undefined) return undefined
    const { json, previous, version, yaml, xml } = values
    if (command === 'check') {
      const isPlain = version === undefined && !yaml && !xml
      return isPlain && (previous === undefined || rest.length === 1)
        ? { command, files: [first, ...rest], previous, json }
        : undefined
    }
    if (rest.length > 0 || json || previous !== undefined) return undefined
    if (command === 'import') return version === undefined && !yaml && !xml ? { command, file: first } : undefined
    if (command !== 'export' || (yaml && xml) || (version !== undefined && !/^[1-9]\d*$/.test(version)))
      return undefined
    const format = yaml ? 'yaml' : xml ? 'xml' : undefined
    return { command, code: first, version: version === undefined ? undefined : Number(version), format }
  } catch {
    return undefined
  }
}

class FileRefused extends Error {}

type CheckRequest = Request & { command: 'check' }

async function check({ files, previous, json }: CheckRequest): Promise<number> {
  const [path = '', report] = files
  if (report !== undefined && files.length === 2 && (previous !== undefined || (await isReport(report))))
    return checkOfReport(path, report, previous, json)
  const texts = await Promise.all(files.map(async (file) => ({ file, text: templateText(await bytesOf(file)) })))
  const others = formsAmong(texts.map(({ text }) => text))
  const codes = texts.map(({ file, text }) => tellForm(file, text, others, json))
  return Math.max(...codes)
}

const isReport = async (path: string): Promise<boolean> =>
  /<report[\s>]/.test(templateText(await bytesOf(path)).slice(0, 4_000))

/** What one of the files names in another is looked up; what stands in none of them is not. */
function formsAmong(texts: string[]): OtherForms | undefined {
  if (texts.length < 2) return undefined
  const forms = new Map<string, Form>()
  for (const text of texts) {
    const { template } = examined(text, formatOf(text))
    if (!template) continue
    const form = compileForm(template)
    for (const name of [template.cipher, template.code]) forms.set(formKey(name), form)
  }
  return (key) => forms.get(key)
}

function tellForm(file: string, text: string, others: OtherForms | undefined, json: boolean): number {
  const { template, problems } = examined(text, formatOf(text), others)
  for (const problem of problems) console.log(json ? JSON.stringify({ file, ...problem }) : formLine(file, problem))
  if (!json && problems.length === 0 && template)
    console.log(`Шаблон «${template.cipher || template.code}» в порядке: контролей ${template.controls.length}.`)
  return problems.some(isError) ? 1 : 0
}

function formLine(file: string, { level, line, position, where, text }: FormProblem): string {
  const place = [file, line, position].filter((part) => part !== undefined && part !== 0).join(':')
  const inside = where.startsWith('строка файла') || where === 'файл' ? '' : `${where}. `
  return `${place}: ${levels[level].toLowerCase()}: ${inside}${text}`
}

async function checkOfReport(
  path: string,
  report: string,
  previous: string | undefined,
  json: boolean,
): Promise<number> {
  const template = await templateFrom(path)
  const inTemplate = checkTemplate(template).filter(isError)
  const before = previous ? await reportFrom(previous) : undefined
  const problems = checkReport(compileForm(template), await reportFrom(report), before)
  for (const problem of inTemplate) console.log(json ? templateJson(problem) : `В шаблоне: ${templateLine(problem)}`)
  const code = tellReport(problems, json)
  return inTemplate.length > 0 ? 1 : code // a control that cannot be read is not a control that holds
}

/** Refused as publishing by a page would be, with every problem and its line. */
async function importForm(path: string): Promise<number> {
  const text = templateText(await bytesOf(path))
  return withDatabase(readSettings(process.env), 'публикация формы', async (db) => {
    const outcome = await publishFromFile(db, text)
    if ('problems' in outcome) {
      for (const problem of outcome.problems) console.error(formLine(path, problem))
      console.error(outcome.refusal)
      return 1
    }
    console.log(`Опубликовано: ${outcome.cipher} (${outcome.code}), версия ${outcome.version}.`)
    return 0
  })
}

async function exportForm({ code, version, format }: Request & { command: 'export' }): Promise<number> {
  const text = await withDatabase(readSettings(process.env), 'выгрузка формы', (db) =>
    formAsFile(db, code, version, format),
  )
  if (text === undefined) {
    console.error(`Формы «${code}»${version === undefined ? '' : ` версии ${version}`} в этой установке нет.`)
    return 1
  }
  process.stdout.write(text)
  return 0
}

const isError = ({ level }: { level: 'error' | 'warning' }): boolean => level === 'error'

const levels = { error: 'Ошибка', warning: 'Предупреждение' } as const

const templateLine = ({ level, where, text, line }: TemplateProblem): string =>
  `${levels[level]}. ${where}${line ? ` (строка файла ${line})` : ''}: ${text}`

function tellReport(problems: Problem[], json: boolean): number {
  for (const problem of problems) console.log(json ? reportJson(problem) : `${levels[problem.level]}. ${problem.text}`)
  const errors = problems.filter(isError).length
  if (!json)
    console.log(
      problems.length === 0
        ? 'Ошибок и предупреждений нет.'
        : `Ошибок: ${errors}, предупреждений: ${problems.length - errors}.`,
    )
  return errors > 0 ? 1 : 0
}

/** A fault of the template among the problems of a report: the same keys, of the stage «template». */
const templateJson = ({ code, control, level, section, row, column, where, text }: TemplateProblem): string => {
  const figures = { left: '', operator: '', right: '', difference: '' }
  return JSON.stringify({
    stage: 'template',
    code,
    control,
    level,
    section,
    row,
    column,
    ...figures,
    text: `${where}: ${text}`,
  })
}

function reportJson({
  stage,
  code,
  control,
  level,
  section,
  row,
  column,
  left,
  operator,
  right,
  difference,
  text,
}: Problem): string {
  return JSON.stringify({ stage, code, control, level, section, row, column, left, operator, right, difference, text })
}

async function templateFrom(path: string): Promise<Template> {
  const text = templateText(await bytesOf(path))
  const { template, problems } = examined(text, formatOf(text))
  if (!template) throw new FileRefused(problems.map((problem) => formLine(path, problem)).join('\n'))
  return template
}

async function reportFrom(path: string) {
  const reading = readReport(await bytesOf(path))
  if (!reading.ok) throw unreadable(path, reading.problem)
  return reading.report
}

const unreadable = (path: string, { line, text }: { line: number; text: string }): FileRefused =>
  new FileRefused(`${path}${line ? `, строка ${line}` : ''}: ${text}`)

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    throw new FileRefused(`${path}: ${readingProblem(error)}`)
  }
}

function readingProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'ENOENT':
      return 'такого файла нет.'
    case 'EISDIR':
      return 'это папка, а не файл.'
    case 'EACCES':
      return 'нет права читать этот файл.'
    default:
      return 'файл не читается.'
  }
}
