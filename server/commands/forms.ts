/** `forms check`: says what is wrong with a template, or with a report held against it, without any server. */
import { readFile } from 'node:fs/promises'
import {
  checkReport,
  checkTemplate,
  compileForm,
  type Problem,
  type Template,
  type TemplateProblem,
} from '../../engine/index.ts'
import { readReport, readTemplate } from '../../engine/xml.ts'

const usage = `Проверка шаблона статистической формы и отчёта по ней.

  forms check ШАБЛОН.xml                                   что не так с шаблоном
  forms check ШАБЛОН.xml ОТЧЁТ.xml                         что не так с отчётом
  forms check ШАБЛОН.xml ОТЧЁТ.xml --previous ПРЕЖНИЙ.xml  с отчётом за прошлый период

  --json   по одной строке JSON на каждое замечание

Код завершения: 0 — ошибок нет (предупреждения возможны), 1 — есть ошибки, 2 — команда записана неверно.`

type Request = { template: string; report?: string; previous?: string; json: boolean }

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
    return await check(request)
  } catch (problem) {
    if (!(problem instanceof FileRefused)) throw problem
    console.error(problem.message)
    return 1
  }
}

function requestOf([command, ...rest]: string[]): Request | undefined {
  if (command !== 'check') return undefined
  const files: string[] = []
  let previous: string | undefined
  let json = false
  for (let at = 0; at < rest.length; at += 1) {
    const argument = rest[at] ?? ''
    if (argument === '--json') json = true
    else if (argument === '--previous') {
      at += 1
      previous = rest[at]
      if (!previous || previous.startsWith('--')) return undefined
    } else if (argument.startsWith('--')) return undefined
    else files.push(argument)
  }
  const [template, report] = files
  if (!template || files.length > 2 || (previous && !report)) return undefined
  return { template, report, previous, json }
}

class FileRefused extends Error {}

async function check({ template: path, report, previous, json }: Request): Promise<number> {
  const template = await templateFrom(path)
  const templateProblems = checkTemplate(template)
  if (!report) return tellTemplate(template, templateProblems, json)
  const inTemplate = templateProblems.filter(isError)
  const before = previous ? await reportFrom(previous) : undefined
  const problems = checkReport(compileForm(template), await reportFrom(report), before)
  for (const problem of inTemplate) console.log(json ? templateJson(problem) : `В шаблоне: ${templateLine(problem)}`)
  const code = tellReport(problems, json)
  return inTemplate.length > 0 ? 1 : code // a control that cannot be read is not a control that holds
}

const isError = ({ level }: { level: 'error' | 'warning' }): boolean => level === 'error'

function tellTemplate(template: Template, problems: TemplateProblem[], json: boolean): number {
  for (const problem of problems) console.log(json ? JSON.stringify(problem) : templateLine(problem))
  if (!json) {
    for (const note of template.notes) console.log(`Примечание, строка файла ${note.line}: ${note.text}`)
    if (problems.length === 0)
      console.log(`Шаблон «${template.cipher || template.code}» в порядке: контролей ${template.controls.length}.`)
  }
  return problems.some(isError) ? 1 : 0
}

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
  const reading = readTemplate(await bytesOf(path))
  if (!reading.ok) throw unreadable(path, reading.problem)
  return reading.template
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
