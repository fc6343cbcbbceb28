import type { AudiencePreview } from '../../../../contracts/campaigns.ts'
import {
  Card,
  counted,
  Disclosure,
  EmptyState,
  List,
  ListItem,
  Muted,
  Pager,
  Stack,
  Text,
} from '../../../../web/kit/index.ts'
import { leftOutWords, organisationForms } from './campaigns.phrases.ts'

type PreviewProps = { preview: AudiencePreview; open: boolean; page?: number; href?: (page: number) => string }

/** Who will be asked, the list, and who is left out and why. */
export function Preview({ preview, open, page = 1, href }: PreviewProps) {
  const { total, organisations, leftOut, leftOutTotal, joining, withdrawn, kept } = preview
  return (
    <Card title={`Кто отчитывается: ${counted(total, organisationForms)}`} id="audience">
      <Stack space="small">
        {open ? (
          <Text>
            {`Новых отчётов: ${joining}. Будет отозвано без данных: ${withdrawn}. Останется с данными, хотя организации больше не в круге: ${kept}.`}
          </Text>
        ) : null}
        {total === 0 ? (
          <EmptyState title="Под правила не подходит никто" icon="search">
            Измените тип, уровень или территорию либо впишите ИНН организаций.
          </EmptyState>
        ) : (
          <List label="Кто отчитывается">
            {organisations.map(({ id, shortName, inn }) => (
              <ListItem key={id} title={shortName} href={`/organisations/${id}`} under={[`ИНН ${inn}`]} />
            ))}
          </List>
        )}
        {href ? (
          <Pager page={page} size={50} shown={organisations.length} total={total} href={href} />
        ) : total > organisations.length ? (
          <Muted>{`Показаны первые ${organisations.length}. Полный список — на странице черновика.`}</Muted>
        ) : null}
        {leftOutTotal > 0 ? (
          <Disclosure
            title={`Не участвуют, хотя подходят: ${counted(leftOutTotal, organisationForms)}`}
            open={leftOutTotal <= 10}
          >
            <List label="Кто не участвует и почему">
              {leftOut.map(({ id, shortName, why }) => (
                <ListItem key={id} title={shortName} href={`/organisations/${id}`} under={[leftOutWords[why]]} />
              ))}
            </List>
          </Disclosure>
        ) : null}
      </Stack>
    </Card>
  )
}
