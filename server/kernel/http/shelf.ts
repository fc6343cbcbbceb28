/**
 * Things that are dear to make, kept in memory up to so many bytes; what was asked for longest ago gives way. Those who ask
 * for the same at once wait for one making.
 */
export class Shelf<T> {
  private readonly most: number
  private readonly items = new Map<string, { mark: string; value: T; bytes: number }>()
  private readonly making = new Map<string, Promise<T>>()
  private held = 0

  /** @param most bytes of all that is kept */
  constructor(most: number) {
    this.most = most
  }

  get bytes(): number {
    return this.held
  }

  /** @param mark what is kept under another one is out of date */
  async take(key: string, mark: string, make: () => Promise<{ value: T; bytes: number }>): Promise<T> {
    const found = this.items.get(key)
    if (found?.mark === mark) {
      this.items.delete(key)
      this.items.set(key, found)
      return found.value
    }
    const name = `${mark}\n${key}`
    const begun = this.making.get(name)
    if (begun) return begun
    const making = make()
      .then(({ value, bytes }) => {
        this.put(key, { mark, value, bytes })
        return value
      })
      .finally(() => this.making.delete(name))
    this.making.set(name, making)
    return making
  }

  private put(key: string, item: { mark: string; value: T; bytes: number }): void {
    this.remove(key)
    if (item.bytes > this.most) return
    this.items.set(key, item)
    this.held += item.bytes
    for (const oldest of this.items.keys()) {
      if (this.held <= this.most) return
      this.remove(oldest)
    }
  }

  private remove(key: string): void {
    this.held -= this.items.get(key)?.bytes ?? 0
    this.items.delete(key)
  }
}
