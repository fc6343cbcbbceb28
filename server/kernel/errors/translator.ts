import type { AppError } from './errors.ts'

export type Translate = (error: AppError) => string

/** Joins the phrases of all rooms; a code that stands twice is a mistake of the program and stops it. */
export function translator(...rooms: Record<string, unknown>[]): Translate {
  const phrases = new Map<string, unknown>()
  for (const [code, phrase] of rooms.flatMap((room) => Object.entries(room))) {
    if (phrases.has(code)) throw new Error(`The phrase ${code} stands in two rooms`)
    phrases.set(code, phrase)
  }
  return (error) => {
    const phrase = phrases.get(error.code)
    if (typeof phrase === 'function') return String(phrase(error.params))
    if (typeof phrase === 'string') return phrase
    throw new Error(`No phrase for ${error.code}`)
  }
}
