/** Signing without a plug-in: the bytes are taken away, signed by any program, and the signature is brought back. */
import {
  Button,
  Card,
  EmptyState,
  ErrorSummary,
  FileField,
  Form,
  formatDate,
  formatDateTime,
  LinkButton,
  List,
  ListItem,
  Note,
  Page,
  Prose,
  Stack,
  Text,
} from '../../../../web/kit/index.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { reportTitle, shownReport } from '../reports/reports.ts'
import { reportCrumbs } from './decision.parts.tsx'
import type { SigningView } from './signing.ts'

type SigningPageProps = { ctx: PageContext; view: SigningView; mayPut: boolean; failure?: FormFailure | undefined }

export function SigningPage({ ctx, view, mayPut, failure }: SigningPageProps) {
  const report = shownReport(view.report)
  return (
    <Page
      title="Подпись отчёта"
      lead={`${reportTitle(report)}, ${report.organisation.shortName}`}
      crumbs={reportCrumbs(report, 'Подпись')}
      help={{ href: '/guide/proverka', text: 'подпись отчёта' }}
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Stack>
        <ErrorSummary title="Подпись не принята" errors={failure?.problems ?? []} />
        {failure?.message ? (
          <Note tone="bad" live="alert" title="Подпись не принята">
            {failure.message}
          </Note>
        ) : null}
        {view.asked ? <Ways ctx={ctx} view={view} mayPut={mayPut} /> : <NotAsked id={report.id} />}
      </Stack>
    </Page>
  )
}

const NotAsked = ({ id }: { id: string }) => (
  <Card>
    <EmptyState
      title="Подпись не нужна"
      icon="check"
      actions={<LinkButton href={`/reports/${id}`}>Вернуться к отчёту</LinkButton>}
    >
      Форма этого отчёта не требует квалифицированной подписи.
    </EmptyState>
  </Card>
)

function Ways({ ctx, view, mayPut }: Omit<SigningPageProps, 'failure'>) {
  const { signatures, outdated, report } = view
  return (
    <>
      {signatures.length === 0 && outdated > 0 ? (
        <Note tone="warn" title="После подписания в отчёте изменились числа">
          Прежняя подпись к нему больше не подходит. Скачайте файл заново и подпишите его.
        </Note>
      ) : null}
      {signatures.length > 0 ? (
        <Card title="Подписан">
          <Stack space="small">
            <List label="Подписи">
              {signatures.map((signature) => (
                <ListItem
                  key={signature.serialNumber}
                  title={signature.subject}
                  under={[
                    `сертификат ${signature.serialNumber}, действует ${formatDate(signature.validFrom, ctx.timeZone)} — ${formatDate(signature.validTo, ctx.timeZone)}`,
                    `выдан: ${signature.issuer}`,
                    `загружена ${formatDateTime(signature.putAt, ctx.timeZone)}, ${signature.putBy}`,
                  ]}
                />
              ))}
            </List>
            <Text>Теперь отчёт можно отправить. Если изменить числа, подпись понадобится новая.</Text>
          </Stack>
        </Card>
      ) : null}
      {view.may ? (
        <Card title="1. Скачайте файл отчёта">
          <Stack space="small">
            <Text>
              Сначала заполните и проверьте отчёт: подпись ставится под теми числами, которые в нём сейчас. Файл не
              меняйте и не переименовывайте до подписания.
            </Text>
            <LinkButton kind="main" icon="download" download href={`/reports/${report.id}/signature/content`}>
              Скачать файл для подписи
            </LinkButton>
          </Stack>
        </Card>
      ) : (
        <Note tone="wait">Отчёт отправлен или принят: подписать его заново нельзя.</Note>
      )}
      {view.may && mayPut ? (
        <>
          <Card title="2. Подпишите его своей программой">
            <Prose>
              <p>
                Подойдёт любая программа, которая ставит отсоединённую подпись CMS по ГОСТ Р 34.10-2012: плагин браузеру
                не нужен. Выберите «отсоединённая подпись» и приложите сертификат. Получится файл .sig или .p7s.
              </p>
            </Prose>
          </Card>
          <Card title="3. Загрузите подпись">
            <Form action={`/reports/${report.id}/signature`} files>
              <Stack space="small">
                <FileField
                  name="file"
                  label="Файл подписи"
                  hint=".sig, .p7s или .sgn, до 1 МБ"
                  accept=".sig,.p7s,.sgn,.pem"
                />
                <Button kind="main">Проверить и сохранить подпись</Button>
                <Text>
                  Проверяется, что подпись поставлена под этим отчётом и сертификат действует сегодня. Аккредитацию
                  удостоверяющего центра программа не проверяет.
                </Text>
              </Stack>
            </Form>
          </Card>
        </>
      ) : null}
    </>
  )
}
