/** Tables of plans as people keep them: terms, headings, sections. */
import { describe, expect, it } from 'vitest'
import { recognise } from './recognition.ts'
import { readTerm } from './term-words.ts'

const deadline = '2028-12-31'
const read = (text: string) => {
  const { startsOn, dueOn, doubt } = readTerm(text, deadline)
  return [startsOn, dueOn, doubt?.certainty ?? 'sure']
}

describe('a term', () => {
  it.each([
    ['до 01.07.2026', null, '2026-07-01'],
    ['до 01.07.2026 г.', null, '2026-07-01'],
    ['не позднее 1 июля 2026 года', null, '2026-07-01'],
    ['30.06.26', null, '2026-06-30'],
    ['2026-06-30', null, '2026-06-30'],
    ['46203', null, '2026-06-30'],
    ['с 01.02.2026 по 30.06.2026', '2026-02-01', '2026-06-30'],
    ['01.02.2026 – 30.06.2026', '2026-02-01', '2026-06-30'],
    ['июнь 2026', '2026-06-01', '2026-06-30'],
    ['Июнь 2026 г.', '2026-06-01', '2026-06-30'],
    ['май 2026', '2026-05-01', '2026-05-31'],
    ['март – май 2026 года', '2026-03-01', '2026-05-31'],
    ['декабрь 2025 – февраль 2026', '2025-12-01', '2026-02-28'],
    ['II квартал 2026 г.', '2026-04-01', '2026-06-30'],
    ['2 кв. 2026', '2026-04-01', '2026-06-30'],
    ['четвёртый квартал 2026 года', '2026-10-01', '2026-12-31'],
    ['I–III кварталы 2026', '2026-01-01', '2026-09-30'],
    ['первое полугодие 2026', '2026-01-01', '2026-06-30'],
    ['2025–2026 годы', '2025-01-01', '2026-12-31'],
    ['2025-2026 гг.', '2025-01-01', '2026-12-31'],
    ['в течение 2026 года', '2026-01-01', '2026-12-31'],
    ['до конца 2026 года', null, '2026-12-31'],
    ['2026', '2026-01-01', '2026-12-31'],
  ])('«%s» is understood', (text, startsOn, dueOn) => expect(read(text)).toEqual([startsOn, dueOn, 'sure']))

  it.each([
    ['ежегодно до 1 февраля', deadline],
    ['постоянно', deadline],
    ['до июня 2026', '2026-06-30'],
    ['до 01.07.2026, далее по отдельному поручению руководителя', '2028-12-31'],
    ['после 01.07.2026 при наличии средств', '2026-07-01'],
  ])('«%s» is to be looked at', (text, dueOn) => expect(read(text)).toEqual([null, dueOn, 'unsure']))

  it.each(['', '31.02.2026', 'скоро', '13.13.2026'])('«%s» is not guessed', (text) =>
    expect(read(text)).toEqual([null, null, 'wrong']),
  )
})

const row = (number: number, ...cells: string[]) => ({ number, cells })

describe('a table of a plan', () => {
  const plan = recognise(
    [
      row(1, 'УТВЕРЖДЁН приказом от 12.01.2026 № 5'),
      row(2, 'План мероприятий («дорожная карта»)'),
      row(
        4,
        '№ п/п',
        'Наименование мероприятия',
        'Срок реализации',
        'Ответственный исполнитель',
        'Соисполнители',
        'Ожидаемый результат',
        'Подтверждающий документ',
        'Примечание',
      ),
      row(5, '1', '2', '3', '4', '5', '6', '7', '8'),
      row(6, 'Раздел I. Организация работы'),
      row(
        7,
        '1.1.',
        'Создать\nрабочую группу',
        'II квартал 2026 г.',
        'Министерство',
        'Центр; Управление\nШкола',
        'Приказ',
        'Приказ\nСписок',
        '',
      ),
      row(8, '1.2', 'Назначить ответственных', 'ежегодно до 1 февраля', '-', '', '', '', ''),
      row(9, '2', 'Обучение', '', '', '', '', '', ''),
      row(10, '', 'Провести обучение', '31.02.2026', 'Центр', '', '', '', ''),
      row(11, '№ п/п', 'Наименование мероприятия', 'Срок реализации', 'Ответственный исполнитель'),
      row(12, '2.2', "'=СУММ(A1)", 'июнь 2026', 'Центр'),
    ],
    deadline,
  )

  it('is recognised by the words of its headings, wherever they stand', () => {
    expect(plan?.columns.map(({ taken }) => taken)).toEqual([
      'number',
      'title',
      'dueOn',
      'organisation',
      'coExecutors',
      'expectedResult',
      'evidenceKinds',
      null,
    ])
    expect(recognise([row(1, 'Имя', 'Телефон')], deadline)).toBeUndefined()
  })

  it('is cut into sections by rows that hold a title alone', () => {
    expect(plan?.sections.map(({ number, title, measures }) => [number, title, measures.length])).toEqual([
      ['I', 'Организация работы', 2],
      ['2', 'Обучение', 2],
    ])
    expect(plan?.left).toEqual([])
  })

  it('gives measures with their numbers, several names and kinds', () => {
    expect(plan?.sections[0]?.measures[0]).toEqual({
      line: 7,
      number: '1.1',
      title: 'Создать рабочую группу',
      startsOn: '2026-04-01',
      dueOn: '2026-06-30',
      organisation: 'Министерство',
      coExecutors: ['Центр', 'Управление', 'Школа'],
      expectedResult: 'Приказ',
      evidenceKinds: ['Приказ', 'Список'],
      doubts: [],
    })
  })

  it('marks what is unsure and what is wrong', () => {
    expect(plan?.sections[0]?.measures[1]?.doubts[0]?.certainty).toBe('unsure')
    expect(plan?.sections[1]?.measures[0]?.doubts[0]?.certainty).toBe('wrong')
  })

  it('takes the sign against formulas off', () => expect(plan?.sections[1]?.measures[1]?.title).toBe('=СУММ(A1)'))
})

describe('a day of a year that no plan has', () => {
  it.each(['01.01.0001', '31.12.9999', 'до 31.12.9999 включительно'])('is not cut to another: %s', (text) => {
    expect(readTerm(text, '2028-12-31')).toMatchObject({ dueOn: null, doubt: { certainty: 'wrong' } })
  })
})
