import { type Document, isMap, isNode, isScalar, isSeq, type Pair } from 'yaml'

/** By which word an entry of a list is known again, in this order. */
const names = ['code', 'id', 'field', 'cell', 'caption', 'name']

/** Carries comments over from a file as it was to the file as it will be, to the same words and entries. */
export function keepComments(from: Document, to: Document): void {
  to.commentBefore = from.commentBefore
  to.comment = from.comment
  carry(from.contents, to.contents)
}

function carry(from: unknown, to: unknown): void {
  if (!isNode(from) || !isNode(to)) return
  if (from.commentBefore) to.commentBefore = from.commentBefore
  if (from.comment) to.comment = from.comment
  if (from.spaceBefore) to.spaceBefore = true
  if (isMap(from) && isMap(to)) {
    // A comment inside braces needs lines of its own.
    const known = new Map(from.items.map((pair) => [String(pair.key), pair]))
    for (const pair of to.items) carryPair(known.get(String(pair.key)), pair)
  } else if (isSeq(from) && isSeq(to)) {
    const known = new Map(from.items.map((item, at) => [nameOf(item, at), item]))
    to.items.forEach((item, at) => {
      carry(known.get(nameOf(item, at)), item)
    })
  }
}

function carryPair(from: Pair | undefined, to: Pair): void {
  if (!from) return
  carry(from.key, to.key)
  carry(from.value, to.value)
}

function nameOf(item: unknown, at: number): string {
  if (isScalar(item)) return `=${String(item.value)}`
  if (!isMap(item)) return `#${at}`
  const word = names.find((name) => item.has(name))
  return word ? `${word} ${String(item.get(word))}` : `#${at}`
}
