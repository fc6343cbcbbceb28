/** Forms of this installation from the command line: published from a file, written out as one. */
import type { FormProblem } from '../../../../contracts/forms.ts'
import { type Db, transaction } from '../../../kernel/db/index.ts'
import { AppError, NotFound } from '../../../kernel/errors/index.ts'
import { BadTemplate } from '../reporting.errors.ts'
import { phrases } from '../reporting.phrases.ts'
import { getSource } from './forms.queries.ts'
import { publishOwnForm, versionFile, viewVersion } from './forms.ts'
import type { FormFormat } from './template-files.ts'

export type Imported =
  | { code: string; cipher: string; version: number }
  | { refusal: string; problems: readonly FormProblem[] }

/** Publishes a file; who did it stands in the journal as the program itself. */
export async function publishFromFile(db: Db, text: string): Promise<Imported> {
  const actor = { requestId: 'bin/forms' }
  try {
    const { code, cipher, version } = await transaction({ db }, (tx) => publishOwnForm(tx, actor, text))
    return { code, cipher, version }
  } catch (error) {
    if (error instanceof BadTemplate) {
      const problems = error.params.problems as FormProblem[] // as: the error's class gives its parameters this shape
      return { refusal: phrases['form.bad-template']({ problems }), problems }
    }
    if (error instanceof AppError && error.code === 'form.same-template')
      return { refusal: phrases['form.same-template'], problems: [] }
    throw error
  }
}

/** A version as a file, as it was published unless a format is asked for; undefined when there is none. */
export async function formAsFile(
  db: Db,
  code: string,
  version: number | undefined,
  format: FormFormat | undefined,
): Promise<string | undefined> {
  try {
    const shown = await viewVersion(db, code, version)
    return await versionFile(db, shown, format ?? (await getSource(db, shown.version.id)).format)
  } catch (error) {
    if (error instanceof NotFound) return undefined
    throw error
  }
}
