import type { Db, Tx } from '../../../kernel/db/index.ts'

export type ExplanationRow = {
  problem: string
  numbers: string
  text: string
  at: Date
  surname: string | null
  name: string | null
  patronymic: string | null
}

export const listExplanations = (db: Db, reportId: string): Promise<ExplanationRow[]> =>
  db
    .selectFrom('report_explanations as e')
    .leftJoin('accounts as a', 'a.id', 'e.by')
    .select(['e.problem', 'e.numbers', 'e.text', 'e.at', 'a.surname', 'a.name', 'a.patronymic'])
    .where('e.report_id', '=', reportId)
    .execute()

export type NewExplanationRow = { reportId: string; problem: string; numbers: string; text: string; by: string }

/** One explanation for a control and place; another takes the place of the first. */
export const putExplanation = (tx: Tx, { reportId, problem, numbers, text, by }: NewExplanationRow) =>
  tx
    .insertInto('report_explanations')
    .values({ report_id: reportId, problem, numbers, text, by })
    .onConflict((conflict) =>
      conflict.columns(['report_id', 'problem']).doUpdateSet({ numbers, text, by, at: new Date() }),
    )
    .execute()
