/** How surely a field was understood. */
import { Badge } from '../../../web/kit/index.ts'

export const Mark = ({ found, sure }: { found: boolean; sure: boolean }) =>
  found ? (
    <Badge tone={sure ? 'ok' : 'warn'} text={sure ? 'понято уверенно' : 'проверьте: понято неуверенно'} />
  ) : (
    <Badge tone="warn" text="в письме не найдено" />
  )
