import {
  Badge,
  Button,
  Card,
  CheckList,
  Columns,
  Contents,
  Count,
  GridKey,
  LinkButton,
  Menu,
  ReportBar,
  Section,
  Stack,
  Tabs,
} from '../index.ts'

export function ReportShown() {
  return (
    <Section id="report" title="Отчёт">
      <Stack>
        <ReportBar
          title="85-К за 2026 год"
          under="МБДОУ «Детский сад № 14 „Ромашка“»"
          term="срок 20.01.2027"
          help={{ href: '/guide', text: 'заполнение отчёта' }}
          state={<Badge tone="bad" text="Отклонено" />}
        >
          <Menu
            text="Действия"
            kind="quiet"
            size="small"
            items={[{ text: 'Выгрузить в Excel', icon: 'download', href: '#excel' }]}
          />
          <LinkButton kind="quiet" size="small" href="#comments">
            Комментарии <Count value={3} />
          </LinkButton>
          <Button kind="main" size="small" type="button">
            Выполнить проверку
          </Button>
        </ReportBar>
        <Columns shape="contents">
          <Contents
            entries={[
              { number: '1', title: 'Сведения об организации', href: '#s1', filled: 12, toFill: 12 },
              {
                number: '4',
                title: 'Распределение воспитанников по группам',
                href: '#s4',
                filled: 71,
                toFill: 76,
                errors: 1,
              },
              {
                number: '6',
                title: 'Воспитанники с ограниченными возможностями здоровья и инвалидностью',
                href: '#s6',
                filled: 40,
                toFill: 40,
              },
              {
                number: '7',
                title: 'Распределение воспитанников по возрасту',
                href: '#s7',
                filled: 77,
                toFill: 78,
                errors: 1,
                current: true,
              },
              { number: '11', title: 'Материально-техническая база', href: '#s11', filled: 0, toFill: 14 },
            ]}
          />
          <Stack>
            <GridKey />
            <Card title="Результаты проверки" flush aside="Проверено в 14:33 · 118 контролей за 0,4 с">
              <Tabs
                label="Результаты по важности"
                tabs={[
                  { text: 'Все', href: '#checks-all', current: true, count: <Count value={3} /> },
                  { text: 'Ошибки', href: '#checks-bad', count: <Count value={2} tone="bad" /> },
                  { text: 'Предупреждения', href: '#checks-warn', count: <Count value={1} /> },
                ]}
              />
              <CheckList
                results={[
                  {
                    id: 'k1',
                    tone: 'bad',
                    place: 'Раздел 7, строка 701, графа 3',
                    href: '#c701-3',
                    text: 'Всего воспитанников по возрасту не равно всего по группам (раздел 4, строка 401, графа 3).',
                    sums: '274 ≠ 276, разница −2',
                    action: (
                      <LinkButton size="small" href="#c701-3" about="строка 701, графа 3">
                        К ячейке
                      </LinkButton>
                    ),
                  },
                  {
                    id: 'k2',
                    tone: 'warn',
                    place: 'Раздел 7, строка 707, графа 7',
                    href: '#c707-7',
                    text: 'Раньше воспитанников с иностранным гражданством в организации не было.',
                    sums: '3 против 0 · пояснено 14.01.2027: «семьи переехали в декабре, приказы приложены»',
                    action: <Badge tone="ok" text="Пояснено" />,
                  },
                ]}
              />
            </Card>
          </Stack>
        </Columns>
      </Stack>
    </Section>
  )
}
