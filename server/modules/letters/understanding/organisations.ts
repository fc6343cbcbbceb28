/** Kinds of institutions by their own words, and an organisation's short name, full name and district. */

export type Kind = 'authority' | 'settlement' | 'medical' | 'educational' | 'institution' | 'foreign'
export type OrganisationName = { short: string | null; full: string | null; district: string | null }

const end = '(?![\\p{L}])'
const start = '(?<![\\p{L}])'
const of = (words: string): RegExp => new RegExp(`${start}(?:${words})`, 'iu')

/** In this order: an education department is an authority though it has «образования» in its name. */
const kinds: readonly (readonly [Kind, RegExp])[] = [
  [
    'foreign',
    new RegExp(
      `^["«(\\s]*(?:ооо|оао|пао|зао|ао|ип|нко|фгуп|фку|фгбу|фгбоу|уфк|снт|тсж|тсн)${end}|^общество с ограниченн|^индивидуальн\\S+ предприним|^(?:публичн\\S+ )?акционерн\\S+ общ|^федеральн\\S+ (?:служб|казн|госуд|бюдж|агентс)|^управление федеральн|^управление (?:росреестр|роспотребн|фнс|мвд)`,
      'iu',
    ),
  ],
  [
    'settlement',
    of(
      `администрац\\p{L}*\\s+.{0,90}?(?:сельск\\p{L}+\\s+(?:поселени|округ|совет)|сельсовет|сельск\\p{L}+\\s+территор|с/п|с\\.\\s?п\\.|сп${end}|села${end}|деревни)|сельск\\p{L}+\\s+(?:поселени|совет)\\p{L}*|сельсовет|(?:мо|муниципальн\\p{L}+ образовани\\p{L}+)\\s.{0,40}сельск\\p{L}+\\s+поселени|администрац\\p{L}*\\s+\\p{L}+ского\\s+муниципального\\s+образования`,
    ),
  ],
  [
    'educational',
    of(
      'ма?доу|м[аб]доу|муниципальн\\p{L}+\\s+(?:автономн|бюджетн|казенн|казённ)\\p{L}+\\s+(?:дошкольн|общеобразоват|образоват|нетипов)|государственн\\p{L}+\\s+(?:автономн|бюджетн)\\p{L}+\\s+(?:професс|образоват|общеобразоват)|школ[аыеу]|школа-интернат|школы-интерната|лице[йяю]|гимнази|колледж|техникум|детск\\p{L}+\\s+сад|детсад|училищ|кадетск|дошкольн|общеобразовательн|дополнительного\\s+(?:профессионального\\s+)?образования|дворец\\s+(?:творч|пион)|дом\\s+(?:детского\\s+)?творчества|станция\\s+юных|центр\\s+(?:развития\\s+реб|детского\\s+твор|внешкольн|образования|дополнит)',
    ),
  ],
  [
    'educational',
    new RegExp(
      `${start}(?:м[абк]оу|мао[уш]|маоу|мбоу|мкоу|сош|оош|нош|гапоу|гбпоу|гаоу|гбоу|гоу|чоу|оу|маудо|мбудо|мау\\s?до|мбу\\s?до|маодо|дод|дши|дмш|дхш|дюсш|сшор|ддт|цдт|црр|цдо|до|мадоу|мбдоу|доу)${end}`,
      'iu',
    ),
  ],
  [
    'medical',
    of(
      'больниц|поликлиник|диспансер|медико-санитарн|медсанчаст|перинатальн|роддом|родильн|госпитал|амбулатори|скорой\\s+(?:медицинской\\s+)?помощи|стоматологич|хоспис|санатори|здравоохранен|лечебно|медицинск\\p{L}+\\s+(?:центр|организац|учрежден|город|реабилит)|кожно-венер|онкологич|фельдшерск|переливания\\s+крови|врачебн|клиник',
    ),
  ],
  ['medical', new RegExp(`${start}(?:г[абк]уз|м[абк]уз|црб|окб|обл?б|гб\\s?№|фап|лпу|огбуз|мсч|грб|рб)${end}`, 'iu')],
  [
    'authority',
    of(
      'администрац|департамент|управлени|комитет|министерств|отдел|дума|инспекц|агентств|служб|правительств|аппарат|комисси|палата|главное управление|казначейств|совет\\s+депутатов|прокурат|секретариат|межрегион',
    ),
  ],
  [
    'institution',
    new RegExp(
      `${start}(?:г[абк]у|м[абк]у|муп|гуп|мфц|цод|умц|гау|мку|гку|огку|комплексный|центр\\p{L}*|архив\\p{L}*|библиотек\\p{L}*|музе[йяи]\\p{L}*|дворец|дом культуры|театр|учреждени\\p{L}*|фонд|инкубатор|парк|хозяйств\\p{L}*|заповедник|лесничеств\\p{L}*|единая дежурн\\p{L}+|стадион|редакци\\p{L})${end}`,
      'iu',
    ),
  ],
]

