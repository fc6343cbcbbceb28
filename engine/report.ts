/** A report's file as read, before it is held against a template: codes and texts as written, in order. */
export type Report = {
  /** `code` of the report, when it says which form it is of. */
  code: string
  year: string
  /** As written: "1203" (kind and number), "03", or empty. */
  period: string
  /** Title items by field, in lower case. */
  title: Record<string, string>
  sections: { code: string; rows: ReportRow[] }[]
  /** What the file holds besides. */
  notes: { line: number; text: string }[]
}

export type ReportRow = {
  code: string
  specifics: { s1?: string; s2?: string; s3?: string }
  cells: { column: string; text: string }[]
  line?: number
}
