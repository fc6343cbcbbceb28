/**
 * One kind of error for all that is expected to go wrong. Its code is a key of a phrases file, so an error without a
 * Russian text does not compile; its parameters are those of the phrase.
 */

/** A text, or a function that makes one of parameters. */
export type Phrase<P = never> = string | ((params: P) => string)
export type Phrases = Record<string, Phrase>

type ParamsOf<T> = T extends (params: infer P) => string ? P : Record<string, never>
export type FieldProblem = { field: string; code: string; text: string }

export class AppError extends Error {
  readonly code: string
  readonly status: number
  readonly params: Readonly<Record<string, unknown>>

  constructor(code: string, status: number, params: Record<string, unknown>, options?: ErrorOptions) {
    super(code, options)
    this.name = 'AppError'
    this.code = code
    this.status = status
    this.params = params
  }
}

type ErrorClass<P> = {
  new (
    ...args: P extends Record<string, never>
      ? [params?: P, options?: ErrorOptions]
      : [params: P, options?: ErrorOptions]
  ): AppError
  readonly code: string
  readonly status: number
}

/**
 * Makes the error classes of one room: `const error = errorsOf(phrases)`, then
 * `export const ReportNotSent = error('report.not-sent', 409)`.
 */
export const errorsOf =
  <T extends Record<string, unknown>>(_phrases: T) =>
  <C extends keyof T & string>(code: C, status: number): ErrorClass<ParamsOf<T[C]>> => {
    class RoomError extends AppError {
      static readonly code = code
      static readonly status = status

      constructor(params?: Record<string, unknown>, options?: ErrorOptions) {
        super(code, status, params ?? {}, options)
      }
    }
    // as: the parameters are narrowed to those of the phrase; at run time they are an object either way
    return RoomError as ErrorClass<ParamsOf<T[C]>>
  }
