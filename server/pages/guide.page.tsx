/**
 * The users' guide: the chapters of `docs/guide/`, which engineers read in the repository and users under `/guide`.
 * Markdown is turned into elements, never into a string of HTML: markup typed into a chapter is shown as it was typed.
 */
import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { dirname, join } from 'node:path'
import { marked, type Token, type Tokens } from 'marked'
import type { ComponentChildren, VNode } from 'preact'
import { z } from 'zod'
import {
  Aside,
  Card,
  Columns,
  idOf,
  LinkButton,
  List,
  ListItem,
  Page,
  Prose,
  Table,
  tied,
} from '../../web/kit/index.ts'
import { type Endpoint, pages } from '../kernel/http/index.ts'

/** In the order of reading. */
export const chapterNames = [
  'registratsiya',
  'zashchita',
  'kabinet',
  'organizatsiya',
  'otchety',
  'fayly',
  'proverka',
  'svod',
  'dorozhnaya-karta',
  'formy',
  'sbory',
  'zayavki',
  'pisma',
  'pomoshchniki',
] as const
type ChapterName = (typeof chapterNames)[number]

type Chapter = { name: ChapterName; title: string; lead: string; tokens: Token[]; parts: string[] }

const chapters = chapterNames.map(readChapter)

/** A chapter begins with its title as the only heading of the first level and one paragraph that says what it is about. */
function readChapter(name: ChapterName): Chapter {
  const [title, lead, ...tokens] = marked.lexer(chapterText(name)).filter(({ type }) => type !== 'space')
  if (title?.type !== 'heading' || lead?.type !== 'paragraph') throw new Error(`docs/guide/${name}.md lacks its title`)
  const parts = tokens.filter((token): token is Tokens.Heading => token.type === 'heading' && token.depth === 2)
  return { name, title: plain(title.text), lead: plain(lead.text), tokens, parts: parts.map(({ text }) => plain(text)) }
}

/** The program runs from `dist/` as well as from its sources; the chapters lie beside package.json either way. */
function chapterText(name: ChapterName): string {
  const manifest = findPackageJSON(import.meta.url)
  if (!manifest) throw new Error('The directory of the program is not found')
  return readFileSync(join(dirname(manifest), 'docs', 'guide', `${name}.md`), 'utf8')
}

const guideCrumb = { text: 'Руководство пользователя', href: '/guide' }
const ChapterParameter = z.enum(chapterNames)

const guidePages = pages('/guide')
  .get('/', { needs: 'public' }, async (ctx) => (
    <Page
      title="Руководство пользователя"
      lead="Коротко о том, как сделать дело. Откройте главу о своём деле: читать всё подряд не нужно."
      crumbs={[{ text: 'Главная', href: '/' }, { text: guideCrumb.text }]}
      frame={ctx.frame}
    >
      <Card title="Главы">
        <List label="Главы руководства">
          {chapters.map(({ name, title, lead }) => (
            <ListItem key={name} title={title} href={`/guide/${name}`} strong>
              {lead}
            </ListItem>
          ))}
        </List>
      </Card>
    </Page>
  ))
  .get('/{chapter}', { needs: 'public', params: { chapter: ChapterParameter } }, async (ctx, params) => {
    const chapter = chapters.find(({ name }) => name === params.chapter) ?? missing(params.chapter)
    const next = chapters[chapters.indexOf(chapter) + 1]
    return (
      <Page
        title={chapter.title}
        lead={chapter.lead}
        crumbs={[{ text: 'Главная', href: '/' }, guideCrumb, { text: chapter.title }]}
        frame={ctx.frame}
      >
        <Columns>
          <div>
            <Prose>{blocks(chapter.tokens)}</Prose>
            {next ? (
              <div class="section">
                <LinkButton href={`/guide/${next.name}`}>{`Дальше: ${next.title}`}</LinkButton>
              </div>
            ) : null}
          </div>
          <Aside label="Содержание" sticky>
            <Card title="В этой главе">
              <List label="Разделы главы">
                {chapter.parts.map((part) => (
                  <ListItem key={part} title={part} href={`#${idOf(part)}`} />
                ))}
              </List>
            </Card>
            <Card title="Другие главы">
              <List label="Другие главы руководства">
                {chapters
                  .filter((other) => other !== chapter)
                  .map(({ name, title }) => (
                    <ListItem key={name} title={title} href={`/guide/${name}`} />
                  ))}
              </List>
            </Card>
          </Aside>
        </Columns>
      </Page>
    )
  })

export const guideEndpoints: Endpoint[] = guidePages.endpoints

function missing(name: string): never {
  throw new Error(`The guide has no chapter ${name}`)
}

/** Markup that is no markdown comes out as text. */
export const blocks = (tokens: readonly Token[]): ComponentChildren => tokens.map(block)

function block(token: Token): VNode | null {
  switch (token.type) {
    case 'space':
      return null
    case 'heading':
      return heading(token as Tokens.Heading)
    case 'paragraph':
      return <p>{words(token.tokens)}</p>
    case 'list':
      return list(token as Tokens.List)
    case 'table':
      return table(token as Tokens.Table)
    default:
      return <p>{token.raw}</p>
  }
}

/** Chapters speak in two levels; the page's own heading is the first. */
function heading(token: Tokens.Heading): VNode {
  const id = idOf(plain(token.text))
  return token.depth === 2 ? <h2 id={id}>{words(token.tokens)}</h2> : <h3 id={id}>{words(token.tokens)}</h3>
}

function list({ ordered, items }: Tokens.List): VNode {
  const lines = items.map((item) => <li key={item.raw}>{item.tokens.map(listPart)}</li>)
  return ordered ? <ol>{lines}</ol> : <ul>{lines}</ul>
}

/** A line of a list is words, or words with a list of its own. */
const listPart = (token: Token): ComponentChildren =>
  token.type === 'text' && 'tokens' in token ? words(token.tokens) : block(token)

const table = ({ header, rows }: Tokens.Table): VNode => (
  <Table
    label={`Таблица: ${header.map(({ text }) => plain(text)).join(', ')}`}
    rows={rows}
    rowKey={(cells) => cells.map(({ text }) => text).join('|')}
    narrow={header.length > 2 ? 2 : 'scroll'}
    columns={header.map((cell, place) => ({
      key: String(place),
      title: plain(cell.text),
      cell: (cells: Tokens.TableCell[]) => words(cells[place]?.tokens),
    }))}
  />
)

const words = (tokens: readonly Token[] | undefined): ComponentChildren => (tokens ?? []).map(word)

function word(token: Token): ComponentChildren {
  switch (token.type) {
    case 'strong':
      return <b>{words(token.tokens)}</b>
    case 'em':
      return <em>{words(token.tokens)}</em>
    case 'link':
      return <a href={address(token.href)}>{words(token.tokens)}</a>
    // A chapter shows no code: what stands between backticks is a key.
    case 'codespan':
      return <kbd>{token.text}</kbd>
    case 'br':
      return <br />
    case 'text':
    case 'escape':
      return tied(token.text)
    default:
      return token.raw
  }
}

/** Chapters name each other by file, `otchety.md#клавиши`, so that the links work in the repository too. */
const address = (href: string): string =>
  href
    .replace(/^([a-z]+)\.md(?=#|$)/, '/guide/$1')
    .replace(/#(.+)$/, (_, part: string) => `#${idOf(decodeURIComponent(part))}`)

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}