const authorityFirst = of(
  `(?:департамент|министерств|комитет|управлени|отдел|главное\\s+управлени|инспекц|служба|дума|комисси|агентств|казначейств|правительств)`,
)
const administration = /^["«(\s]*администрац/iu
const greater = /район|городск|города|округа|области|муниципального округа/iu

/** What an institution is, by its name; undefined when no word of it tells. */
export function kindOf(name: string): Kind | undefined {
  const text = name.replace(/\s+/g, ' ').trim()
  const first = kinds[0]
  if (first?.[1].test(text)) return 'foreign'
  if (!/^["«(\s]*администрац/iu.test(text) && new RegExp(`^["«(\\s]*${authorityFirst.source}`, 'iu').test(text))
    return 'authority'
  const found = kinds.find(([, pattern]) => pattern.test(text))?.[0]
  if (administration.test(text) && found !== 'settlement')
    return /поселк|посёлк|городского поселения/iu.test(text) || greater.test(text)
      ? 'authority'
      : (found ?? 'authority')
  return found
}

const places =
  'муниципальн\\p{L}+\\s+(?:район|округ)(?:а|е|у|ом)?|городск\\p{L}+\\s+округ(?:а|е|у|ом)?|район(?:а|е|у|ом)?|р-на?|округ(?:а|е|у|ом)?'
const ofDistrict = new RegExp(`(\\p{Lu}\\p{L}+(?:-\\p{Lu}?\\p{L}+)?)\\s+(?:(${places}))(?![\\p{L}])`, 'u')
const ofTown =
  /(?<![\p{L}])(г\.\s?|гор\.\s?|город(?:а|е|у)?\s+|пгт\.?\s+|р\.\s?п\.\s?|рп\.?\s+|с\.\s?|село\s+|села\s+|д\.\s?|дер\.\s?|деревня\s+|п\.\s?|пос\.\s?|посёлок\s+|поселок\s+|ст\.\s?)(\p{Lu}\p{L}+(?:[- ]\p{Lu}\p{L}+|-на-\p{Lu}\p{L}+)?)/u

/** «Ишимского района» → «Ишимский район», «г.Ишим» → «г. Ишим»; null when no place is named. */
export function districtIn(text: string): { value: string; sure: boolean } | null {
  const district = ofDistrict.exec(text)
  if (district?.[1] && /(ий|ый|ой|ого|его|ому|ему|ом|ем)$/u.test(district[1]))
    return { value: districtName(district[1], district[2] ?? ''), sure: true }
  const city = /город(?:ского)?\s+округ\p{L}*\s+(?:город\p{L}*\s+)?(\p{Lu}\p{L}+)/u.exec(text)
  if (city?.[1]) return { value: `городской округ ${city[1]}`, sure: false }
  const town = ofTown.exec(text)
  if (town?.[1] && town[2])
    return {
      value: `${townMark(town[1])} ${townName(town[1], town[2])}`,
      sure: /^(г|с|п|д|р)/i.test(town[1]) && !/(а|е)\s$/.test(town[1]),
    }
  return null
}

function districtName(adjective: string, kind: string): string {
  const name = adjective
    .replace(/([гкх])(ого|ому|ом)$/u, '$1ий')
    .replace(/(ого|ому|ом)$/u, 'ый')
    .replace(/(его|ему|ем)$/u, 'ий')
  if (/муниципальн/i.test(kind)) return `${name} муниципальный ${/округ/i.test(kind) ? 'округ' : 'район'}`
  if (/городск/i.test(kind)) return `${name} городской округ`
  return `${name} ${/округ/i.test(kind) ? 'округ' : 'район'}`
}

/** «города Светлогорска» → «Светлогорск»: only where the mark or the ending says that it is declined. */
const townName = (mark: string, name: string): string => {
  if (/ска$/u.test(name)) return name.slice(0, -1)
  if (/ени$/u.test(name)) return name.replace(/ени$/u, 'ень')
  if (!/(города|городе)\s*$/iu.test(mark)) return name
  return name.replace(/([бвгджзклмнпрстфхцчшщ])[ае]$/u, '$1')
}

const townMark = (mark: string): string => {
  const bare = mark.trim().toLowerCase()
  if (/^(г|гор|город)/.test(bare)) return 'г.'
  if (/^(пгт)/.test(bare)) return 'пгт'
  if (/^р/.test(bare)) return 'р.п.'
  if (/^с/.test(bare) && !/^ст/.test(bare)) return 'с.'
  if (/^д/.test(bare)) return 'д.'
  if (/^п/.test(bare)) return 'п.'
  return bare
}

const abbreviated = /^["«]?(?:[А-ЯЁ]{2,7}(?![а-яё])|МАУ\s?ДО|МБУ\s?ДО)/u
const isAbbreviated = (name: string): boolean =>
  abbreviated.test(name.trim()) && !/^(АДМИНИСТРАЦИЯ|ДЕПАРТАМЕНТ|УПРАВЛЕНИЕ|КОМИТЕТ)/.test(name)

/**
 * An organisation as one value, taken apart.
 * @param both the format asked for the short name and the full one
 */
export function organisationIn(value: string, both: boolean): OrganisationName {
  const flat = value
    .replace(/\s+/g, ' ')
    .replace(/[\s.,;]+$/, '')
    .trim()
  if (flat === '') return { short: null, full: null, district: null }
  const district = districtIn(flat)?.value ?? null
  const names = namesApart(withoutPlace(flat))
  const short = names.find(isAbbreviated)
  const full = names.find((name) => name !== short)
  if (short && full) return { short, full, district }
  const only = short ?? full ?? flat
  return short && both ? { short: only, full: null, district } : { short: null, full: only, district }
}

/** A place that only stands behind the name is no part of it; one inside it is. */
function withoutPlace(name: string): string {
  const town =
    '(?:г|гор|с|п|пос|д|дер|пгт|рп|р\\.\\s?п)\\.?\\s?\\p{Lu}[\\p{L} -]+|город\\s+\\p{Lu}\\p{L}+|село\\s+\\p{Lu}\\p{L}+|\\p{Lu}[\\p{L}-]+(?:ий|ый|ой|ого|его)\\s+(?:муниципальн\\p{L}+\\s+|городск\\p{L}+\\s+)?(?:район\\p{L}*|р-н|округ\\p{L}*)|\\p{Lu}\\p{L}+ая\\s+(?:обл\\.?|область)'
  const behind = new RegExp(`\\s*(?:[,;]\\s*|\\s\\(|\\s[-–—/]\\s)(?:${town})\\)?$`, 'u')
  let bare = name
  for (let passes = 0; passes < 4 && behind.test(bare); passes += 1) bare = bare.replace(behind, '').trim()
  return bare.replace(/[\s,;]+$/, '')
}

/** «МАОУ СОШ № 5 (Муниципальное … № 5)», «МАОУ СОШ № 5, Муниципальное …», either way round. */
function namesApart(name: string): string[] {
  const inParentheses =
    /^(.+?)\s*\((?:далее\s*[-–—]?\s*|сокращ[её]нно:?\s*|кратко:?\s*|кратк\S+ наименование:?\s*)?([^()]{3,}(?:\([^()]*\)[^()]*)?)\)\s*$/iu.exec(
      name,
    )
  const [outer, inner] = [inParentheses?.[1], inParentheses?.[2]]
  if (outer && inner && isAbbreviated(outer) !== isAbbreviated(inner) && inner.length > 3)
    return [outer.trim(), inner.trim()]
  for (const mark of [/\s*;\s*/, /\s+[-–—/]\s+|\s*\/\s*(?=\p{Lu})/u, /\s*,\s*(?=["«]?\p{Lu})/u, /\s*\n\s*/]) {
    const parts = name.split(mark).map((part) => part.trim())
    const [first, second] = parts
    if (
      parts.length === 2 &&
      first &&
      second &&
      isAbbreviated(first) !== isAbbreviated(second) &&
      kindOf(first) &&
      kindOf(second)
    )
      return [first, second]
  }
  return [name]
}
