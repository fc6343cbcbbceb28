import { Card, Disclosure, formatDate, formatDateTime, List, ListItem, Text } from '../../../../web/kit/index.ts'
import type { listExtensions } from './extensions.queries.ts'

type HistoryProps = { extensions: Awaited<ReturnType<typeof listExtensions>>; zone: string }

/** On the report's page: till when its term was moved, by whom and why; nothing when it never was. */
export function ExtensionHistory({ extensions, zone }: HistoryProps) {
  const [latest] = extensions
  if (!latest) return null
  return (
    <Card>
      <Disclosure title={`Срок продлён до ${formatDate(latest.until, zone)}`} under={latest.reason}>
        <List label="Как продлевали срок">
          {extensions.map(({ id, until, reason, givenAt, by }) => (
            <ListItem key={id} top={[formatDateTime(givenAt, zone), by || undefined]}>
              <Text>{`До ${formatDate(until, zone)}. ${reason}`}</Text>
            </ListItem>
          ))}
        </List>
      </Disclosure>
    </Card>
  )
}
