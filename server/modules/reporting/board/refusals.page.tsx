import { type ChosenReports, ChosenReportsPage } from './chosen-reports.page.tsx'

export const RefusalsPage = (props: ChosenReports) => (
  <ChosenReportsPage
    {...props}
    title="Отклонить отчёты"
    lead="Каждая организация прочитает эту причину как свою. Замечания к отдельным ячейкам пишут на странице отчёта."
    crumb="Отклонение"
    help="ход сбора"
    failed="Отчёты не отклонены"
    post="refusals"
    reason={{ hint: 'Что исправить. Организации увидят её такой, как вы написали', most: 2000 }}
    button="Отклонить отчёты"
    cancel="Не отклонять"
    whom="Какие"
    list="Отчёты, которые отклоняют"
  />
)
