import { render } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'
import type { Frame } from './index.ts'
import {
  Button,
  Checkbox,
  ErrorSummary,
  Facts,
  Form,
  Page,
  pageNumbers,
  Radios,
  Select,
  Table,
  TextField,
} from './index.ts'

const frame: Frame = {
  assets: { css: '/assets/kit.css', script: '/assets/page.js' },
  person: { name: 'Добронравова Светлана', fullName: 'Добронравова Светлана Викторовна', initials: 'ДС' },
  unread: 2,
  sections: [{ text: 'Отчёты', href: '/reports', current: true }],
  stand: true,
  csrf: 'guard',
  version: '1.0',
  path: '/reports?state=sent&page=2',
}

describe('the row of sections', () => {
  const aside = (text: string, href: string, current = false) => ({ text, href, current, aside: true })
  const rowOf = (...more: ReturnType<typeof aside>[]) =>
    render(<Page title="Отчёты" frame={{ ...frame, sections: [...frame.sections, ...more] }} />)

  it('keeps what is not of every day under «Ещё», which says where one is while it is closed', () => {
    const html = rowOf(aside('Формы', '/forms'), aside('Доступ', '/access', true))
    const list = html.slice(html.indexOf('<details class="menu menu-end mainnav-more"'), html.indexOf('</details>'))
    expect(list).toContain('<a href="/forms"')
    expect(list).toContain('<a href="/access" aria-current="page"')
    expect(list).toContain('открыт раздел «Доступ»')
    expect(list).not.toContain('href="/reports"')
  })

  it('has no list for one alone', () => {
    expect(rowOf(aside('Формы', '/forms'))).not.toContain('mainnav-more')
  })
})

describe('a field', () => {
  it('ties its hint and error to the control', () => {
    const html = render(<TextField name="inn" label="ИНН" hint="10 цифр" error="Введено 9 цифр" value="390714201" />)
    expect(html).toContain('aria-describedby="inn-error inn-hint"')
    expect(html).toContain('aria-invalid="true"')
    expect(html).toContain('for="inn"')
  })

  it('keeps what was typed as text, not as markup', () => {
    expect(render(<TextField name="q" label="Найти" value={'"><script>'} />)).not.toContain('<script>')
  })

  it('marks the chosen option', () => {
    const options = [
      { value: '1', text: 'город' },
      { value: '2', text: 'село' },
    ]
    expect(render(<Select name="place" label="Пункт" options={options} value="2" />)).toMatch(
      /<option (selected value="2"|value="2" selected)/,
    )
    expect(render(<Radios name="place" label="Пункт" options={options} value="2" />)).toMatch(
      /id="place-1"[^>]*checked/,
    )
  })

  it('is where its line of the summary leads, in a group of choices too', () => {
    const summary = render(
      <ErrorSummary title="Заявка не отправлена" errors={[{ field: 'items[0].law', text: 'Форма' }]} />,
    )
    expect(summary).toContain('href="#items-0-law"')
    expect(summary).toContain('исправьте 1\u00a0поле')
    expect(render(<Radios name="items[0].law" label="Форма" options={[{ value: '1', text: 'да' }]} />)).toContain(
      'id="items-0-law"',
    )
    expect(render(<Checkbox name="agree" label="Согласна" />)).toContain('id="agree"')
  })
})

describe('a page', () => {
  it('hands its guard to every form on it', () => {
    const html = render(
      <Page title="Отчёты" frame={frame}>
        <Form action="/reports" once="token">
          <Button>Отправить</Button>
        </Form>
      </Page>,
    )
    expect(html).toContain('name="_csrf" value="guard"')
    expect(html).toContain('name="_once" value="token"')
    expect(html.match(/name="_csrf" value=""/)).toBeNull()
  })

  it('says in its title that something is wrong', () => {
    expect(render(<Page title="Вход" hasErrors frame={frame} />)).toContain('<title>Ошибка: Вход · Кабинет</title>')
  })

  it('has one h1, a skip link, and nothing a strict policy would refuse', () => {
    const html = render(<Page title="Отчёты" frame={frame} notice={{ text: 'Сохранено' }} />)
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(html).toContain('href="#main"')
    expect(html).not.toMatch(/ style=| onclick=|<style|javascript:/)
  })

  it('leads back here from the version for the visually impaired', () => {
    expect(render(<Page title="Отчёты" frame={frame} />)).toContain(
      'href="/vision?set=on&amp;back=%2Freports%3Fstate%3Dsent%26page%3D2"',
    )
    const on = render(<Page title="Отчёты" frame={{ ...frame, vision: 'on black' }} />)
    expect(on).toContain('data-vision="on black"')
    expect(on).toContain('set=on+black+size-150')
  })
})

describe('a table', () => {
  it('takes text for text, whatever stands in it', () => {
    const text = '<b title="x">&'
    const shown = render(
      <Table
        label="Отчёты"
        columns={[
          { key: 'plain', title: text, cell: () => text },
          { key: 'listed', title: text, cell: () => [text, 1] },
          { key: 'rich', title: text, cell: () => <i>{text}</i> },
          { key: 'none', title: text, cell: () => false },
        ]}
        rows={[{}]}
        rowKey={() => 'one'}
      />,
    )
    const escaped = '&lt;b title=&quot;x&quot;>&amp;'
    expect(shown).toContain(`<th scope="row">${escaped}</th><td data-label="${escaped}">${escaped}1</td>`)
    expect(shown).toContain(`<td data-label="${escaped}"><i>${escaped}</i></td><td data-label="${escaped}"></td></tr>`)
  })

  const columns = [
    { key: 'name', title: 'Организация', cell: (row: { name: string; errors: number | null }) => row.name },
    { key: 'errors', title: 'Ошибки', numeric: true, cell: (row: { errors: number | null }) => row.errors },
  ]

  it('says once what neighbouring rows have in common', () => {
    const rows = ['1.1', '1.2', '2.1'].map((name) => ({ name, errors: null }))
    const html = render(
      <Table
        label="План"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.name}
        group={({ name }) => `Раздел ${name[0]}`}
      />,
    )
    expect(html.match(/<th scope="colgroup" colspan="2">Раздел \d<\/th>/g)).toHaveLength(2)
  })

  it('names each row by its first column, and labels the rest for a narrow screen', () => {
    const html = render(
      <Table label="Отчёты" columns={columns} rows={[{ name: 'Ромашка', errors: null }]} rowKey={(row) => row.name} />,
    )
    expect(html).toContain('<th scope="row">Ромашка</th>')
    expect(html).toContain('<td class="num" data-label="Ошибки">—</td>')
  })

  it('keeps a zero apart from none', () => {
    const html = render(
      <Table label="Отчёты" columns={columns} rows={[{ name: 'Ромашка', errors: 0 }]} rowKey={(row) => row.name} />,
    )
    expect(html).toContain('>0</td>')
  })
})

describe('small things', () => {
  it('leave out facts that are not known', () => {
    expect(
      render(
        <Facts
          facts={[
            ['Сайт', undefined],
            ['ИНН', '3907142010'],
          ]}
        />,
      ),
    ).not.toContain('Сайт')
  })

  it.each([
    [1, 1, [1]],
    [1, 7, [1, 2, 3, undefined, 7]],
    [4, 8, [1, undefined, 3, 4, 5, undefined, 8]],
    [8, 8, [1, undefined, 6, 7, 8]],
  ])('page %d of %d', (page, pages, numbers) => expect(pageNumbers(page, pages)).toEqual(numbers))
})
