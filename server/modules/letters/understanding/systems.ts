/** The systems a person works with. */

const known =
  /^(сэд|ппу|ргу|рпгу|епгу|егиссо|смэв|еис|аис|гис|исогд|жкх|саум[иi]|саю|мис|егисз|фгис|уис|есиа|1с|барс|парус|директум|directum|дело|электронн\S+\s+(школ|дневник|журнал|очеред|детск|колледж|документооб|бюджет)|веб-|web-|контур|свод|smart|крит|зенит|тис|битрикс|арм|рмис|промед|система|навигатор|сетевой город|портал|реестр|егрн|загс|отчетность|хранилище|учёт|скиф|аппо|виртуальн)/i

export const looksLikeSystem = (text: string): boolean => known.test(text.trim().replace(/^["«„]/, ''))

/** A list as it is typed: by commas, semicolons, lines or bullets, the last one after «и»; what is quoted stays whole. */
export function systemsIn(value: string): string[] {
  const names = pieces(value.replace(/\s+(?:и\s*т\.?\s?[пд]\.?|и\s+др(?:угие|\.)?|и\s+прочие)[\s.»")]*$/i, ''))
    .flatMap(byAnd)
    .map(named)
    .filter((name) => name.length >= 2 && name.length <= 150 && /[\p{L}]/u.test(name) && !filler.test(name))
  return names.filter((name, at) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === at)
}

const filler =
  /^(нет|и\s*т\.?\s?[пд]\.?|и\s+др\.?|др\.?|прочее|другие|т\.?\s?[пд]\.?|например|спасибо.*|не работаю.*|с уважением.*|не указан\S*)$/i

function pieces(value: string): string[] {
  const found: string[] = []
  let current = ''
  let depth = 0
  for (const [at, letter] of [...value].entries()) {
    if (letter === '«' || letter === '„' || letter === '(' || letter === '“') depth += 1
    if ((letter === '»' || letter === '”' || letter === ')') && depth > 0) depth -= 1
    if (letter === '"') depth = current.split('"').length % 2 === 1 && depth === 0 ? 1 : Math.max(0, depth - 1)
    const parts = letter === '\n' || (depth === 0 && (letter === ',' || letter === ';' || isSpacedSlash(value, at)))
    if (parts) {
      found.push(current)
      current = ''
      depth = 0
    } else current += letter
  }
  return [...found, current]
}

const isSpacedSlash = (value: string, at: number): boolean =>
  /^\s[/|+]\s$/.test([...value].slice(at - 1, at + 2).join(''))

/** «РГУ и СЭД» are two; «Кадры и зарплата» in quotes, or of small words, is one. */
function byAnd(piece: string): string[] {
  if (/^\s*\p{Lu}{2,7}(\/\p{Lu}{2,7})+\s*\.?$/u.test(piece)) return piece.split('/')
  if (/^\s*["«„“].*["»”]\s*$/.test(piece) && !/["»”]\s+и\s+["«„“]/.test(piece)) return [piece]
  const [first = '', ...rest] = piece.split(/\s+и\s+(?=[\p{Lu}\d"«„“])/u)
  return rest.length > 0 && rest.every((part) => part.trim().split(/\s+/).length <= 5) ? [first, ...rest] : [piece]
}

function named(piece: string): string {
  const bare = piece
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:[-–—•·*]+|\d{1,2}[.)]\s)\s*/, '')
    .replace(
      /^(?:например|а также|также|и|это|система|системы|ис|программа|программы)\s*[:,]?\s+(?=[«"„“\p{Lu}\d])/iu,
      '',
    )
    .replace(/[\s.,;]+$/, '')
    .trim()
  const quoted = /^["«„“]([^"«»„“”]+)["»”“]$/.exec(bare)
  return (quoted?.[1] ?? bare).trim()
}

/** Systems told in a sentence: «работаем в системах СЭД, РГУ». */
export function systemsInProse(text: string): string[] {
  const told =
    /(?:работа\p{L}*|пользу\p{L}+|использу\p{L}+)\s+(?:в|с|со|на)?\s*(?:следующи\p{L}+\s+)?(?:информационн\p{L}+\s+)?(?:систем\p{L}*|программ\p{L}*|ис)\s*[:—–-]?\s*([^.\n]{2,200}?)(?=\.\s|\.$|$|\n)/iu.exec(
      text,
    )
  if (told?.[1]) return systemsIn(told[1])
  const one =
    /(?:систем[аыу]|систем\p{L}{1,3}|работ\p{L}+ (?:в|с))\s*[:—–-]?\s*([«"][^»"]{2,100}[»"](?:(?:,|\s+и)\s*[«"][^»"]{2,100}[»"])*)/iu.exec(
      text,
    )
  return one?.[1] ? systemsIn(one[1]) : []
}
