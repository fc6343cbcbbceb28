/** Where a table of a plan is given. */
import {
  Button,
  Card,
  Columns,
  ErrorSummary,
  FileField,
  Form,
  FormEnd,
  LinkButton,
  Page,
  Row,
  Stack,
  Text,
  TextArea,
} from '../../../../../web/kit/index.ts'
import type { FormFailure, PageContext } from '../../../../kernel/http/index.ts'
import { roadmapCrumbs, templateChoice } from '../../roadmaps/roadmap.tabs.tsx'
import type { PlanFound } from '../plan.ts'
import { planAddress } from '../plan.words.ts'

type Props = { ctx: PageContext; plan: PlanFound; failure?: FormFailure }

export function GivePage({ ctx, plan: { roadmap, region }, failure }: Props) {
  const chosen = region?.code ?? templateChoice
  const query = new URLSearchParams({ region: chosen })
  const errors = failure ? (failure.problems.length > 0 ? failure.problems : [{ text: failure.message ?? '' }]) : []
  return (
    <Page
      title="Загрузить план таблицей"
      frame={ctx.frame}
      crumbs={roadmapCrumbs(
        roadmap,
        { text: 'План мероприятий', href: planAddress(roadmap.id, { region: chosen }) },
        { text: 'Загрузка' },
      )}
      help={{ href: '/guide/dorozhnaya-karta#t-план-таблицей', text: 'план таблицей' }}
      lead={
        region
          ? `${region.name}: новые строки станут своими мероприятиями региона. Сначала будет видно, что понято; план изменится после подтверждения.`
          : 'Шаблон плана: изменения перейдут во все регионы. Сначала будет видно, что понято; шаблон изменится после подтверждения.'
      }
      hasErrors={errors.length > 0}
    >
      <Columns shape="form">
        <Stack>
          <ErrorSummary
            title="Таблица не загружена"
            errors={errors.map((error) => ({ field: 'file', text: error.text }))}
            kept="Вставленная таблица на месте. Файл выберите ещё раз: браузер не хранит его."
          />
          <Card title="Таблица плана">
            <Form
              action={`/roadmaps/${roadmap.id}/plan/import`}
              label="Загрузка плана таблицей"
              hidden={{ region: chosen }}
              files
            >
              <FileField
                name="file"
                label="Файл"
                hint="Книга Excel (.xlsx) или CSV, до 5 МБ и 1000 мероприятий; читается первый лист"
                accept=".xlsx,.csv,.txt"
                error={errors[0]?.text}
                optional
              />
              <TextArea
                name="text"
                label="Или вставьте таблицу, скопированную из Word"
                hint="Выделите таблицу вместе со строкой заголовков, скопируйте и вставьте сюда"
                rows={6}
                value={failure?.values.text}
                optional
              />
              <FormEnd>
                <Button kind="main" icon="upload">
                  Загрузить и проверить
                </Button>
              </FormEnd>
            </Form>
          </Card>
        </Stack>
        <Card title="Какой должна быть таблица">
          <Stack space="small">
            <Text>
              Столбцы узнаются по заголовкам: «№ п/п», «Наименование мероприятия», «Срок», «Ответственный исполнитель»,
              «Соисполнители», «Ожидаемый результат», «Подтверждающий документ», «Показатель». Порядок любой.
            </Text>
            <Text>Строка, в которой есть только название, начинает раздел.</Text>
            <Text>
              Мероприятие, которое уже есть в плане, узнаётся по номеру или названию. Чего в таблице нет, в плане не
              меняется и не удаляется.
            </Text>
            <Row>
              <LinkButton href={`/roadmaps/${roadmap.id}/plan/export?${query}&format=xlsx`} icon="download" download>
                Нынешний план, XLSX
              </LinkButton>
            </Row>
          </Stack>
        </Card>
      </Columns>
    </Page>
  )
}
