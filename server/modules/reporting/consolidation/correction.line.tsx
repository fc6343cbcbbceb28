import type { Correction } from '../../../../contracts/consolidation.ts'
import { russianNumber } from '../../../../engine/index.ts'
import {
  Badge,
  Button,
  Disclosure,
  Form,
  FormEnd,
  formatDateTime,
  ListItem,
  Stack,
  Text,
  TextField,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'

/** Who has put another number into a total, when and why; withdrawn ones stay, and say so. */
export function CorrectionLine({
  ctx,
  correction,
  place,
  back,
}: {
  ctx: PageContext
  correction: Correction
  place: string
  /** where withdrawing it leads back to; without it, it is only shown */
  back?: string
}) {
  const { id, was, becomes, reason, by, at, territory, withdrawn } = correction
  return (
    <ListItem
      top={[formatDateTime(at, ctx.timeZone), by, territory]}
      title={`${place}: было ${russianNumber(was)}, стало ${russianNumber(becomes)}`}
      end={withdrawn ? <Badge text="отменено" /> : <Badge tone="wait" text="действует" />}
    >
      <Stack space="small">
        <Text>{`Причина: ${reason}`}</Text>
        {withdrawn ? (
          <Text>{`Отменено ${formatDateTime(withdrawn.at, ctx.timeZone)}, ${withdrawn.by}: ${withdrawn.reason}`}</Text>
        ) : back ? (
          <Disclosure title="Отменить исправление">
            <Form action={`/consolidation/corrections/${id}/withdrawal`} label="Отмена исправления" hidden={{ back }}>
              <TextField name="reason" id={`reason-${id}`} label="Почему отменяется" />
              <FormEnd>
                <Button>Отменить исправление</Button>
              </FormEnd>
            </Form>
          </Disclosure>
        ) : null}
      </Stack>
    </ListItem>
  )
}
