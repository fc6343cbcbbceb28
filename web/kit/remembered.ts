/**
 * Remembers what a pure function gave for its latest arguments: a list says the same date and the same title fifty times.
 * @param most how many are kept; when there are more, all are forgotten and the remembering begins anew
 */
export function remembered<Key extends string | number, Value>(
  most: number,
  find: (key: Key) => Value,
): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const value = find(key)
    if (known.size >= most) known.clear()
    known.set(key, value)
    return value
  }
}
