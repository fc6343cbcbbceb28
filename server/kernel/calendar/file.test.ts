import { describe, expect, it } from 'vitest'
import { decreesOf, WrongCalendar } from './file.ts'

const refusal = (bytes: Uint8Array): WrongCalendar | undefined => {
  try {
    decreesOf(bytes)
  } catch (error) {
    if (error instanceof WrongCalendar) return error
    throw error
  }
  return undefined
}
const problemsOf = (...lines: string[]) => refusal(Buffer.from(lines.join('\n')))?.problems

describe('the file of the calendar', () => {
  it('holds comments, moved days off and a region’s holidays, from Windows too', () => {
    const text = '\ufeff# Decree\r\nfrom;to\r\n\r\n2026-01-03; 2026-01-09\r\n2026-01-04;2026-12-31\r\n;2026-04-21\r\n'
    const { moved, holidays } = decreesOf(Buffer.from(text))
    expect([...moved]).toEqual([
      ['2026-01-03', '2026-01-09'],
      ['2026-01-04', '2026-12-31'],
    ])
    expect([...holidays]).toEqual(['2026-04-21'])
  })

  it('may be without a line: then every year is preliminary', () => expect(problemsOf('from;to')).toBeUndefined())

  it('is refused with every wrong line', () =>
    expect(
      problemsOf(
        'from;to',
        '2026-01-03',
        '2026-01-03;2026-01-09;38',
        '2026-02-30;2026-03-02',
        '03.01.2026;2026-01-09',
        '2026-01-05;2026-01-09',
        '2026-01-04;2026-05-10',
        '2026-01-04;2026-11-04',
        '2026-01-04;2027-01-11',
        '2026-01-10;2026-05-08',
        '2026-01-10;2026-05-07',
        ';2026-05-09',
        ';2026-05-08',
      ),
    ).toEqual([
      'строка 2: нужны выходной и рабочий день, на который он перенесён, например «2026-01-03;2026-01-09»',
      'строка 3: нужны выходной и рабочий день, на который он перенесён, например «2026-01-03;2026-01-09»',
      'строка 4: «2026-02-30» не дата, нужны год, месяц и день, например 2026-01-09',
      'строка 5: «03.01.2026» не дата, нужны год, месяц и день, например 2026-01-09',
      'строка 6: 2026-01-05 — понедельник, а переносят субботу или воскресенье',
      'строка 7: 2026-05-10 — воскресенье, а выходной переносят на рабочий день',
      'строка 8: 2026-11-04 — праздничный день, а выходной переносят на рабочий',
      'строка 9: выходной переносят в пределах одного года',
      'строка 11: 2026-01-10 уже стоит в строке 10',
      'строка 12: 2026-05-09 и так праздничный день по статье 112 ТК РФ',
      'строка 13: 2026-05-08 уже стоит в строке 10',
    ]))

  it('is refused without its first line, told with what to do', () => {
    expect(problemsOf('2026-01-03;2026-01-09')).toEqual(['строка 1: нужен заголовок «from;to»'])
    expect(problemsOf('')).toEqual(['строка 1: нужен заголовок «from;to»'])
    const error = refusal(Buffer.from('# Decree\n2026-01-03;2026-01-09'))
    expect(error).toMatchObject({ name: 'WrongCalendar', exitCode: 1 })
    expect(error?.message).toBe(
      'Программа не запущена, исправьте reference/calendar.csv:\n  • строка 2: нужен заголовок «from;to»',
    )
  })

  it('is refused when a line of January is lost: a day off would be lost with it', () =>
    expect(problemsOf('from;to', '2026-01-03;2026-01-09', '2027-02-20;2027-02-22')).toEqual([
      '2026 год: из выходных 1–8 января по закону переносят два, а в файле 1',
      '2027 год: из выходных 1–8 января по закону переносят два, а в файле 0',
    ]))

  it('is refused in another encoding, with the line', () => {
    const bytes = Buffer.concat([Buffer.from('from;to\n# '), Buffer.from([0xcf, 0xee]), Buffer.from('\n;2026-04-21')])
    expect(refusal(bytes)?.problems).toEqual([expect.stringContaining('строка 2: знаки не в кодировке UTF-8')])
  })
})
